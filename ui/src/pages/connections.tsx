import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Connections } from '../api.ts';
import { TestButton, Tested, useHealth } from '../parts/health.tsx';
import { StatePill, useKind } from '../parts/pill.tsx';
import { Empty, Shown } from '../parts/states.tsx';
import { connectionsQuery, useRights } from '../queries.ts';

type Connection = Connections['connections'][number];

/** The company's logins to outside systems, and what would stop them. */
export function ConnectionsPage() {
  const { t } = useTranslation();
  const { company } = useParams({ from: '/shell/c/$company/connections' });
  const rights = useRights(company);
  return (
    <>
      <div className="page-head">
        <h1>{t('connections.title')}</h1>
        {rights.includes('connect') ? (
          <Link to="/c/$company/connections/new" params={{ company }} className="button first">
            {t('connect.add')}
          </Link>
        ) : null}
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
  const { id, title, state, reason } = of.of;
  const testing = useHealth(of.company, id);
  return (
    <section className="panel" aria-label={title}>
      <header>
        <div className="between">
          <h2>{title}</h2>
          <StatePill state={state} />
        </div>
        {of.mayConnect ? (
          <div className="between" style={{ gap: '0.4rem' }}>
            <Link
              to="/c/$company/connections/$connection"
              params={{ company: of.company, connection: id }}
              className={`button ${state === 'ready' || state === 'paused' ? '' : 'first'}`}
            >
              {t(state === 'reconnect' ? 'connections.reconnect' : 'connections.change')}
            </Link>
            <TestButton testing={testing} />
          </div>
        ) : null}
      </header>
      <div className="body stack">
        {reason === null ? null : <p style={{ margin: 0 }}>{reason}</p>}
        <Carries of={of.of} />
        <Tested testing={testing} />
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
