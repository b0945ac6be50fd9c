import { Alert, Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api.ts';
import { LANGUAGE_CHOICES } from '../language.ts';
import { queries } from '../queries.ts';

/** Nothing is there yet: a company to try, or one's own. */
export function FirstRun() {
  const { t } = useTranslation();
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('first.title')}</h1>
          <span className="quiet">{t('first.text')}</span>
        </div>
      </div>
      <div className="two">
        <Demo />
        <Own />
      </div>
    </>
  );
}

function Demo() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const starting = useMutation({
    mutationFn: () => answer(api.demo.$post()),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries();
      await navigate({ to: '/c/$company', params: { company: id } });
    },
  });
  return (
    <section className="panel" aria-labelledby="demo">
      <header>
        <h2 id="demo">{t('first.demo')}</h2>
      </header>
      <div className="body stack">
        <p style={{ margin: 0 }}>{t('first.demoText')}</p>
        {starting.error === null ? null : <Problem says={starting.error.message} />}
        <div>
          <Button loading={starting.isPending} onClick={() => starting.mutate()}>
            {t('first.tryDemo')}
          </Button>
        </div>
      </div>
    </section>
  );
}

const EMPTY = { name: '', country: 'SE', language: 'sv', orgNumber: '' };

function Own() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [said, setSaid] = useState(EMPTY);
  const adding = useMutation({
    mutationFn: () => {
      const { name, country, language, orgNumber } = said;
      const how = { country: country as 'SE', language: language as 'sv' };
      return answer(api.companies.$post({ json: { name, orgNumber, ...how } }));
    },
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries();
      await navigate({ to: '/c/$company/connections/new', params: { company: id } });
    },
  });
  const field = (name: keyof typeof said) => ({
    label: t(`first.${name}`),
    value: said[name],
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLSelectElement }) => {
      setSaid({ ...said, [name]: currentTarget.value });
    },
  });
  return (
    <form
      className="panel"
      aria-labelledby="own"
      onSubmit={(event) => {
        event.preventDefault();
        adding.mutate();
      }}
    >
      <header>
        <h2 id="own">{t('first.own')}</h2>
      </header>
      <div className="body stack">
        <p style={{ margin: 0 }}>{t('first.ownText')}</p>
        <TextInput required {...field('name')} />
        <TextInput {...field('orgNumber')} />
        <NativeSelect
          data={[
            { value: 'SE', label: t('first.sweden') },
            { value: 'NO', label: t('first.norway') },
          ]}
          {...field('country')}
        />
        <NativeSelect data={LANGUAGE_CHOICES} {...field('language')} />
        {adding.error === null ? null : <Problem says={adding.error.message} />}
        <div>
          <Button type="submit" loading={adding.isPending}>
            {t('first.connectOwn')}
          </Button>
        </div>
      </div>
    </form>
  );
}

function Problem({ says }: { readonly says: string }) {
  return (
    <Alert color="red" variant="outline" role="alert">
      {says}
    </Alert>
  );
}
