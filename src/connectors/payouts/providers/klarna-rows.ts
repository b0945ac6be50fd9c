import type { PayoutEntry, PayoutEntryKind } from '../../../domain/document/payout.ts';
import type { LocalDate } from '../../../domain/date.ts';
import { money, negate, type Money } from '../../../domain/money.ts';

/** What Klarna says of one transaction, out of CSV or JSON. */
export type KlarnaTransaction = {
  readonly type: string;
  readonly detailed: string;
  /** As it changes what is paid out: a fee is negative. */
  readonly amount: Money;
  /** Of a fee, positive; null when the row tells none. */
  readonly vat: Money | null;
  readonly date: LocalDate;
  /** The shop's own number. */
  readonly order: string;
  readonly references: readonly string[];
  readonly id: string | null;
};

/** Of the payout that transactions are in. */
export type KlarnaTerms = {
  /** Rows of their own tell the VAT of fees: it is not counted again from the fees. */
  readonly hasTaxRows: boolean;
  /** Fees are invoiced, and not taken off what is paid out. */
  readonly isGross: boolean;
};

const KINDS: Readonly<Record<string, PayoutEntryKind>> = {
  SALE: 'sale',
  RETURN: 'refund',
  REVERSAL: 'chargeback',
  REVERSAL_MERCHANT_PROTECTION: 'chargeback',
  FEE: 'fee',
  FEE_REFUND: 'fee',
  FEE_CORRECTION: 'fee',
  COMMISSION: 'fee',
  TAX: 'fee',
  TAX_REFUND: 'fee',
  HOLDBACK: 'reserve',
  RELEASE: 'reserve',
};

/** Whether a transaction is the VAT of fees. */
export function isTax(type: string): boolean {
  return type === 'TAX' || type === 'TAX_REFUND';
}

/** @returns null for a fee that is invoiced */
export function klarnaEntry(
  transaction: KlarnaTransaction,
  { hasTaxRows, isGross }: KlarnaTerms,
): PayoutEntry | null {
  const { type, amount, vat, date, order, references, id } = transaction;
  const kind = KINDS[type] ?? 'adjustment';
  if (kind === 'fee' && isGross) return null;
  const nothing = money(0n, amount.currency);
  const about = { id, kind, date, order: order || null, references, original: null };
  if (isTax(type)) return { ...about, gross: nothing, fee: nothing, feeVat: negate(amount) };
  if (kind !== 'fee') return { ...about, gross: amount, fee: nothing, feeVat: null };
  // VAT that stands in rows of its own is told once: the fee has none that is not told.
  const feeVat = hasTaxRows ? nothing : vat;
  return { ...about, gross: nothing, fee: negate(amount), feeVat };
}
