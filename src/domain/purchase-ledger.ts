import type { LocalDate } from './date.ts';
import type { Money } from './money.ts';

/**
 * What a ledger of suppliers holds that payments depend on.
 *
 * Read anew for each document that pays invoices: what was open a minute ago may be paid.
 */
export type PurchaseLedger = {
  readonly invoices: readonly OpenInvoice[];
  /** Accounts that invoices can be paid from, with what the ledger calls paying from each. */
  readonly paysFrom: Readonly<Record<string, string>>;
  /** Whether the references of all invoices are known, not only of those that were asked for. */
  readonly isWhole: boolean;
};

/** An invoice that is booked and not paid in full. */
export type OpenInvoice = {
  /** The ledger's own id. */
  readonly id: string;
  /** The supplier's number of it. */
  readonly number: string;
  /** What its payment may state: OCR number, KID or what else is known. */
  readonly references: readonly string[];
  readonly supplier: string;
  readonly date: LocalDate | null;
  /** What is still to be paid; negative for a credit note. */
  readonly balance: Money;
};

/** The payment of an invoice, or of a part of it. */
export type InvoicePayment = {
  /** The ledger's own id of the invoice. */
  readonly invoice: string;
  /** The supplier's number of it. */
  readonly number: string;
  /** What the ledger calls paying from the account, see `PurchaseLedger.paysFrom`. */
  readonly mode: string;
  /** Positive when we pay; negative when a credit note is settled. */
  readonly amount: Money;
};
