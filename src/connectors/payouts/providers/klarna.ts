import type { PayoutEntry } from '../../../domain/document/payout.ts';
import { day } from '../../../domain/date.ts';
import { absolute, money, negate, type Currency, type Money } from '../../../domain/money.ts';
import type { PayoutSettings } from '../settings.ts';
import type { RowRead, RowSays, TableProvider } from '../table/provider.ts';
import type { Row } from '../table/row.ts';
import { isTax, klarnaEntry, type KlarnaTerms } from './klarna-rows.ts';

/**
 * Klarna's settlement as CSV, with the names of its interface. Which heads the file itself has is
 * not known for certain: others are named in the settings.
 */
export const klarna: TableProvider = {
  provider: 'klarna',
  columns: {
    type: ['type', 'transactiontype'],
    detailed: ['detailedtype'],
    payout: ['paymentreference'],
    paidOn: ['payoutdate'],
    currency: ['currencycode', 'settlementcurrency', 'currency'],
    amount: ['amount'],
    vat: ['vatamount'],
    sold: ['saledate'],
    captured: ['capturedate'],
    order: ['merchantreference1'],
    other: ['merchantreference2'],
    orderId: ['orderid'],
    shortId: ['shortorderid'],
    capture: ['captureid'],
    refund: ['refundid'],
    mode: ['merchantsettlementtype'],
  },
  required: ['type', 'payout', 'amount', 'orderId'],
  amounts: ['amount', 'vat'],
  days: ['paidOn', 'sold', 'captured'],
  begin: (rows, settings) => {
    const isMinor = isMinorIn(rows, settings.klarnaAmounts);
    if (isMinor === null) return 'klarnaAmounts';
    const taxed = new Set(rows.filter((row) => isTax(typeOf(row))).map((r) => r.text('payout')));
    return (row) => readRow(row, { isMinor, hasTaxRows: taxed.has(row.text('payout')), settings });
  },
};

/** null: nothing in the file tells. */
function isMinorIn(rows: readonly Row[], said: PayoutSettings['klarnaAmounts']): boolean | null {
  if (said !== 'auto') return said === 'minor';
  const isDecimal = rows.some((row) => /[.,]\d{1,2}$/.test(row.text('amount')));
  return isDecimal ? false : null;
}

type Reading = {
  readonly isMinor: boolean;
  readonly hasTaxRows: boolean;
  readonly settings: PayoutSettings;
};

function typeOf(row: Row): string {
  return row.text('type').toUpperCase();
}

function readRow(row: Row, reading: Reading): RowRead {
  const currency = row.currency('currency', reading.settings.currency);
  const date = row.firstDay('paidOn', 'captured', 'sold');
  const batch = row.wanted('payout');
  const says: RowSays =
    currency === null ? { kind: 'none' } : saysOf(row, { ...reading, currency, batch });
  return { account: '', batch, closing: 'paid', currency, date, says, balance: null };
}

function saysOf(
  row: Row,
  of: Reading & { readonly currency: Currency; readonly batch: string },
): RowSays {
  const amount = amountOf(row, 'amount', of);
  const type = typeOf(row);
  const isGross = row.text('mode').toUpperCase() === 'GROSS';
  const terms: KlarnaTerms = { hasTaxRows: of.hasTaxRows, isGross };
  const vat = row.text('vat') === '' ? null : vatOf(amount, amountOf(row, 'vat', of));
  const date = row.firstDay('captured', 'sold', 'paidOn');
  if (date === null) row.wanted('sold');
  const references = row.texts('orderId', 'shortId', 'capture', 'refund', 'other');
  const detailed = row.text('detailed');
  const about = { type, detailed, amount, vat, date: date ?? NO_DAY, references, id: null };
  const entry: PayoutEntry | null = klarnaEntry({ ...about, order: row.text('order') }, terms);
  return entry === null ? { kind: 'none' } : { kind: 'entry', entry };
}

/** The VAT of a fee is told without its sign. */
function vatOf(amount: Money, vat: Money): Money {
  return amount.minor > 0n ? negate(absolute(vat)) : absolute(vat);
}

const NO_DAY = day('1970-01-01');

function amountOf(
  row: Row,
  field: string,
  { isMinor, currency }: { readonly isMinor: boolean; readonly currency: Currency },
): Money {
  const text = row.text(field);
  if (!isMinor || !/^-?\d{1,15}$/.test(text)) return row.amount(field, currency);
  return money(BigInt(text), currency);
}
