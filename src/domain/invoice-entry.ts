import type { LocalDate } from './date.ts';
import type { InvoiceProject } from './document/sales-invoice.ts';
import { absolute, money, type Money } from './money.ts';
import type { BasisPoints } from './vat/rates.ts';

/**
 * An invoice or credit note as a ledger's own register of sales is to have it: coded, its prices
 * without VAT. Of a credit note quantities, nets and totals are negative.
 */
export type InvoiceEntry = {
  /** The hub's own name of it: `summa/summa/summa:order:24117:invoice:1`. */
  readonly reference: string;
  /** The job or order that it is of, as the customer knows it. */
  readonly number: string;
  readonly date: LocalDate;
  readonly dueDate: LocalDate | null;
  /** Days until it is due, or the ledger's own code; null: as the customer's card has it. */
  readonly terms: string | null;
  readonly customer: { readonly number: string };
  readonly ourReference: string;
  readonly yourReference: string;
  /** The customer's own order number. */
  readonly orderNumber: string;
  readonly project: InvoiceProject | null;
  readonly rows: readonly InvoiceEntryRow[];
  /** What it comes to with VAT, before the ledger itself rounds it. */
  readonly total: Money;
  readonly vat: Money;
  /**
   * The invoice that it takes back, by our name of it and by the number that the source has got of
   * it; null when it takes back none in particular, or is no credit note.
   */
  readonly credits: { readonly reference: string; readonly number: string | null } | null;
};

/** A row of it. What is taken off has a negative quantity, whatever the source's sign stood on. */
export type InvoiceEntryRow = {
  readonly text: string;
  /** Decimal text: `5000`, `-1`, `0.5`. */
  readonly quantity: string;
  readonly unit: string;
  /** Decimal text of as many decimals as the source has, never negative: `0.185`. */
  readonly unitPrice: string;
  readonly net: Money;
  readonly rate: BasisPoints;
  readonly account: string;
  /** The standard tax code that its source names; absent: account and rate tell it. */
  readonly vatCode?: string;
  readonly costCentre: string | null;
};

/** A row as a ledger takes it: `quantity × price` is its net to the last minor unit. */
export type PricedRow = {
  readonly quantity: string;
  /** Of one piece, never negative. */
  readonly price: Money;
  /** Whether the source's own quantity and price are told in words instead. */
  readonly isLump: boolean;
};

/**
 * Quantity and price of a row for a ledger whose prices and quantities have no more decimals than
 * its money: the source's own, or one piece at the net where those have more, or do not come to it.
 */
export function pricedRow({ quantity, unitPrice, net }: InvoiceEntryRow): PricedRow {
  const [pieces, price] = [scaled(quantity), scaled(unitPrice)];
  const isExact =
    pieces !== null &&
    price !== null &&
    price >= 0n &&
    // Hundredths of pieces at minor units are hundredths of minor units.
    pieces * price === net.minor * SCALE;
  if (isExact) return { quantity, price: money(price, net.currency), isLump: false };
  return { quantity: net.minor < 0n ? '-1' : '1', price: absolute(net), isLump: true };
}

const SCALE = 100n;

/** Hundredths of decimal text. @returns null when it has more decimals */
function scaled(text: string): bigint | null {
  const match = /^(-?)(\d+)(?:\.(\d{1,2})0*)?$/.exec(text);
  if (match === null) return null;
  const hundredths = BigInt(`${match[2] ?? ''}${(match[3] ?? '').padEnd(2, '0')}`);
  return match[1] === '-' ? -hundredths : hundredths;
}
