import { assert } from '../../lib/assert.ts';
import type { LocalDate } from '../date.ts';
import type { SourceRef } from '../document/source-ref.ts';
import { isZero, add, sum, type Currency, type Money } from '../money.ts';
import type { InvoicePayment } from '../purchase-ledger.ts';
import type { Notice, Refusal } from '../refusal.ts';

/** A row of a voucher. Debit is positive, credit is negative; a row is never zero. */
export type VoucherRow = {
  readonly account: string;
  readonly amount: Money;
  /** What the ledger shows on the row, in the company's language. */
  readonly text: string;
  /** Why this row stands here and on this account, for the person who previews it. */
  readonly why: string;
  /** The role that the account answers, for the message when the ledger lacks it. */
  readonly role: string;
  readonly costCentre?: string;
  readonly project?: string;
};

/** Balanced rows on one day: what a target books. Swedish verifikat, Norwegian bilag. */
export type Voucher = {
  readonly date: LocalDate;
  readonly text: string;
  readonly currency: Currency;
  readonly rows: readonly VoucherRow[];
  readonly origin: SourceRef;
  /** The ledger's series to book in; absent where the ledger has none. */
  readonly series?: string;
  /** The invoice in the ledger of suppliers that it is the payment of; absent for all others. */
  readonly pays?: InvoicePayment;
};

/** A posting rule answers with balanced vouchers, or with every reason not to book. */
export type PostingOutcome = {
  readonly notices: readonly Notice[];
} & (
  | { readonly kind: 'vouchers'; readonly vouchers: readonly Voucher[] }
  | {
      readonly kind: 'refused';
      readonly refusals: readonly Refusal[];
      /** The rows as far as they are known, for the person who decides. They may not balance. */
      readonly draft: readonly VoucherRow[];
    }
);

/**
 * Joins rows that say the same of the same account and drops zeros.
 *
 * Order is that of first appearance, so a voucher is the same each time it is made.
 */
export function joinRows(rows: readonly VoucherRow[]): VoucherRow[] {
  const joined = new Map<string, VoucherRow>();
  for (const row of rows) {
    const key = [row.account, row.text, row.costCentre ?? '', row.project ?? ''].join('\n');
    const seen = joined.get(key);
    joined.set(key, seen ? { ...seen, amount: add(seen.amount, row.amount) } : row);
  }
  return [...joined.values()].filter((row) => !isZero(row.amount));
}

/**
 * Closes a voucher: joins its rows and makes sure that debit equals credit.
 *
 * @throws InvariantError when the rows do not balance: a posting rule that gets here unbalanced
 *   is wrong, whatever the document said
 */
export function closeVoucher(draft: Voucher): Voucher {
  const rows = joinRows(draft.rows);
  const difference = balanceOf(rows, draft.currency);
  assert(isZero(difference), `voucher "${draft.text}" is off by ${difference.minor} minor units`);
  return { ...draft, rows };
}

/** Debit minus credit. */
export function balanceOf(rows: readonly VoucherRow[], currency: Currency): Money {
  return sum(
    rows.map((row) => row.amount),
    currency,
  );
}

/** What stands in debit; with a balanced voucher also what stands in credit. */
export function turnoverOf(rows: readonly VoucherRow[], currency: Currency): Money {
  return sum(
    rows.filter((row) => row.amount.minor > 0n).map((row) => row.amount),
    currency,
  );
}
