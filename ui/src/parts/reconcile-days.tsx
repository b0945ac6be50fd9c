import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Reconciliation } from '../api.ts';
import { amountText, dayText } from '../format.ts';

type Sides = Pick<Reconciliation['totals'][number], 'what' | 'source' | 'hub' | 'ledger'>;

/** Sales, their VAT and what they were paid with stand beside each other; the rest after them. */
const ORDER = ['sales', 'vat', 'tender'];

/**
 * Every figure of a period: a row for each day, a column for each VAT rate and means of payment.
 * A figure leads to the documents that it is made of, and those to their vouchers.
 */
export function ReconcileDays(of: {
  readonly company: string;
  readonly result: Reconciliation;
  readonly nameOf: (what: string) => string;
}) {
  const { t } = useTranslation();
  const { company, result, nameOf } = of;
  const columns = result.totals.map(({ what }) => what).sort(byGroup);
  const days = Map.groupBy(result.days, ({ day }) => day);
  if (days.size === 0) return null;
  return (
    <div className="reconcile-days">
      <div className="body">
        <h2>{t('grid.title')}</h2>
        <p className="quiet small" style={{ margin: 0 }}>
          {t('grid.text')}
        </p>
      </div>
      <div className="scroll" role="region" aria-label={t('grid.title')} tabIndex={0}>
        <table className="table" aria-label={t('grid.title')}>
          <thead>
            <tr>
              <th scope="col">{t('documents.date')}</th>
              {columns.map((what) => (
                <th key={what} scope="col" className="num">
                  {nameOf(what)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...days].map(([day, rows]) => (
              <tr key={day}>
                <th scope="row">{dayText(day)}</th>
                {columns.map((what) => {
                  const sides = rows.find((row) => row.what === what);
                  if (sides === undefined) return <td key={what} />;
                  return (
                    <td key={what} className={isEven(sides) ? 'num' : 'num differs'}>
                      <Link
                        to="/c/$company/reconcile"
                        params={{ company }}
                        search={{ made: result.id, day, what }}
                        hash="parts"
                        resetScroll={false}
                        title={`${nameOf(what)} ${dayText(day)}`}
                      >
                        <Figure of={sides} />
                      </Link>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
          <Sums result={result} columns={columns} />
        </table>
      </div>
    </div>
  );
}

function Sums(of: { readonly result: Reconciliation; readonly columns: readonly string[] }) {
  const { t } = useTranslation();
  const totals = new Map(of.result.totals.map((row) => [row.what, row]));
  return (
    <tfoot>
      <tr>
        <td>{t('grid.sum')}</td>
        {of.columns.map((what) => {
          const sides = totals.get(what);
          return (
            <td key={what} className="num">
              {sides === undefined ? null : <Figure of={sides} />}
            </td>
          );
        })}
      </tr>
    </tfoot>
  );
}

/** One amount where all agree; else what each side says. */
function Figure({ of }: { readonly of: Sides }) {
  const { t } = useTranslation();
  if (isEven(of)) return amountText(of.ledger);
  return (['source', 'hub', 'ledger'] as const).map((side) => (
    <span key={side} className="side">
      <span className="small">{t(`fact.${side}`)}</span> {amountText(of[side])}
    </span>
  ));
}

/** What a person has decided to book is no figure of the source's. */
const DECIDED = 'difference';

function isEven({ what, source, hub, ledger }: Sides): boolean {
  return (what === DECIDED || source === hub) && hub === ledger;
}

function byGroup(a: string, b: string): number {
  const place = (what: string): number => {
    const at = ORDER.indexOf(what.split('.')[0] ?? '');
    return at < 0 ? ORDER.length : at;
  };
  return place(a) - place(b) || a.localeCompare(b, 'en', { numeric: true });
}
