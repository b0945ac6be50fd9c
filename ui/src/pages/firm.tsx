import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../api.ts';
import { agoText, countText } from '../format.ts';
import { Empty, Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { waitingPage } from '../parts/waiting-tabs.tsx';
import { FirstRun } from './first-run.tsx';
import { firmQuery, meQuery } from '../queries.ts';

type Figures = Overview['companies'][number];

/** Every client in one table, those that need somebody first. */
export function Firm() {
  const { t } = useTranslation();
  const firm = useQuery(firmQuery());
  const [text, setText] = useState('');
  const mayAdd = useQuery(meQuery).data?.firm.includes('manage') ?? false;
  if (mayAdd && firm.data?.companies.length === 0) return <FirstRun />;
  return (
    <>
      <div className="page-head">
        <h1>{t('firm.title')}</h1>
        {mayAdd ? (
          <Link to="/companies/new" className="button">
            {t('first.add')}
          </Link>
        ) : null}
        <TextInput
          size="xs"
          type="search"
          aria-label={t('firm.find')}
          placeholder={t('firm.find')}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      </div>
      <section className="panel">
        <Shown of={firm}>
          {({ companies }) =>
            companies.length === 0 ? (
              <Empty says={t('firm.empty')} />
            ) : (
              <Companies companies={matching(companies, text)} />
            )
          }
        </Shown>
      </section>
    </>
  );
}

/** Who needs somebody most stands first; the others by name. */
function matching(companies: readonly Figures[], text: string): Figures[] {
  const plain = text.trim().toLowerCase();
  const urgency = (one: Figures): number => troubleOf(one) * 1_000 + waitsOf(one);
  return companies
    .filter(({ name }) => name.toLowerCase().includes(plain))
    .sort((a, b) => urgency(b) - urgency(a) || a.name.localeCompare(b.name));
}

function troubleOf(of: Figures): number {
  return of.brokenConnections + of.rejectedFiles + of.missing + of.inDoubt;
}

function waitsOf(of: Figures): number {
  return of.held + of.review;
}

function Companies({ companies }: { readonly companies: readonly Figures[] }) {
  const { t } = useTranslation();
  if (companies.length === 0) return <Empty says={t('firm.noMatch')} />;
  return (
    <Table
      label={t('firm.title')}
      heads={[
        { text: t('app.company') },
        { text: t('firm.waits'), isNumber: true },
        { text: t('firm.trouble'), isNumber: true },
        { text: t('firm.bookedDay'), isNumber: true, isWide: true },
        { text: t('firm.bookedWeek'), isNumber: true, isWide: true },
        { text: t('firm.onTheirWay'), isNumber: true, isWide: true },
        { text: t('firm.lastReceived'), isWide: true },
      ]}
    >
      {companies.map((one) => (
        <CompanyRow key={one.id} of={one} />
      ))}
    </Table>
  );
}

function CompanyRow({ of }: { readonly of: Figures }) {
  const { t } = useTranslation();
  const params = { company: of.id };
  return (
    <tr className="link-row">
      <td>
        <Link to="/c/$company" params={params}>
          {of.name}
        </Link>
      </td>
      <td className="num">
        {waitsOf(of) === 0 ? (
          <span className="zero">0</span>
        ) : (
          <Link to={waitingPage(of)} params={params} className="pill warn">
            {countText(waitsOf(of))}
          </Link>
        )}
      </td>
      <td className="num">
        {troubleOf(of) === 0 ? (
          <span className="zero">0</span>
        ) : (
          <span className="pill bad">{countText(troubleOf(of))}</span>
        )}
      </td>
      <td className="num wide-only">{countText(of.bookedDay)}</td>
      <td className="num wide-only">{countText(of.bookedWeek)}</td>
      <td className="num wide-only">{countText(of.onTheirWay)}</td>
      <td className="quiet wide-only">
        {of.lastReceivedAtMs === null ? t('firm.never') : agoText(of.lastReceivedAtMs)}
      </td>
    </tr>
  );
}
