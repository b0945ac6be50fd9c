import { Alert, Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type ConnectionWhole } from '../api.ts';
import { queries } from '../queries.ts';

const places = api.companies[':company'].connections[':connection'].places;

const NOTHING = { name: '', host: '', user: '', folder: '', pattern: '', password: '' };

/** Places elsewhere that a connection's files are fetched from: SFTP servers and mailboxes. */
export function Places(of: { readonly company: string; readonly whole: ConnectionWhole }) {
  const { t } = useTranslation();
  const [isAdding, setIsAdding] = useState(false);
  const refetch = () => queries.invalidateQueries({ queryKey: ['company', of.company] });
  const param = { company: of.company, connection: of.whole.id };
  const ending = useMutation({
    mutationFn: (place: string) => answer(places[':place'].$delete({ param: { ...param, place } })),
    onSuccess: refetch,
  });
  return (
    <section className="panel" aria-labelledby="places">
      <header>
        <h2 id="places">{t('place.title')}</h2>
        <Button size="xs" variant="default" onClick={() => setIsAdding(!isAdding)}>
          {t(isAdding ? 'app.cancel' : 'place.add')}
        </Button>
      </header>
      {of.whole.places.length === 0 && !isAdding ? (
        <p className="body quiet small" style={{ margin: 0 }}>
          {t('place.none')}
        </p>
      ) : null}
      <ul className="plain-list">
        {of.whole.places.map(({ name, kind, trouble }) => (
          <li key={name} className="between">
            <span>
              <strong>{name}</strong> <span className="quiet small">{kind}</span>
              {trouble === null ? null : <span className="small"> {trouble}</span>}
            </span>
            <Button
              size="compact-xs"
              variant="default"
              loading={ending.isPending}
              onClick={() => ending.mutate(name)}
            >
              {t('place.end')}
            </Button>
          </li>
        ))}
      </ul>
      {isAdding ? (
        <Add
          param={param}
          done={() => {
            setIsAdding(false);
            void refetch();
          }}
        />
      ) : null}
    </section>
  );
}

function Add(of: {
  readonly param: { readonly company: string; readonly connection: string };
  readonly done: () => void;
}) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<'sftp' | 'mail'>('sftp');
  const [said, setSaid] = useState(NOTHING);
  const keeping = useMutation({
    mutationFn: () => {
      const given = Object.entries(said).filter(([, text]) => text !== '');
      const json = { ...(Object.fromEntries(given) as typeof said), kind };
      return answer(places.$post({ param: of.param, json }));
    },
    onSuccess: of.done,
  });
  const field = (name: keyof typeof said) => ({
    value: said[name],
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      setSaid({ ...said, [name]: currentTarget.value });
    },
  });
  return (
    <form
      className="body stack"
      aria-label={t('place.add')}
      onSubmit={(event) => {
        event.preventDefault();
        keeping.mutate();
      }}
    >
      <NativeSelect
        label={t('place.kind')}
        value={kind}
        data={[
          { value: 'sftp', label: t('place.sftp') },
          { value: 'mail', label: t('place.mail') },
        ]}
        onChange={({ currentTarget }) => setKind(currentTarget.value as 'sftp' | 'mail')}
      />
      <TextInput label={t('place.name')} required {...field('name')} />
      <TextInput label={t('place.host')} required {...field('host')} />
      <TextInput label={t('place.user')} required autoComplete="off" {...field('user')} />
      <PasswordInput
        label={t('sign.password')}
        required
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-hidden': true }}
        {...field('password')}
      />
      <TextInput label={t('place.folder')} required={kind === 'sftp'} {...field('folder')} />
      <TextInput label={t('place.pattern')} placeholder="*" {...field('pattern')} />
      {keeping.error === null ? null : (
        <Alert color="red" variant="outline" role="alert">
          {keeping.error.message}
        </Alert>
      )}
      <div>
        <Button size="xs" type="submit" loading={keeping.isPending}>
          {t('place.try')}
        </Button>
      </div>
    </form>
  );
}
