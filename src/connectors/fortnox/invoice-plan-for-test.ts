import { day } from '../../domain/date.ts';
import type { Party } from '../../domain/document/party.ts';
import { money, negate } from '../../domain/money.ts';
import type { Step } from '../../domain/plan.ts';
import type { Remote } from '../../ports/target.ts';
import type { Voucher, VoucherRow } from '../../domain/posting/voucher.ts';

type SupplierStep = Extract<Step, { readonly kind: 'book-supplier-invoice' }>;
type CustomerStep = Extract<Step, { readonly kind: 'book-customer-invoice' }>;

/** Account, minor units with debit positive, text, role, and what stands on the row besides. */
type Row = readonly [string, bigint, string, string, Partial<VoucherRow>?];

export const WHOLESALER: Party = {
  name: 'Grossisten "Norr" AB',
  orgNumber: '5560360793',
  vatNumber: 'SE556036079301',
  endpoint: '0007:5560360793',
  address: { street: 'Lagervägen 1', postcode: '17068', city: 'Solna', country: 'SE' },
  email: 'faktura@grossisten.example',
};

const CANTEEN: Party & { readonly number: string } = {
  number: 'K100',
  name: 'Skolköket i Byn',
  orgNumber: null,
  vatNumber: null,
  endpoint: null,
  address: { street: '', postcode: '12345', city: 'Byn', country: 'SE' },
  email: 'koket@byn.example',
};

function voucherOf(date: string, text: string, rows: readonly Row[]): Voucher {
  return {
    date: day(date),
    text,
    currency: 'SEK',
    origin: { system: 'peppol', account: '1234', id: text },
    rows: rows.map(([account, minor, words, role, more = {}]) => {
      return { account, amount: money(minor, 'SEK'), text: words, why: 'a test', role, ...more };
    }),
  };
}

/** 10 000.07 net on two cost centres, 2 500.02 VAT: 12 500.09 to pay. */
export const SUPPLIER_INVOICE_STEP: SupplierStep = {
  kind: 'book-supplier-invoice',
  id: 'invoice-1',
  supplier: WHOLESALER,
  payable: {
    number: 'F-2026/117',
    date: day('2026-05-02'),
    dueDate: day('2026-06-01'),
    paymentReference: '1234566',
    account: '2440',
    total: money(12_500_09n, 'SEK'),
    vat: money(2_500_02n, 'SEK'),
  },
  voucher: voucherOf('2026-05-02', 'Grossisten F-2026/117', [
    ['4000', 8_000_05n, 'Varor', 'purchases', { costCentre: '21', project: 'P7' }],
    ['4000', 2_000_02n, 'Frakt', 'purchases'],
    ['2641', 2_500_02n, 'Moms', 'vat.input'],
    ['2440', -12_500_09n, 'Att betala', 'suppliers'],
  ]),
};

/** 100.00 net and 25.00 VAT back from the wholesaler. */
export const SUPPLIER_CREDIT_STEP: SupplierStep = {
  ...SUPPLIER_INVOICE_STEP,
  payable: {
    ...SUPPLIER_INVOICE_STEP.payable,
    number: 'K-2026/3',
    total: money(-125_00n, 'SEK'),
    vat: money(-25_00n, 'SEK'),
  },
  voucher: voucherOf('2026-05-02', 'Grossisten K-2026/3', [
    ['4000', -100_00n, 'Retur', 'purchases'],
    ['2641', -25_00n, 'Moms', 'vat.input'],
    ['2440', 125_00n, 'Att få', 'suppliers'],
  ]),
};

/**
 * Worked example SE-37b: what was sold on credit, 3 164.00 in all, goes from 1518 to 1510. VAT was
 * booked with the day report. Here by three receipts: 2 000.00 + 1 200.00 − 36.00 taken back.
 */
export const CUSTOMER_INVOICE_STEP: CustomerStep = {
  kind: 'book-customer-invoice',
  id: 'invoice-1',
  customer: CANTEEN,
  receivable: {
    number: 'bb-K100-2026-05',
    date: day('2026-05-31'),
    dueDate: day('2026-06-30'),
    paymentReference: 'Köket, maj',
    account: '1510',
    total: money(3_164_00n, 'SEK'),
    vat: money(0n, 'SEK'),
  },
  voucher: voucherOf('2026-05-31', 'Samlingsfaktura K100', [
    ['1510', 3_164_00n, 'Samlingsfaktura K100', 'customers'],
    ['1518', -2_000_00n, 'Kvitto 17', 'tender.credit', { costCentre: '21' }],
    ['1518', -1_200_00n, 'Kvitto 18', 'tender.credit', { costCentre: '21' }],
    ['1518', 36_00n, 'Kvitto 19, retur', 'tender.credit', { costCentre: '21' }],
  ]),
};

/** The received file, attached to the invoice. */
export const ATTACH_STEP: Step = {
  kind: 'attach-file',
  id: 'file-1',
  to: 'invoice-1',
  fileName: 'faktura',
};

/** Credits an invoice that was booked, two weeks later. */
export function creditStep(
  step: SupplierStep | CustomerStep,
  booked: ReadonlyMap<string, Remote>,
): Step {
  const isOurs = step.kind === 'book-customer-invoice';
  const { total, number } = isOurs ? step.receivable : step.payable;
  return {
    kind: 'credit-invoice',
    id: 'credit-1',
    ledger: isOurs ? 'customers' : 'suppliers',
    booked: { step: step.id, results: Object.fromEntries(booked) },
    total: negate(total),
    number,
    voucher: {
      ...step.voucher,
      date: day('2026-06-14'),
      text: 'Rättelse av B 1: återföring',
      rows: step.voucher.rows.map((row) => ({ ...row, amount: negate(row.amount) })),
    },
  };
}

/** A customer as a till's file gives it. */
export const KEEP_STEP: Step = {
  kind: 'keep-customer',
  id: 'customer-1',
  customer: { ...CANTEEN, number: 'K200', gln: '7350000000016', terms: '30' },
  owned: ['name', 'address', 'email'],
  sent: null,
};
