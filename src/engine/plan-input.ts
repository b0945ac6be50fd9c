import type { Books } from '../domain/books.ts';
import type { LocalDate } from '../domain/date.ts';
import type { AttachedFile } from '../domain/document/attached-file.ts';
import type { CreditBeside, ReceiptTwice } from '../domain/document/credit-sales.ts';
import type { Document } from '../domain/document/document.ts';
import type { PaymentsBeside } from '../domain/document/payments.ts';
import type { BookedPayout } from '../domain/document/payout-arrival.ts';
import type { OrderStanding } from '../domain/posting/sale-timing.ts';
import type { FlowChoices } from '../domain/posting/choices.ts';
import type { PurchaseLedger } from '../domain/purchase-ledger.ts';
import type { OrderStates } from '../domain/sales-document.ts';
import type { Decision, Refusal } from '../domain/refusal.ts';
import type { WriteResults } from '../domain/plan.ts';
import type { BookedBefore } from '../ports/store.ts';

/** What a plan is made of: nothing else has any say in it. */
export type PlanInput = {
  readonly document: Document;
  /** Reasons found while reading not to book the document as it stands. */
  readonly doubts: readonly Refusal[];
  readonly decisions: readonly Decision[];
  readonly choices: FlowChoices;
  readonly startDate: LocalDate | null;
  readonly books: Books;
  /** What is open in the ledger of suppliers; null when it keeps none or nobody has asked it. */
  readonly purchases: PurchaseLedger | null;
  /** What the version before this one became in the ledger; null when it did not. */
  readonly booked: BookedBefore | null;
  /** What the order that a refund is of became in the ledger. Absent or null: nothing. */
  readonly of?: RefundedOrder | null;
  /** Another document that counts the same money; null when there is none. */
  readonly overlaps: string | null;
  /** What day reports and receipts say was sold on account on the document's days. */
  readonly credit: readonly CreditBeside[];
  /** Receipts of the document that another one has brought into the ledger. Absent: none. */
  readonly receiptsTwice?: readonly ReceiptTwice[];
  /** What the hub knows beside a payout: orders, and rows of other payouts. Absent: nothing. */
  readonly payments?: PaymentsBeside;
  /** Booked payouts that entries of a bank's statement may be. Absent: none. */
  readonly payouts?: readonly BookedPayout[];
  /** Where the order of a refund stands. Absent: nothing is known of it. */
  readonly order?: OrderStanding | null;
  /** How the orders stand that a quote has become. Absent or null: nobody has asked. */
  readonly orders?: OrderStates | null;
  /** Something of the order is booked as given back. Absent: nothing is. */
  readonly isRefunded?: boolean;
  /** Files that came inside the document. Absent: none. */
  readonly attachments?: readonly AttachedFile[];
  /** The company's own day: corrections stand on it. */
  readonly today: LocalDate;
};

/** The order of a refund, as far as the refund depends on it. */
export type RefundedOrder = {
  /** null: it was not paid, and so nothing is paid back. */
  readonly paidOn: LocalDate | null;
  /** What its versions' writes made. */
  readonly results: WriteResults;
};

/** @returns null for what is no order */
export function refundedOrder(
  document: Document | undefined,
  results: WriteResults,
): RefundedOrder | null {
  return document?.kind === 'order' ? { paidOn: document.paidOn, results } : null;
}
