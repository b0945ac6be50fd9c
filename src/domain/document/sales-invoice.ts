import type { LocalDate } from '../date.ts';
import { sum, type Currency, type Money } from '../money.ts';
import { vatOnNet, type BasisPoints } from '../vat/rates.ts';
import type { Party } from './party.ts';
import type { SourceRef } from './source-ref.ts';

/**
 * An invoice to a customer that another system has made and coded: every line names its account,
 * or the VAT code that tells it.
 * The ledger gives it its number. Amounts of a credit note are positive: its `type` says that they
 * go back.
 *
 * Invariant, kept by whoever reads it: `gross` = `net` + `vat` + `rounding`.
 */
export type SalesInvoice = {
  readonly kind: 'sales-invoice';
  readonly ref: SourceRef;
  /** The job or order that it is of, as the customer knows it. */
  readonly number: string;
  readonly type: 'invoice' | 'part-payment' | 'credit-note';
  /** The invoice that a credit note takes back; null when it is of none in particular. */
  readonly credits: { readonly ref: SourceRef; readonly number: string | null } | null;
  readonly date: LocalDate;
  readonly dueDate: LocalDate | null;
  /** Days until it is due, or the ledger's own code; null: as the customer's card has it. */
  readonly terms: string | null;
  readonly currency: Currency;
  readonly customer: Party & { readonly number: string };
  readonly ourReference: string;
  readonly yourReference: string;
  /** The customer's own order number. */
  readonly orderNumber: string;
  readonly project: InvoiceProject | null;
  readonly lines: readonly SalesInvoiceLine[];
  readonly net: Money;
  readonly vat: Money;
  readonly rounding: Money;
  /** VAT included. */
  readonly gross: Money;
};

/** A project that is made or kept up with the invoice. Empty where nothing is said. */
export type InvoiceProject = {
  readonly number: string;
  readonly name: string;
  readonly startsOn: LocalDate | null;
};

/** A coded line. What a part payment is taken off by has a negative quantity and net. */
export type SalesInvoiceLine = {
  readonly id: string;
  readonly text: string;
  /** Decimal text: `1`, `-1`, `0.5`. */
  readonly quantity: string;
  readonly unit: string;
  /** Decimal text, of as many decimals as the source has: `0.185`. Without VAT. */
  readonly unitPrice: string;
  /** What the line comes to, without VAT. */
  readonly net: Money;
  readonly rate: BasisPoints;
  /** null: the account of what its VAT code says. */
  readonly account: string | null;
  /** A Norwegian standard tax code (SAF-T): `52`. Absent: account and rate tell it. */
  readonly vatCode?: string;
  readonly costCentre: { readonly code: string; readonly name: string } | null;
};

/** What an invoice comes to at one rate. The VAT is of the sum, as invoices state it. */
export function ratesOf(
  invoice: SalesInvoice,
): readonly { readonly rate: BasisPoints; readonly net: Money; readonly vat: Money }[] {
  const byRate = Map.groupBy(invoice.lines, ({ rate }) => rate);
  return [...byRate].map(([rate, lines]) => {
    const net = sum(
      lines.map((line) => line.net),
      invoice.currency,
    );
    return { rate, net, vat: vatOnNet(net, rate) };
  });
}
