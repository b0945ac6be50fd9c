import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Charts } from '../api.ts';
import { amountText, countText, dayText } from '../format.ts';
import { Table } from './table.tsx';

/** What stands on the accounts where money waits, and what the limits of systems leave. */
export function MoneyOnItsWay({ charts }: { readonly charts: Charts }) {
  return (
    <>
      {charts.clearing.map((one) => (
        <Clearing key={one.account} of={one} />
      ))}
      <Limits limits={charts.limits} />
    </>
  );
}

/** What waits, by why. */
export function WhatWaits(of: { readonly company: string; readonly charts: Charts }) {
  const { t, i18n } = useTranslation();
  const { held } = of.charts;
  const most = Math.max(1, ...held.map(({ count }) => count));
  const named = (code: string): string =>
    i18n.exists(`reason.${code}`) ? t(`reason.${code}` as 'reason.review') : code;
  return (
    <section className="panel" aria-labelledby="reasons">
      <header>
        <h2 id="reasons">{t('chart.reasons')}</h2>
        <Link to="/c/$company/held" params={{ company: of.company }} className="small">
          {t('nav.held')}
        </Link>
      </header>
      {held.length === 0 ? (
        <p className="body quiet" style={{ margin: 0 }}>
          {t('overview.nothingWaits')}
        </p>
      ) : (
        <ul className="body meters">
          {held.map(({ code, count }) => (
            <li key={code}>
              <span>{named(code)}</span>
              <span className="num">{countText(count)}</span>
              <span className="meter" aria-hidden="true">
                <span style={{ width: `${(count / most) * 100}%` }} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Limits({ limits }: { readonly limits: Charts['limits'] }) {
  const { t } = useTranslation();
  if (limits.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="limits">
      <header>
        <h2 id="limits">{t('chart.limits')}</h2>
      </header>
      <ul className="body meters">
        {limits.map(({ connection, requests, perMs, left }) => (
          <li key={connection}>
            <span>
              {connection}{' '}
              <span className="quiet small">
                {t('chart.limit', { requests, seconds: perMs / 1_000 })}
              </span>
            </span>
            <span className="num">{t('chart.left', { count: left })}</span>
            <span className="meter" aria-hidden="true">
              <span style={{ width: `${(left / requests) * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const WIDE = 480;
const HIGH = 96;

/** A clearing account over time: the same figures stand in a table. */
function Clearing({ of }: { readonly of: Charts['clearing'][number] }) {
  const { t } = useTranslation();
  const { account, name, days } = of;
  const last = days.at(-1);
  const title = `${account} ${name}`;
  return (
    <section className="panel" aria-label={title}>
      <header className="one-line">
        <h2>{title}</h2>
        <span className="num">{last === undefined ? '' : amountText(last.minor)}</span>
      </header>
      <div className="body">
        {days.some(({ minor }) => minor !== '0') ? (
          <svg viewBox={`0 0 ${WIDE} ${HIGH}`} className="line" aria-hidden="true">
            <path d={lineOf(days)} />
          </svg>
        ) : null}
        <details className="more">
          <summary>{t('chart.asTable')}</summary>
          <Table
            label={title}
            heads={[{ text: t('overview.day') }, { text: t('chart.sum'), isNumber: true }]}
          >
            {days.map(({ day, minor }) => (
              <tr key={day}>
                <td>{dayText(day)}</td>
                <td className="num">{amountText(minor)}</td>
              </tr>
            ))}
          </Table>
        </details>
      </div>
    </section>
  );
}

/** Steps from day to day: between two bookings an account stands still. */
function lineOf(days: Charts['clearing'][number]['days']): string {
  const at = days.map(({ day }) => Date.parse(day));
  // Places on a screen, not money: what is lost beyond 2⁵³ öre cannot be seen.
  const sums = days.map(({ minor }) => Number(minor));
  const [low, high] = [Math.min(0, ...sums), Math.max(0, ...sums)];
  const [first, end] = [at[0] ?? 0, at.at(-1) ?? 0];
  const x = (ms: number): number => ((ms - first) / Math.max(1, end - first)) * WIDE;
  const y = (sum: number): number =>
    HIGH - 4 - ((sum - low) / Math.max(1, high - low)) * (HIGH - 8);
  const steps = sums.map((sum, i) => `H${x(at[i] ?? 0).toFixed(1)}V${y(sum).toFixed(1)}`);
  return `M0 ${y(0).toFixed(1)}${steps.join('')}H${WIDE}`;
}
