import { Button } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Reconciliation } from '../api.ts';
import { amountText, dayText, timeText } from '../format.ts';
import { ReconcileDays } from './reconcile-days.tsx';
import { ReconcileParts } from './reconcile-parts.tsx';
import { Table } from './table.tsx';

/** What a person has decided to book beside the source's figures: the role of its row. */
const DECIDED = 'difference';

/** What a reconciliation came to: its verdict, every difference, sums, and all days. */
export function ReconcileResult({
  company,
  of,
}: {
  readonly company: string;
  readonly of: Reconciliation;
}) {
  const { t } = useTranslation();
  const { day, what: chosen } = useSearch({ from: '/shell/c/$company/reconcile' });
  const names = new Map(of.totals.map(({ what, name }) => [what, name]));
  const nameOf = (what: string): string => names.get(what) ?? what;
  return (
    <section className="panel" aria-labelledby="result">
      <header>
        <h2 id="result">
          {of.flow} · {dayText(of.from)} – {dayText(of.to)}
        </h2>
        <Button size="xs" variant="default" className="no-print" onClick={() => window.print()}>
          {t('system.print')}
        </Button>
        <Verdict of={of} />
      </header>
      <p className="body quiet small" style={{ margin: 0 }}>
        {t('grid.madeAt', { time: timeText(of.madeAtMs) })}
      </p>
      <Differences of={of} />
      <Totals of={of} />
      {day === undefined || chosen === undefined ? null : (
        <ReconcileParts {...{ company, day }} result={of} what={chosen} name={nameOf(chosen)} />
      )}
      <ReconcileDays company={company} result={of} nameOf={nameOf} />
      <p className="body quiet small" style={{ margin: 0 }}>
        {t('reconcile.counts', {
          documents: of.counts.documents,
          booked: of.counts.booked,
          vouchers: of.counts.vouchers,
        })}
      </p>
      {of.open.length === 0 ? null : (
        <div className="body">
          <h2>{t('reconcile.open')}</h2>
          <ul>
            {of.open.map(({ document, state }) => (
              <li key={document}>
                {document}: {t(`state.${state}` as 'state.held')}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Verdict({ of }: { readonly of: Reconciliation }) {
  const { t } = useTranslation();
  const count = of.differences.length;
  const decided = of.totals.find((row) => row.what === DECIDED && row.ledger !== '0');
  return (
    <span className={`pill sentence ${count === 0 ? 'good' : 'bad'}`} data-testid="verdict">
      {count > 0 ? t('reconcile.differs', { count }) : null}
      {count === 0 && decided === undefined ? t('reconcile.even') : null}
      {count === 0 && decided !== undefined
        ? t('grid.evenButDecided', { amount: amountText(decided.ledger) })
        : null}
    </span>
  );
}

function Differences({ of }: { readonly of: Reconciliation }) {
  const { t, i18n } = useTranslation();
  const named = (name: string): string =>
    i18n.exists(`fact.${name}`) ? t(`fact.${name}` as 'fact.difference') : name;
  if (of.differences.length === 0) return null;
  return (
    <ul className="plain-list">
      {of.differences.map((one, index) => (
        <li key={index}>
          <strong>
            {i18n.exists(`different.${one.kind}`)
              ? t(`different.${one.kind}` as 'different.amount')
              : one.kind}
          </strong>{' '}
          {[one.day === null ? '' : dayText(one.day), one.about, one.detail]
            .filter(Boolean)
            .join(' · ')}
          <span className="small quiet">
            {one.amounts.map(({ name, minor }) => ` · ${named(name)} ${amountText(minor)}`)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Totals({ of }: { readonly of: Reconciliation }) {
  const { t } = useTranslation();
  if (of.totals.length === 0) return null;
  return (
    <Table
      label={t('reconcile.title')}
      heads={[
        { text: t('reconcile.what') },
        { text: t('fact.source'), isNumber: true },
        { text: t('fact.hub'), isNumber: true },
        { text: t('fact.ledger'), isNumber: true },
        { text: t('reconcile.difference'), isNumber: true },
      ]}
    >
      {of.totals.map((row) => {
        const difference = BigInt(row.source) - BigInt(row.ledger);
        return (
          <tr key={row.what}>
            <td>
              {row.name}
              {row.what === DECIDED ? (
                <>
                  {' '}
                  <span className="pill">{t('grid.decided')}</span>
                </>
              ) : null}
            </td>
            <td className="num">{amountText(row.source)}</td>
            <td className="num">{amountText(row.hub)}</td>
            <td className="num">{amountText(row.ledger)}</td>
            <td className={`num ${difference === 0n ? 'zero' : ''}`}>
              {amountText(String(difference))}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}
