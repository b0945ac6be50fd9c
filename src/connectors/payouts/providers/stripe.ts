import type { PayoutEntry, PayoutEntryKind } from '../../../domain/document/payout.ts';
import { day, type LocalDate } from '../../../domain/date.ts';
import { money, negate, parseCurrency, subtract, type Currency } from '../../../domain/money.ts';
import type { RowRead, RowSays, TableProvider } from '../table/provider.ts';
import type { Row } from '../table/row.ts';

/** Reporting categories, and types of older exports. Everything else a person says. */
const KINDS: Readonly<Record<string, PayoutEntryKind | 'transfer' | 'fee'>> = {
  charge: 'sale',
  payment: 'sale',
  refund: 'refund',
  payment_refund: 'refund',
  refund_failure: 'refund',
  payment_failure_refund: 'refund',
  partial_capture_reversal: 'sale',
  dispute: 'chargeback',
  dispute_reversal: 'chargeback',
  fee: 'fee',
  stripe_fee: 'fee',
  network_cost: 'fee',
  payout: 'transfer',
  payout_reversal: 'transfer',
  payout_cancel: 'transfer',
  payout_failure: 'transfer',
  reserve_transaction: 'reserve',
  reserved_funds: 'reserve',
  risk_reserved_funds: 'reserve',
  currency_conversion: 'conversion',
};

/**
 * Stripe's payout reconciliation and its list of balance transactions. `reporting_category` says
 * what a row is; `Type` only where it is missing.
 *
 * Rows of no payout come again when they have one, so they are left. Where payouts are made by hand
 * Stripe cannot say which rows they are of: such a file is an account, day by day.
 */
export const stripe: TableProvider = {
  provider: 'stripe',
  columns: {
    id: ['balancetransactionid', 'id'],
    payout: ['automaticpayoutid', 'payoutid', 'transfer'],
    paidOn: ['automaticpayouteffectiveat', 'automaticpayouteffectiveatutc', 'transferdateutc'],
    created: ['createdutc', 'created'],
    available: ['availableonutc', 'availableon'],
    currency: ['currency'],
    gross: ['gross', 'amount'],
    fee: ['fee', 'fees'],
    net: ['net'],
    category: ['reportingcategory', 'type'],
    source: ['sourceid', 'source'],
    charge: ['chargeid'],
    intent: ['paymentintentid'],
    refund: ['refundid'],
    order: ['paymentmetadataorderid', 'orderidmetadata', 'metadataorderid', 'ordernumbermetadata'],
    paidIn: ['customerfacingcurrency'],
    paidAmount: ['customerfacingamount'],
  },
  required: ['id', 'payout', 'currency', 'gross', 'fee', 'net', 'category', 'created'],
  amounts: ['gross', 'fee', 'net', 'paidAmount'],
  days: ['created', 'available', 'paidOn'],
  begin: (rows) => {
    const isByHand = rows.every((row) => row.text('payout') === '') && rows.some(isTransfer);
    return (row) => readRow(row, isByHand);
  },
};

function kindOf(row: Row) {
  return KINDS[row.text('category').toLowerCase().replaceAll(' ', '_')] ?? 'adjustment';
}

function isTransfer(row: Row): boolean {
  return kindOf(row) === 'transfer';
}

function readRow(row: Row, isByHand: boolean): RowRead {
  const currency = row.currency('currency');
  const created = row.day('created');
  if (created === null) row.wanted('created');
  const payout = row.text('payout');
  const date = isByHand ? created : row.firstDay('paidOn', 'available', 'created');
  const byHand = `${created ?? ''} ${currency ?? ''}`;
  return {
    account: '',
    batch: isByHand ? byHand : payout || null,
    closing: isByHand ? 'running' : 'paid',
    currency,
    date,
    says: currency === null ? { kind: 'none' } : saysOf(row, currency, created ?? NO_DAY),
    balance: null,
  };
}

/** Stands for the day of a row that is not read because it has none. */
const NO_DAY: LocalDate = day('1970-01-01');

function saysOf(row: Row, currency: Currency, date: LocalDate): RowSays {
  const gross = row.amount('gross', currency);
  const fee = row.amount('fee', currency);
  row.same('net = gross − fee', row.amount('net', currency), subtract(gross, fee));
  const kind = kindOf(row);
  const id = row.wanted('id');
  if (kind === 'transfer') {
    return { kind, transfer: { reference: row.text('source') || id, amount: negate(gross) } };
  }
  const nothing = money(0n, currency);
  const amounts = kind === 'fee' ? { gross: nothing, fee: subtract(fee, gross) } : { gross, fee };
  const entry: PayoutEntry = {
    ...{ id, kind, date, ...amounts, feeVat: null },
    order: row.text('order') || null,
    references: row.texts('charge', 'intent', 'source', 'refund'),
    original: originalOf(row, currency),
  };
  return { kind: 'entry', entry };
}

/** What the customer paid, where Stripe has exchanged it. Its fee is told in our currency only. */
function originalOf(row: Row, settled: Currency): PayoutEntry['original'] {
  const currency = parseCurrency(row.text('paidIn').toUpperCase());
  if (currency === null || currency === settled) return null;
  return { gross: row.amount('paidAmount', currency), fee: null };
}
