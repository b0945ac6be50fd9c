import { Alert, Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, formOf, type ConnectionWhole, type Systems } from '../api.ts';
import { Tested, TestButton, useHealth } from '../parts/health.tsx';
import { Places } from '../parts/places.tsx';
import { StatePill } from '../parts/pill.tsx';
import type { Written } from '../parts/form-field.ts';
import { Save } from '../parts/save.tsx';
import { SchemaForm } from '../parts/schema-form.tsx';
import { SecretFields } from '../parts/secrets.tsx';
import { Shown } from '../parts/states.tsx';
import { connectionQuery, queries, systemsQuery } from '../queries.ts';

const one = api.companies[':company'].connections[':connection'];

const CAME = ['given', 'refused', 'ended', 'failed'] as const;

/** One login to an outside system: how it is reached, tried, changed, rested and ended. */
export function ConnectionPage() {
  const { t } = useTranslation();
  const { company, connection } = useParams({ from: '/shell/c/$company/connections/$connection' });
  const { consent } = useSearch({ from: '/shell/c/$company/connections/$connection' });
  const systems = useQuery(systemsQuery(company));
  const came = CAME.find((one) => one === consent);
  return (
    <Shown of={useQuery(connectionQuery(company, connection))}>
      {(whole) => (
        <>
          <div className="page-head">
            <div className="between">
              <h1>{whole.title}</h1>
              <StatePill state={whole.state} />
            </div>
            <Link to="/c/$company/connections" params={{ company }} className="small">
              {t('app.back')}
            </Link>
          </div>
          {came === undefined ? null : (
            <Alert
              color={came === 'given' ? 'green' : 'red'}
              variant="outline"
              role="status"
              mb="sm"
            >
              {t(`connect.${came}`)}
            </Alert>
          )}
          <Shown of={systems}>{(all) => <Parts company={company} whole={whole} all={all} />}</Shown>
        </>
      )}
    </Shown>
  );
}

type Of = {
  readonly company: string;
  readonly whole: ConnectionWhole;
  readonly system: Systems['systems'][number];
};

function Parts(of: {
  readonly company: string;
  readonly whole: ConnectionWhole;
  readonly all: Systems;
}) {
  const { company, whole, all } = of;
  const system = all.systems.find(({ id }) => id === whole.connector);
  if (system === undefined) return null;
  const parts = { company, whole, system };
  return (
    <div className="two wide-first">
      <div className="stack">
        <Login {...parts} hasKeyPages={all.hasKeyPages} />
        <Settings {...parts} />
      </div>
      <div className="stack">
        <Standing {...parts} />
        {system.gives.length > 0 ? <Places company={company} whole={whole} /> : null}
      </div>
    </div>
  );
}

/** Fetches again what has changed, whatever of the company it is. */
const changed = (company: string) => () =>
  queries.invalidateQueries({ queryKey: ['company', company] });

function Login({ company, whole, system, hasKeyPages }: Of & { readonly hasKeyPages: boolean }) {
  const { t } = useTranslation();
  const param = { company, connection: whole.id };
  const leaving = useMutation({
    mutationFn: async (how: 'consent' | 'key-page') => {
      if (how === 'consent') return answer(one.consent.$post({ param }));
      return answer(one['key-page'].$post({ param, json: { mayWrite: true } }));
    },
    onSuccess: ({ url }) => {
      if (url !== null) location.assign(url);
    },
  });
  const hasPage = system.login === 'consent' || (system.hasKeyPage && hasKeyPages);
  if (system.login === 'none' || !hasPage) return null;
  const how = system.login === 'consent' ? 'consent' : 'key-page';
  return (
    <section className="panel" aria-labelledby="login">
      <header>
        <h2 id="login">{t('connect.login')}</h2>
      </header>
      <div className="body stack">
        {whole.reason === null ? null : <p style={{ margin: 0 }}>{whole.reason}</p>}
        <p className="quiet small" style={{ margin: 0 }}>
          {t(how === 'consent' ? 'connect.goConsent' : 'connect.goKeys', { name: system.name })}
        </p>
        {leaving.error === null ? null : (
          <Alert color="red" variant="outline" role="alert">
            {leaving.error.message}
          </Alert>
        )}
        <div>
          <Button loading={leaving.isPending} onClick={() => leaving.mutate(how)}>
            {t('connect.go', { name: system.name })}
          </Button>
        </div>
      </div>
    </section>
  );
}

