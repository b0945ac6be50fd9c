import type { LocalDate } from '../date.ts';
import type { Currency, Money } from '../money.ts';
import type { BasisPoints } from '../vat/rates.ts';
import type { Party } from './party.ts';
import type { SourceRef } from './source-ref.ts';

/**
 * An invoice or credit note from a supplier.
 *
 * Every amount is positive when it makes us owe more: those of a credit note are negative, and so
 * are those of an invoice that takes back (a 380 with negative totals). VAT is as the document says
 * it, never recomputed. Invariants, checked by whoever reads it:
 *
 *     total.net = lines + charges
 *     total.vat = sum of vat[].vat
 *     total.gross = total.net + total.vat
 *     total.payable = total.gross − prepaid + rounding
 */
export type SupplierInvoice = {
  readonly kind: 'supplier-invoice';
  readonly ref: SourceRef;
  /** The supplier's own number of the invoice. */
  readonly number: string;
  readonly date: LocalDate;
  readonly dueDate: LocalDate | null;
  readonly currency: Currency;
  readonly supplier: Party;
  readonly buyer: Party;
  /** What the payment has to say: an OCR number or KID, as text; null when nothing is asked for. */
  readonly paymentReference: string | null;
  readonly payTo: readonly PayTo[];
  /** The buyer's own references, by which cost centre or store are found. */
  readonly buyerReference: string | null;
  readonly orderReference: string | null;
  readonly projectReference: string | null;
  /** The buyer's account, project or class, as agreed with the supplier. */
  readonly accountingCost: string | null;
  /** Which invoices it corrects. */
  readonly corrects: readonly string[];
  /** What it is for, when the source says so. */
  readonly class: InvoiceClass | null;
  readonly lines: readonly InvoiceLine[];
  /** Charges (positive) and allowances (negative) on the invoice as a whole. */
  readonly charges: readonly InvoiceCharge[];
  readonly vat: readonly InvoiceVat[];
  readonly prepaid: Money;
  readonly rounding: Money;
  readonly total: {
    readonly net: Money;
    readonly vat: Money;
    readonly gross: Money;
    /** What is to be paid, or got back when it is negative. */
    readonly payable: Money;
  };
};

/** What an invoice is for: varufaktura, omkostnadsfaktura, tjänstefaktura. */
export type InvoiceClass = 'goods' | 'overhead' | 'service';

/**
 * The VAT category of EN 16931 (UNCL 5305): `S` a rate, `Z` zero rated, `E` exempt, `AE` reverse
 * charge, `K` goods within the EU, `G` export, `O` outside the scope of VAT, `L` and `M` the
 * Canary Islands and Ceuta, `B` split payment.
 */
export type VatCategory = 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O' | 'L' | 'M' | 'B';

/** A rate within its category. Null where the category knows none (`O`). */
export type InvoiceRate = { readonly category: VatCategory; readonly rate: BasisPoints | null };

/** A line of an invoice, its own allowances and charges included in `net`. */
export type InvoiceLine = InvoiceRate & {
  readonly id: string;
  readonly text: string;
  readonly net: Money;
  /** As written, with its unit: `12 EA`. */
  readonly quantity: string;
  readonly accountingCost: string | null;
  /** The supplier's number of what was bought, and of its kind. */
  readonly itemNumber: string | null;
  readonly itemClass: string | null;
};

/** A charge (positive) or an allowance (negative) on an invoice as a whole. */
export type InvoiceCharge = InvoiceRate & { readonly text: string; readonly net: Money };

/** VAT of one category and rate, as the document adds it up. */
export type InvoiceVat = InvoiceRate & {
  readonly base: Money;
  readonly vat: Money;
  /** Why there is none, in the document's own words. */
  readonly exemption: string | null;
};

/** An account that may be paid to. */
export type PayTo = {
  readonly kind: 'bankgiro' | 'plusgiro' | 'iban' | 'account';
  readonly number: string;
};
