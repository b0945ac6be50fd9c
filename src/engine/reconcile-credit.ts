import type { LocalDate } from '../domain/date.ts';
import type { Document } from '../domain/document/document.ts';

/** What a store sold on account on one day, as two sides say it. Minor units. */
export type CreditDay = {
  readonly store: string;
  readonly day: LocalDate;
  /** The credit tenders of the store's day reports. */
  readonly reported: bigint;
  /** The receipts of its customers, invoiced or on their way. */
  readonly invoiced: bigint;
};

/**
 * Compares what day reports say was sold on account with the receipts that customers are invoiced
 * for, store by store and day by day: their difference stays on the account of credit sales.
 *
 * Empty for stores whose receipts do not come here: nothing is known of what they invoice.
 */
export function creditDays(documents: readonly Document[]): readonly CreditDay[] {
  const invoicing = new Set<string>();
  const days = new Map<string, CreditDay>();
  const count = (
    store: string,
    day: LocalDate,
    more: { readonly reported?: bigint; readonly invoiced?: bigint },
  ): void => {
    const key = `${store} ${day}`;
    const { reported, invoiced } = days.get(key) ?? { reported: 0n, invoiced: 0n };
    days.set(key, {
      store,
      day,
      reported: reported + (more.reported ?? 0n),
      invoiced: invoiced + (more.invoiced ?? 0n),
    });
  };
  for (const document of documents) {
    if (document.kind === 'credit-purchases') {
      invoicing.add(document.storeNumber);
      for (const { date, gross } of document.purchases) {
        count(document.storeNumber, date, { invoiced: gross.minor });
      }
    }
    if (document.kind !== 'day-report') continue;
    for (const line of document.lines) {
      if (line.kind !== 'tender' || line.means !== 'credit') continue;
      count(document.storeNumber, document.businessDate, { reported: line.gross.minor });
    }
  }
  return [...days.values()]
    .filter(({ store }) => invoicing.has(store))
    .sort((a, b) => (`${a.store} ${a.day}` < `${b.store} ${b.day}` ? -1 : 1));
}
