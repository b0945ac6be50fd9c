import type { LocalDate } from '../date.ts';
import { money, subtract } from '../money.ts';
import type { Refusal } from '../refusal.ts';
import type { Document } from './document.ts';

/** How a report of the whole store names its till. */
const WHOLE_STORE = 'ALL';

/** What was sold on account at one till on one day, as one side says it. Minor units. */
export type CreditSale = {
  readonly store: string;
  readonly day: LocalDate;
  /** `ALL` for a report of the whole store; empty for receipts that name no till. */
  readonly register: string;
  /** `report`: the credit tenders of a day report. `receipts`: what customers have signed for. */
  readonly side: 'report' | 'receipts';
  readonly minor: bigint;
};

/** What all documents together say of one side, till and day. */
export type CreditBeside = CreditSale & {
  /** Whether something of it is in the ledger, or may be on its way there. */
  readonly isBooked: boolean;
};

/** A receipt that another document has too, which is in the ledger. */
export type ReceiptTwice = {
  readonly receipt: string;
  readonly day: LocalDate;
  /** The other document's `refKey`. */
  readonly other: string;
};

/**
 * What a document says was sold on account. A day report always says something, if only that it was
 * nothing; documents of other kinds say nothing.
 */
export function creditSalesOf(document: Document): readonly CreditSale[] {
  if (document.kind === 'day-report') {
    const minor = document.lines.reduce(
      (sum, line) =>
        line.kind === 'tender' && line.means === 'credit' ? sum + line.gross.minor : sum,
      0n,
    );
    const { storeNumber: store, businessDate: day, register } = document;
    return [{ store, day, register, side: 'report', minor }];
  }
  if (document.kind !== 'credit-purchases') return [];
  const sales = new Map<string, CreditSale>();
  for (const { date: day, register, gross } of document.purchases) {
    const key = `${day} ${register}`;
    const minor = (sales.get(key)?.minor ?? 0n) + gross.minor;
    sales.set(key, { store: document.storeNumber, day, register, side: 'receipts', minor });
  }
  return [...sales.values()];
}

/**
 * Days on which the credit tenders of day reports and the receipts of customers differ.
 *
 * Only what comes second waits: receipts for a report that is known, a report for receipts that are
 * booked. Tills are compared one by one, or the whole store when its report is of the whole store.
 * A till of which only one side has come is nobody's mistake yet, and receipts that name no till
 * are compared with a report of the whole store only: the reconciliation lists what is left.
 *
 * @param beside - what all documents say of the same store and days, this one included
 */
export function creditDiffers(document: Document, beside: readonly CreditBeside[]): Refusal[] {
  const isReport = document.kind === 'day-report';
  const refusals = new Map<string, Refusal>();
  for (const { store, day, register } of creditSalesOf(document)) {
    const ofDay = beside.filter((one) => one.day === day && one.store === store);
    const reports = ofDay.filter((one) => one.side === 'report');
    const isWhole = reports.some((one) => one.register === WHOLE_STORE);
    const till = isWhole ? WHOLE_STORE : register;
    if (refusals.has(`${day} ${till}`)) continue;
    const receipts = ofDay.filter((one) => one.side === 'receipts');
    const ours = isWhole ? receipts : receipts.filter((one) => one.register === till);
    const theirs = reports.filter((one) => one.register === till);
    const isUnsettled = !isWhole && receipts.some((one) => one.register === '');
    if (theirs.length === 0 || ours.length === 0 || isUnsettled) continue;
    if (isReport && !ours.some((one) => one.isBooked)) continue;
    const reported = money(sumOf(theirs), document.currency);
    const signed = money(sumOf(ours), document.currency);
    if (reported.minor === signed.minor) continue;
    refusals.set(`${day} ${till}`, {
      code: 'credit-differs',
      store,
      day,
      register: till,
      reported,
      receipts: signed,
      difference: subtract(reported, signed),
    });
  }
  return [...refusals.values()];
}

function sumOf(sales: readonly CreditSale[]): bigint {
  return sales.reduce((sum, { minor }) => sum + minor, 0n);
}
