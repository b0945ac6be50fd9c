import { Alert, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type ConnectionWhole } from '../api.ts';
import { queries } from '../queries.ts';
import { AddPlace } from './add-place.tsx';

const places = api.companies[':company'].connections[':connection'].places;

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
            <span style={{ overflowWrap: 'anywhere' }}>
              <strong>{name}</strong>{' '}
              <span className="quiet small">
                {t(kind === 'mail' ? 'place.mail' : 'place.sftp')}
              </span>
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
      {ending.error === null ? null : (
        <Alert color="red" variant="outline" role="alert">
          {ending.error.message}
        </Alert>
      )}
      {isAdding ? (
        <AddPlace
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
