import { day } from '../../../domain/date.ts';
import { money, negate } from '../../../domain/money.ts';
import type { Step } from '../../../domain/plan.ts';
import type { Voucher, VoucherRow } from '../../../domain/posting/voucher.ts';
import type { Remote } from '../../../ports/target.ts';
import { orderStep } from './orders-for-test.ts';

/** Account, minor units with debit positive, role, and what stands on the row besides. */
type Row = readonly [string, bigint, string, Partial<VoucherRow>?];

export function voucherOf(date: string, text: string, rows: readonly Row[]): Voucher {
  return {
    date: day(date),
    text,
    currency: 'NOK',
    origin: { system: 'woocommerce', account: 'shop', id: '1001' },
    rows: rows.map(([account, minor, role, more = {}]) => {
      return { account, amount: money(minor, 'NOK'), text, why: 'a test', role, ...more };
    }),
  };
}

/** The kitchen's 24 400.00 with VAT 4 880.00, as an invoice is booked. */
export const INVOICED = voucherOf('2026-05-20', 'Ordre K24017', [
  ['1500', 24_400_00n, 'customers'],
  ['3000', -19_520_00n, 'sales.25', { project: '24017' }],
  ['2700', -4_880_00n, 'vat.25'],
]);

/** 10 000.00 of it, paid to the bank. */
const PAID = voucherOf('2026-05-22', 'Betaling K24017', [
  ['1920', 10_000_00n, 'payment'],
  ['1500', -10_000_00n, 'customers'],
]);

const { sale } = orderStep();

/** Invoiced, booked, and paid in two equal parts. */
export const PAID_STEPS: readonly Step[] = [
  { kind: 'invoice-sale', id: 'invoice-1', sale, from: null, voucher: INVOICED },
  paying('payment-1'),
  paying('payment-2'),
];

function paying(id: string): Step {
  const payment = { date: PAID.date, amount: money(10_000_00n, 'NOK'), account: '1920' };
  return { kind: 'pay-sale', id, invoice: { step: 'invoice-1' }, payment, voucher: PAID };
}

/** Entered as an order, and invoiced from that. */
export const ORDERED_STEPS: readonly Step[] = [
  orderStep(),
  {
    ...{ kind: 'invoice-sale', id: 'invoice-1', sale, voucher: INVOICED },
    from: { order: { step: 'order-1' } },
  },
];

/** Entered, and left for a person. */
export const DRAFT_STEPS: readonly Step[] = [
  { kind: 'invoice-sale', id: 'invoice-1', sale, from: null, voucher: null },
];

/** Takes back the whole of what `PAID_STEPS` has made. */
export function creditStep(booked: ReadonlyMap<string, Remote>): Step {
  const voucher = { ...INVOICED, date: day('2026-05-30') };
  const rows = voucher.rows.map((row) => ({ ...row, amount: negate(row.amount) }));
  return {
    ...{ kind: 'credit-invoice', id: 'credit-1', ledger: 'customers', number: 'K24017' },
    booked: { step: 'invoice-1', results: Object.fromEntries(booked) },
    total: money(-24_400_00n, 'NOK'),
    voucher: { ...voucher, rows },
  };
}
