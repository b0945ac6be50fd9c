import { day } from '../../domain/date.ts';
import type { Party } from '../../domain/document/party.ts';
import { money, negate } from '../../domain/money.ts';
import type { Step } from '../../domain/plan.ts';
import type { Voucher, VoucherRow } from '../../domain/posting/voucher.ts';
import type { Remote } from '../../ports/target.ts';

type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;
type SupplierStep = StepOf<'book-supplier-invoice'>;
type CustomerStep = StepOf<'book-customer-invoice'>;

/** Account, minor units with debit positive, text, role, and what stands on the row besides. */
type Row = readonly [string, bigint, string, string, Partial<VoucherRow>?];

const WHOLESALER: Party = {
  name: 'Grossisten "Nord" AS',
  orgNumber: '912345678',
  vatNumber: 'NO912345678MVA',
  endpoint: '0192:912345678',
  address: { street: 'Lagerveien 1', postcode: '0155', city: 'Oslo', country: 'NO' },
  email: 'faktura@grossisten.example',
};

const CANTEEN: Party & { readonly number: string } = {
  number: '4711',
  name: 'Skolekantinen',
  orgNumber: null,
  vatNumber: null,
  endpoint: null,
  address: { street: '', postcode: '5003', city: 'Bergen', country: 'NO' },
  email: 'kantinen@skolen.example',
};

function voucherOf(date: string, text: string, rows: readonly Row[]): Voucher {
  return {
    date: day(date),
    text,
    currency: 'NOK',
    origin: { system: 'peppol', account: '1234', id: text },
    rows: rows.map(([account, minor, words, role, more = {}]) => {
      return { account, amount: money(minor, 'NOK'), text: words, why: 'a test', role, ...more };
    }),
  };
}

/** 400.00 at 25 % with VAT 100.00, 200.00 of food at 15 % with VAT 30.00: 730.00 to pay. */
export const SUPPLIER_INVOICE_STEP: SupplierStep = {
  kind: 'book-supplier-invoice',
  id: 'invoice-1',
  supplier: WHOLESALER,
  payable: {
    number: 'F-2026/117',
    date: day('2026-05-02'),
    dueDate: day('2026-06-01'),
    paymentReference: '1234566',
    account: '2400',
    total: money(730_00n, 'NOK'),
    vat: money(130_00n, 'NOK'),
  },
  voucher: voucherOf('2026-05-02', 'Grossisten F-2026/117', [
    ['4300', 400_00n, 'Varer', 'purchases', { costCentre: '1' }],
    ['4330', 200_00n, 'Matvarer', 'purchases'],
    ['2710', 100_00n, 'Moms', 'vat.input'],
    ['2711', 30_00n, 'Moms', 'vat.input/15'],
    ['2400', -730_00n, 'Å betale', 'suppliers'],
  ]),
};

/** What was sold on account, 3 164.00 in all. VAT was booked with the day report. */
export const CUSTOMER_INVOICE_STEP: CustomerStep = {
  kind: 'book-customer-invoice',
  id: 'invoice-1',
  customer: CANTEEN,
  receivable: {
    number: 'bb-4711-2026-05',
    date: day('2026-05-31'),
    dueDate: day('2026-06-30'),
    paymentReference: null,
    account: '1500',
    total: money(3_164_00n, 'NOK'),
    vat: money(0n, 'NOK'),
  },
  voucher: voucherOf('2026-05-31', 'Samlefaktura 4711', [
    ['1500', 3_164_00n, 'Samlefaktura 4711', 'customers'],
    ['1579', -3_200_00n, 'Kvittering 17', 'tender.credit'],
    ['1579', 36_00n, 'Kvittering 19, retur', 'tender.credit'],
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
      text: 'Retting av 1-2026: tilbakeføring',
      rows: step.voucher.rows.map((row) => ({ ...row, amount: negate(row.amount) })),
    },
  };
}

/** A customer as a till's file gives it. */
export const KEEP_STEP: StepOf<'keep-customer'> = {
  kind: 'keep-customer',
  id: 'customer-1',
  customer: { ...CANTEEN, number: '4712', gln: '7080000000016', terms: '30' },
  owned: ['name', 'address', 'email'],
  sent: null,
};
