import { present } from '../../lib/assert.ts';
import type { Voucher } from '../posting/voucher.ts';
import type { Order, Refund } from './sale.ts';
import type { DaysSale, SalesDay } from './sales-day.ts';

/** An order or refund that waits for the end of its day, as it was planned by itself. */
export type GatheredSale = {
  readonly document: Order | Refund;
  readonly vouchers: readonly Voucher[];
};

/** What becomes one document, and whose. Its place among those of its day is not known yet. */
export type Gathering<Sale extends GatheredSale> = {
  readonly members: readonly Sale[];
  readonly day: Omit<SalesDay, 'ref'>;
};

/**
 * Sales that share a voucher, together: those of one shop, day and day of booking. A day that is
 * locked for some, or on which something is corrected, has several.
 */
export function gatherSales<Sale extends GatheredSale>(
  sales: readonly Sale[],
): readonly Gathering<Sale>[] {
  const groups = Map.groupBy(sales, ({ document, vouchers }) => {
    const { ref, date, currency } = document;
    const bookOn = vouchers.at(-1)?.date ?? date;
    return [ref.system, ref.account, date, bookOn, currency].join('\n');
  });
  return [...groups.values()].map((members) => {
    const [one, ...others] = members;
    const first = present(one, 'a sale');
    const { document, vouchers } = first;
    const { date, currency } = document;
    const bookOn = vouchers.at(-1)?.date ?? date;
    const common = { kind: 'sales-day', date, bookOn, currency, ordinal: 1 } as const;
    return { members, day: { ...common, sales: [daysSale(first), ...others.map(daysSale)] } };
  });
}

function daysSale({ document, vouchers }: GatheredSale): DaysSale {
  const { ref, kind } = document;
  const number = kind === 'refund' ? document.of.number : document.number;
  return { ref, kind, number, rows: vouchers.flatMap((voucher) => voucher.rows) };
}