function Settings({ company, whole, system }: Of) {
  const { t } = useTranslation();
  const [settings, setSettings] = useState<Written>(whole.settings);
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({});
  const [folder, setFolder] = useState(whole.folder ?? '');
  const saving = useMutation({
    mutationFn: () => {
      const isFolder = folder !== (whole.folder ?? '');
      const json = { settings, secrets, ...(isFolder ? { folder } : {}) };
      return answer(one.$put({ param: { company, connection: whole.id }, json }));
    },
    onSuccess: async () => {
      setSecrets({});
      await changed(company)();
    },
  });
  return (
    <form
      className="panel"
      aria-labelledby="settings"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <header>
        <h2 id="settings">{t('connect.settings')}</h2>
      </header>
      <div className="body stack form">
        <SchemaForm fields={formOf(system)} value={settings} change={setSettings} />
        <SecretFields
          secrets={system.secrets}
          value={secrets}
          change={setSecrets}
          isGiven={whole.hasSecrets}
        />
        {system.gives.length > 0 ? (
          <TextInput
            label={t('connect.folder')}
            description={t('connect.folderHelp')}
            value={folder}
            onChange={({ currentTarget }) => setFolder(currentTarget.value)}
          />
        ) : null}
        <Save
          saving={saving}
          says={saving.data === undefined ? '' : (saving.data.trouble ?? t('app.saved'))}
        />
      </div>
    </form>
  );
}

/** Where it stands: what would stop a document, what is fetched, a rest, an end. */
function Standing({ company, whole, system }: Of) {
  const { t } = useTranslation();
  const param = { company, connection: whole.id };
  const testing = useHealth(company, whole.id);
  const [isEnding, setIsEnding] = useState(false);
  const isPaused = whole.state === 'paused';
  const resting = useMutation({
    mutationFn: () => answer(one.pause.$post({ param, json: { isPaused: !isPaused } })),
    onSuccess: changed(company),
  });
  const ending = useMutation({
    mutationFn: () => answer(one.disconnect.$post({ param })),
    onSuccess: async () => {
      setIsEnding(false);
      await changed(company)();
    },
  });
  const mayRest = ['ready', 'paused'].includes(whole.state);
  return (
    <section className="panel" aria-labelledby="standing">
      <header>
        <h2 id="standing">{system.name}</h2>
        <TestButton testing={testing} />
      </header>
      <div className="body stack">
        {whole.reason === null ? null : <p style={{ margin: 0 }}>{whole.reason}</p>}
        <Tested testing={testing} />
        {whole.feed === null ? null : (
          <p className="small" style={{ margin: 0 }}>
            {t('connect.feed', { since: whole.feed.since, seconds: whole.feed.everySeconds })}
            {whole.feed.trouble === null ? '' : ` ${whole.feed.trouble}`}
          </p>
        )}
        <div className="between" style={{ justifyContent: 'start', flexWrap: 'wrap' }}>
          {mayRest ? (
            <Button
              size="xs"
              variant="default"
              loading={resting.isPending}
              onClick={() => resting.mutate()}
            >
              {t(isPaused ? 'connect.resume' : 'connect.pause')}
            </Button>
          ) : null}
          <Button size="xs" variant="default" onClick={() => setIsEnding(true)}>
            {t('connect.disconnect')}
          </Button>
        </div>
        {isEnding ? (
          <div className="stack" role="group" aria-label={t('connect.disconnect')}>
            <p style={{ margin: 0 }}>{t('connect.disconnectHelp')}</p>
            <div className="between" style={{ justifyContent: 'start' }}>
              <Button
                size="xs"
                color="red"
                loading={ending.isPending}
                onClick={() => ending.mutate()}
              >
                {t('connect.disconnectNow')}
              </Button>
              <Button size="xs" variant="default" onClick={() => setIsEnding(false)}>
                {t('app.cancel')}
              </Button>
            </div>
          </div>
        ) : null}
      </div>
    </section>
  );
}
