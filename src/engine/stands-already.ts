import type { PostingOutcome, VoucherRow } from '../domain/posting/voucher.ts';
import type { Document } from '../domain/document/document.ts';
import type { BookedBefore } from '../ports/store.ts';

/**
 * Whether an order or refund that comes again is booked already as it would be now: it was sent,
 * or set to another state by ourselves, which is nothing to the books.
 */
export function standsAlready(
  { document, booked }: { readonly document: Document; readonly booked: BookedBefore | null },
  outcome: PostingOutcome,
): boolean {
  if (document.kind !== 'order' && document.kind !== 'refund') return false;
  const before = booked?.document;
  const [was] = booked?.vouchers.slice(-1) ?? [];
  if (before?.kind !== document.kind || was === undefined || outcome.kind !== 'vouchers')
    return false;
  const [is, ...others] = outcome.vouchers;
  if (is === undefined || others.length > 0) return false;
  const isSameDay = before.date === document.date && was.currency === is.currency;
  return isSameDay && inLedger(was.rows) === inLedger(is.rows);
}

/** Of rows, what stands in the ledger. */
function inLedger(rows: readonly VoucherRow[]): string {
  return rows
    .map(({ account, amount, text }) => `${account} ${amount.minor} ${text}`)
    .sort()
    .join('\n');
}
