import { day } from '../../../domain/date.ts';
import type { InvoiceEntry, InvoiceEntryRow } from '../../../domain/invoice-entry.ts';
import { money } from '../../../domain/money.ts';
import type { Step } from '../../../domain/plan.ts';
import type { Voucher } from '../../../domain/posting/voucher.ts';
import { voucherOf } from '../sales/invoice-plan-for-test.ts';

type EnterStep = Extract<Step, { readonly kind: 'enter-invoice' }>;

/** 5 000 stickers at 0.185, and eight hours of printing at 300.00, both of the offset press. */
const ROWS: readonly InvoiceEntryRow[] = [
  rowOf('Klistremerker', ['5000', 'stk', '0.185'], { net: 925_00n, account: '3000' }),
  rowOf('Trykk', ['8', 't', '300'], { net: 2_400_00n, account: '3020' }),
];

export function rowOf(
  text: string,
  [quantity, unit, unitPrice]: readonly [string, string, string],
  of: { readonly net: bigint; readonly account: string; readonly rate?: number },
): InvoiceEntryRow {
  const { net, account, rate = 2500 } = of;
  const costCentre = 'OFFSET';
  return { text, quantity, unit, unitPrice, net: money(net, 'NOK'), rate, account, costCentre };
}

const INVOICE: InvoiceEntry = {
  reference: 'summa/summa/summa:order:24117:invoice:1',
  number: '24117',
  date: day('2026-05-20'),
  dueDate: day('2026-06-09'),
  terms: '20',
  customer: { number: '1203' },
  ourReference: 'Kari Moe',
  yourReference: 'Innkjøp',
  orderNumber: 'PO-7781',
  project: { number: 'P26-17', name: 'Vårkatalog', startsOn: null },
  rows: ROWS,
  // 3 325.00 and a quarter of it.
  total: money(4_156_25n, 'NOK'),
  vat: money(831_25n, 'NOK'),
  credits: null,
};

const OF = { costCentre: 'OFFSET', project: 'P26-17' } as const;

const BOOKED: Voucher = voucherOf('2026-05-20', 'Faktura 24117', [
  ['1500', 4_156_25n, 'customers'],
  ['3000', -925_00n, 'account/3000', OF],
  ['3020', -2_400_00n, 'account/3020', OF],
  ['2700', -831_25n, 'vat.25'],
]);

const CARD: Step = {
  kind: 'keep-customer',
  id: 'customer-1',
  customer: {
    ...{ number: '1203', name: 'Fjord Forlag AS', orgNumber: '912345678', vatNumber: null },
    ...{ endpoint: null, address: null, email: 'faktura@fjord.example', gln: null, terms: null },
  },
  owned: ['name'],
  sent: null,
  isBeside: true,
};

/** A coded invoice as it is entered, with changes. */
export function enterStep(
  change: Partial<InvoiceEntry> = {},
  how: Partial<EnterStep> = {},
): EnterStep {
  const invoice = { ...INVOICE, ...change };
  const step = { kind: 'enter-invoice', id: 'invoice-1', invoice } as const;
  return { ...step, change: null, voucher: BOOKED, send: null, ...how };
}

/** All that a coded invoice may take: its customer, department, project, itself, and a file. */
export function entrySteps(step: EnterStep = enterStep()): readonly Step[] {
  const project = { number: 'P26-17', name: 'Vårkatalog', startsOn: null };
  return [
    CARD,
    { kind: 'keep-cost-centre', id: 'cost-centre-1', code: 'OFFSET', name: 'Offset' },
    { kind: 'keep-project', id: 'project-1', project, follows: true },
    step,
    { kind: 'attach-file', id: 'file-1', to: 'invoice-1', fileName: 'faktura', attachment: 0 },
  ];
}

/** Takes back some of its rows, by our name of it. */
function creditSteps(rows: readonly InvoiceEntryRow[], voucher: Voucher): readonly Step[] {
  const zero = money(0n, 'NOK');
  const net = rows.reduce((all, row) => all + row.net.minor, 0n);
  const change: Partial<InvoiceEntry> = {
    reference: 'summa/summa/summa:order:24117:credit:1',
    date: voucher.date,
    rows,
    total: { ...zero, minor: (net * 5n) / 4n },
    vat: { ...zero, minor: net / 4n },
    credits: { reference: INVOICE.reference, number: null },
  };
  return [{ ...enterStep(change, { voucher }) }];
}

/** The whole of it, back. */
export const WHOLE_BACK: readonly Step[] = creditSteps(
  [
    rowOf('Klistremerker', ['-5000', 'stk', '0.185'], { net: -925_00n, account: '3000' }),
    rowOf('Trykk', ['-8', 't', '300'], { net: -2_400_00n, account: '3020' }),
  ],
  voucherOf('2026-05-30', 'Kreditnota 24117', [
    ['1500', -4_156_25n, 'customers'],
    ['3000', 925_00n, 'account/3000', OF],
    ['3020', 2_400_00n, 'account/3020', OF],
    ['2700', 831_25n, 'vat.25'],
  ]),
);

/** Two of the eight hours, back. */
export const PART_BACK: readonly Step[] = creditSteps(
  [rowOf('Trykk', ['-2', 't', '300'], { net: -600_00n, account: '3020' })],
  voucherOf('2026-05-30', 'Kreditnota 24117', [
    ['1500', -750_00n, 'customers'],
    ['3020', 600_00n, 'account/3020', OF],
    ['2700', 150_00n, 'vat.25'],
  ]),
);
