import type { LocalDate } from '../domain/date.ts';
import { creditSalesOf } from '../domain/document/credit-sales.ts';
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

/** What stands on the account of credit sales for want of its counterpart. */
export type OpenCredit = {
  readonly store: string;
  readonly day: LocalDate;
  /** `ALL` for a report of the whole store; empty when a receipt names no till. */
  readonly register: string;
  /** The receipt, and whose it is; null: what a day report says was sold on account. */
  readonly receipt: { readonly number: string; readonly customer: string } | null;
  /** As it stands on the account: positive by a day report, negative by an invoiced receipt. */
  readonly minor: bigint;
};

/**
 * Explains what is on the account of credit sales, receipt by receipt: booked day reports without
 * their receipts, invoiced receipts without their day report, and both where they differ. Tills of
 * which both sides are booked and agree have left nothing there.
 *
 * @param booked - the documents that stand in the ledger
 */
export function openCredit(booked: readonly Document[]): readonly OpenCredit[] {
  const items = booked.flatMap(creditItems);
  const wholeDays = new Set(
    items.filter(({ register }) => register === 'ALL').map(({ store, day }) => `${store} ${day}`),
  );
  const tills = Map.groupBy(items, ({ store, day, register }) => {
    const isWhole = wholeDays.has(`${store} ${day}`);
    return [store, day, isWhole ? 'ALL' : register].join('\n');
  });
  return [...tills.values()]
    .filter((till) => till.reduce((sum, { minor }) => sum + minor, 0n) !== 0n)
    .flat()
    .filter(({ minor }) => minor !== 0n)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function creditItems(document: Document): readonly OpenCredit[] {
  if (document.kind === 'day-report') {
    return creditSalesOf(document).map(({ store, day, register, minor }) => {
      return { store, day, register, receipt: null, minor };
    });
  }
  if (document.kind !== 'credit-purchases') return [];
  const { storeNumber: store, customer } = document;
  return document.purchases.map(({ date: day, register, receipt, gross }) => {
    const about = { number: receipt, customer: customer.number };
    return { store, day, register, receipt: about, minor: -gross.minor };
  });
}

function keyOf({ store, day, register, receipt }: OpenCredit): string {
  return [store, day, register, receipt?.number ?? ''].join(' ');
}
