import { Alert, Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, formOf, type Systems } from '../api.ts';
import { useKind } from '../parts/pill.tsx';
import type { Written } from '../parts/form-field.ts';
import { SchemaForm } from '../parts/schema-form.tsx';
import { SecretFields } from '../parts/secrets.tsx';
import { Shown } from '../parts/states.tsx';
import { queries, systemsQuery } from '../queries.ts';

const connections = api.companies[':company'].connections;

/** Connects a system: which one, how it is reached, and then its login. */
export function ConnectPage() {
  const { t } = useTranslation();
  const { company } = useParams({ from: '/shell/c/$company/connections/new' });
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <>
      <div className="page-head">
        <h1>{t('connect.title')}</h1>
        <Link to="/c/$company/connections" params={{ company }} className="small">
          {t('app.back')}
        </Link>
      </div>
      <Shown of={useQuery(systemsQuery(company))}>
        {(all) => {
          const system = all.systems.find(({ id }) => id === chosen);
          return (
            <div className="stack">
              <Choose systems={all.systems} chosen={chosen} choose={setChosen} />
              {system === undefined ? null : (
                <SetUp key={system.id} company={company} system={system} all={all} />
              )}
            </div>
          );
        }}
      </Shown>
    </>
  );
}

function Choose(of: {
  readonly systems: Systems['systems'];
  readonly chosen: string | null;
  readonly choose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const group = (title: 'connect.targets' | 'connect.sources', keepsBooks: boolean) => (
    <section className="panel" aria-label={t(title)}>
      <header>
        <h2>{t(title)}</h2>
      </header>
      <div className="body systems">
        {of.systems
          .filter(({ takes }) => takes.length > 0 === keepsBooks)
          .map((system) => (
            <SystemButton
              key={system.id}
              system={system}
              isChosen={system.id === of.chosen}
              choose={of.choose}
            />
          ))}
      </div>
    </section>
  );
  return (
    <div className="two">
      {group('connect.sources', false)}
      {group('connect.targets', true)}
    </div>
  );
}

function SystemButton(of: {
  readonly system: Systems['systems'][number];
  readonly isChosen: boolean;
  readonly choose: (id: string) => void;
}) {
  const kind = useKind();
  const { id, name, gives, takes } = of.system;
  const kinds = (gives.length > 0 ? gives : takes).map(kind);
  const [first = '', second, ...others] = kinds;
  const more = others.length === 0 ? '' : ` +${others.length}`;
  return (
    <button
      type="button"
      className="system"
      aria-pressed={of.isChosen}
      onClick={() => of.choose(id)}
    >
      <strong>{name}</strong>
      <span className="quiet small">{[first, second].filter(Boolean).join(', ') + more}</span>
    </button>
  );
}

function SetUp(of: {
  readonly company: string;
  readonly system: Systems['systems'][number];
  readonly all: Systems;
}) {
  const { t } = useTranslation();
  const { company, system } = of;
  const navigate = useNavigate();
  const [name, setName] = useState(system.id);
  const [settings, setSettings] = useState<Written>({});
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({});
  const adding = useMutation({
    mutationFn: () => {
      const json = { connector: system.id, name, settings, secrets };
      return answer(connections.$post({ param: { company }, json }));
    },
    onSuccess: async ({ id: connection }) => {
      await queries.invalidateQueries({ queryKey: ['company', company] });
      await navigate({
        to: '/c/$company/connections/$connection',
        params: { company, connection },
      });
    },
  });
  return (
    <form
      className="panel"
      aria-label={system.name}
      onSubmit={(event) => {
        event.preventDefault();
        adding.mutate();
      }}
    >
      <header>
        <h2>{system.name}</h2>
      </header>
      <div className="body stack form">
        <HowIn system={system} redirectUri={of.all.redirectUri} />
        <TextInput
          label={t('connect.name')}
          description={t('connect.nameHelp')}
          required
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <SchemaForm fields={formOf(system)} value={settings} change={setSettings} />
        {system.hasKeyPage && of.all.hasKeyPages ? null : (
          <SecretFields secrets={system.secrets} value={secrets} change={setSecrets} />
        )}
        {adding.error === null ? null : (
          <Alert color="red" variant="outline" role="alert">
            {adding.error.message}
          </Alert>
        )}
        <div>
          <Button type="submit" loading={adding.isPending}>
            {t('connect.next')}
          </Button>
        </div>
      </div>
    </form>
  );
}

/** What somebody has to do at the other end, before. */
function HowIn(of: { readonly system: Systems['systems'][number]; readonly redirectUri: string }) {
  const { t } = useTranslation();
  const { login, name, hasKeyPage } = of.system;
  if (login === 'consent') {
    return (
      <p style={{ margin: 0 }}>
        {t('connect.consentHelp', { name })} <code className="address">{of.redirectUri}</code>
      </p>
    );
  }
  if (hasKeyPage) return <p style={{ margin: 0 }}>{t('connect.keyPageHelp', { name })}</p>;
  const says = login === 'keys' ? 'connect.keysHelp' : 'connect.filesHelp';
  return <p style={{ margin: 0 }}>{t(says, { name })}</p>;
}
