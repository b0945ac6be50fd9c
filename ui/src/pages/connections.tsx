import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api, type Connections } from '../api.ts';
import { StatePill, useKind } from '../parts/pill.tsx';
import { Empty, Failed, Shown } from '../parts/states.tsx';
import { connectionsQuery, meQuery } from '../queries.ts';

type Connection = Connections['connections'][number];

const one = api.companies[':company'].connections[':connection'];

/** The company's logins to outside systems, and what would stop them. */
export function ConnectionsPage() {
  const { t } = useTranslation();
  const { company } = useParams({ from: '/shell/c/$company/connections' });
  const rights = useQuery(meQuery).data?.companies.find(({ id }) => id === company)?.rights ?? [];
  return (
    <>
      <div className="page-head">
        <h1>{t('connections.title')}</h1>
      </div>
      <Shown of={useQuery(connectionsQuery(company))}>
        {({ connections }) =>
          connections.length === 0 ? (
            <section className="panel">
              <Empty says={t('connections.empty')} />
            </section>
          ) : (
            <div className="stack">
              {connections.map((connection) => (
                <Card
                  key={connection.id}
                  company={company}
                  of={connection}
                  mayConnect={rights.includes('connect')}
                />
              ))}
            </div>
          )
        }
      </Shown>
    </>
  );
}

function Card(of: {
  readonly company: string;
  readonly of: Connection;
  readonly mayConnect: boolean;
}) {
  const { t } = useTranslation();
  const { id, name, system, state, reason, hasConsent } = of.of;
  const param = { company: of.company, connection: id };
  const testing = useMutation({ mutationFn: () => answer(one.test.$post({ param })) });
  const consenting = useMutation({
    mutationFn: () => answer(one.consent.$post({ param })),
    onSuccess: ({ url }) => location.assign(url),
  });
  return (
    <section className="panel" aria-label={name}>
      <header>
        <div className="between">
          <h2>{name}</h2>
          <span className="quiet small">{system}</span>
          <StatePill state={state} />
        </div>
        {of.mayConnect ? (
          <div className="between" style={{ gap: '0.4rem' }}>
            {hasConsent ? (
              <Button
                size="xs"
                variant={state === 'ready' ? 'default' : 'filled'}
                loading={consenting.isPending}
                onClick={() => consenting.mutate()}
              >
                {t('connections.reconnect')}
              </Button>
            ) : null}
            <Button
              size="xs"
              variant="default"
              loading={testing.isPending}
              onClick={() => testing.mutate()}
            >
              {t('connections.test')}
            </Button>
          </div>
        ) : null}
      </header>
      <div className="body stack">
        {reason === null ? null : <p style={{ margin: 0 }}>{reason}</p>}
        <Carries of={of.of} />
        {testing.error === null ? null : <Failed error={testing.error} />}
        {consenting.error === null ? null : <Failed error={consenting.error} />}
        {testing.data === undefined ? null : <Health items={testing.data.items} />}
      </div>
    </section>
  );
}

/** What goes which way over a connection. */
function Carries({ of: { gives, takes, flows, calls } }: { readonly of: Connection }) {
  const { t } = useTranslation();
  const kind = useKind();
  const kinds = (list: readonly string[]): string => list.map(kind).join(', ');
  return (
    <div className="small quiet">
      {gives.length > 0 ? (
        <div>
          {t('connections.gives')}: {kinds(gives)}
        </div>
      ) : null}
      {takes.length > 0 ? (
        <div>
          {t('connections.takes')}: {kinds(takes)} · {t('connections.calls', { count: calls })}
        </div>
      ) : null}
      {flows.map(({ to, mode }) => (
        <div key={to}>
          {t('connections.into', { to })}, {t(`connections.${mode}`)}
        </div>
      ))}
    </div>
  );
}

const TONES = { ok: 'good', warning: 'warn', problem: 'bad' } as const;
const SIGNS = { ok: '✓', warning: '!', problem: '✗' } as const;

type Item = {
  readonly item: string;
  readonly state: keyof typeof TONES;
  readonly says: string;
};

function Health({ items }: { readonly items: readonly Item[] }) {
  const { t } = useTranslation();
  const isFine = items.every(({ state }) => state === 'ok');
  return (
    <div role="status">
      {isFine ? <p style={{ margin: '0 0 0.4rem' }}>{t('connections.fine')}</p> : null}
      <ul className="plain-list small">
        {items.map(({ item, state, says }, index) => (
          <li key={index} className="health">
            <span className={`pill ${TONES[state]}`}>{SIGNS[state]}</span>
            <strong>{item}</strong>
            <span>{says}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
