import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CompanyOverview } from '../api.ts';
import { countText, dayText } from '../format.ts';
import { MoneyOnItsWay, WhatWaits } from '../parts/charts.tsx';
import { StatePill } from '../parts/pill.tsx';
import { Missing } from '../parts/missing.tsx';
import { Empty, Shown } from '../parts/states.tsx';
import { waitingPage } from '../parts/waiting-tabs.tsx';
import { chartsQuery, companyQuery, meQuery } from '../queries.ts';

/** One client this morning. */
export function Overview() {
  const { t } = useTranslation();
  const { company } = useParams({ from: '/shell/c/$company' });
  const charts = useQuery(chartsQuery(company));
  const name = useQuery(meQuery).data?.companies.find(({ id }) => id === company)?.name;
  return (
    <>
      <div className="page-head">
        <h1>{name ?? t('overview.title')}</h1>
      </div>
      <Shown of={useQuery(companyQuery(company))}>
        {(data) => (
          <>
            <Tiles company={company} of={data.figures} />
            {/* All at once: panels that came later would move those that are read already. */}
            {charts.isPending ? (
              <div className="columns" aria-busy="true" />
            ) : (
              <div className="columns">
                <Days days={data.days} />
                <Files files={data.files} />
                <Missing company={company} missing={data.missing} />
                {charts.data === undefined ? null : (
                  <WhatWaits company={company} charts={charts.data} />
                )}
                <ConnectionStates company={company} connections={data.connections} />
                {charts.data === undefined ? null : <MoneyOnItsWay charts={charts.data} />}
              </div>
            )}
          </>
        )}
      </Shown>
    </>
  );
}

function Tiles(of: { readonly company: string; readonly of: CompanyOverview['figures'] }) {
  const { t } = useTranslation();
  const { held, review, bookedDay, bookedWeek, onTheirWay, inDoubt } = of.of;
  const params = { company: of.company };
  const waits = held + review;
  return (
    <div className="tiles">
      <Link
        to={waitingPage(of.of)}
        params={params}
        className={`panel tile ${waits > 0 ? 'warn' : ''}`}
      >
        <strong>{countText(waits)}</strong>
        <span className="quiet">{t('overview.waits')}</span>
      </Link>
      <Link
        to="/c/$company/documents"
        params={params}
        search={{ state: 'done' }}
        className="panel tile"
      >
        <strong>{countText(bookedDay)}</strong>
        <span className="quiet">{t('overview.booked24')}</span>
      </Link>
      <div className="panel tile">
        <strong>{countText(bookedWeek)}</strong>
        <span className="quiet">{t('overview.booked7')}</span>
      </div>
      <Link
        to="/c/$company/documents"
        params={params}
        search={{ state: 'waiting,sending,in doubt' }}
        className={`panel tile ${inDoubt > 0 ? 'bad' : ''}`}
      >
        <strong>{countText(onTheirWay + inDoubt)}</strong>
        <span className="quiet">
          {t('overview.way')}
          {inDoubt > 0 ? `, ${countText(inDoubt)} ${t('overview.doubt')}` : ''}
        </span>
      </Link>
    </div>
  );
}

function Days({ days }: { readonly days: CompanyOverview['days'] }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...days.map(({ booked }) => booked));
  const total = days.reduce((sum, { booked }) => sum + booked, 0);
  return (
    <section className="panel" aria-labelledby="days">
      <header>
        <h2 id="days">{t('overview.days')}</h2>
        <span className="quiet small">
          {t('overview.booked')}: {countText(total)}
        </span>
      </header>
      <div className="body">
        <div className="bars" aria-hidden="true">
          {days.map(({ day, booked, received }) => (
            <div key={day} title={`${dayText(day)}: ${received} / ${booked}`}>
              {booked > 0 ? (
                <div className="bar" style={{ height: `${(booked / most) * 70}%` }} />
              ) : null}
              <span className="label">{Number(day.slice(-2))}</span>
            </div>
          ))}
        </div>
        <table className="visually-hidden">
          <caption>{t('overview.days')}</caption>
          <thead>
            <tr>
              <th>{t('overview.day')}</th>
              <th>{t('overview.received')}</th>
              <th>{t('overview.booked')}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, booked, received }) => (
              <tr key={day}>
                <td>{day}</td>
                <td>{received}</td>
                <td>{booked}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Files({ files }: { readonly files: CompanyOverview['files'] }) {
  const { t } = useTranslation();
  if (files.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="files">
      <header>
        <h2 id="files">{t('overview.files')}</h2>
        <span className="pill bad">{files.length}</span>
      </header>
      <ul className="plain-list">
        {files.map((file) => (
          <li key={file.id}>
            <strong>{file.name}</strong> <span className="quiet">{file.connection}</span>
            {file.problems.slice(0, 2).map(({ message }) => (
              <div key={message} className="small">
                {message}
              </div>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function ConnectionStates(of: {
  readonly company: string;
  readonly connections: CompanyOverview['connections'];
}) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-labelledby="connections">
      <header>
        <h2 id="connections">
          <Link to="/c/$company/connections" params={{ company: of.company }}>
            {t('overview.connections')}
          </Link>
        </h2>
      </header>
      {of.connections.length === 0 ? <Empty says={t('overview.noConnections')} /> : null}
      <ul className="plain-list">
        {of.connections.map((one) => (
          <li key={one.id}>
            <div className="between">
              <strong>{one.title}</strong>
              <StatePill state={one.state} />
            </div>
            {one.reason === null ? null : <div className="quiet small">{one.reason}</div>}
          </li>
        ))}
      </ul>
    </section>
  );
}
