import type { SalesDay } from '../../document/sales-day.ts';
import { add, isZero, type Money } from '../../money.ts';
import type { Decision } from '../../refusal.ts';
import type { PostingChoices } from '../choices.ts';
import { closeVoucher, type PostingOutcome, type VoucherRow } from '../voucher.ts';
import { LEDGER_WORDS } from '../words.ts';

/**
 * Books the orders and refunds of a day on one voucher: the rows of each, joined by account. Rows
 * of one account that are for different things, as freight at two VAT rates, stay apart.
 *
 * A day whose refunds take back all that its orders brought comes to no voucher.
 *
 * @see docs/accounting/sale.md
 */
export function postSalesDay(
  day: SalesDay,
  choices: PostingChoices,
  decisions: readonly Decision[] = [],
): PostingOutcome {
  const rows = joinByThing(day.sales.flatMap((sale) => sale.rows));
  if (rows.length === 0) return { kind: 'vouchers', vouchers: [], notices: [] };
  const bookOn = decisions.find((d) => d.kind === 'book-on');
  const words = LEDGER_WORDS[choices.language];
  const { date, ordinal } = day;
  const said = { date, ordinal, count: day.sales.length };
  const voucher = closeVoucher({
    date: bookOn?.date ?? day.bookOn,
    text: words.salesDay(said),
    currency: day.currency,
    rows,
    origin: day.ref,
    ...(choices.series === null ? {} : { series: choices.series }),
  });
  return { kind: 'vouchers', vouchers: [voucher], notices: [] };
}

function joinByThing(rows: readonly VoucherRow[]): readonly VoucherRow[] {
  const joined = new Map<string, VoucherRow>();
  for (const row of rows) {
    const [thing = ''] = row.role.split('/');
    const key = [row.account, thing, row.costCentre ?? '', row.project ?? ''].join('\n');
    const seen = joined.get(key);
    const amount: Money = seen === undefined ? row.amount : add(seen.amount, row.amount);
    joined.set(key, { ...(seen ?? row), amount });
  }
  return [...joined.values()].filter((row) => !isZero(row.amount));
}
