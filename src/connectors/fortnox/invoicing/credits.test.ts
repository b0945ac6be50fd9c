import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../../../domain/date.ts';
import type { InvoiceEntry } from '../../../domain/invoice-entry.ts';
import { money } from '../../../domain/money.ts';
import type { Step } from '../../../domain/plan.ts';
import type { Voucher, VoucherRow } from '../../../domain/posting/voucher.ts';
import { present } from '../../../lib/assert.ts';
import type { Bench } from '../../../testing/target-contract/bench.ts';
import { Delivery, expectFound, routed } from '../../../testing/target-contract/delivery.ts';
import { withPlan } from '../invoice-bench-for-test.ts';

const REFERENCE = 'summa/summa/summa:order:24117:invoice:1';
const ON = day('2026-05-20');

const CUSTOMER: Step = {
  kind: 'keep-customer',
  id: 'customer-1',
  customer: {
    ...{ number: '1203', name: 'Förlaget Exempel AB', orgNumber: null, vatNumber: null },
    ...{ endpoint: null, address: null, email: null, gln: null, terms: null },
  },
  owned: ['name'],
  sent: null,
  isBeside: true,
};

/** So many hours of layout at 600.00, and 25 % on that: of the invoice, or back. */
function enterStep(hours: bigint, of: Partial<InvoiceEntry>): Step {
  const net = hours * 600_00n;
  const row = (account: string, minor: bigint, role: VoucherRow['role']): VoucherRow => {
    return { account, amount: money(minor, 'SEK'), role, text: '', why: 'a test' };
  };
  const voucher: Voucher = {
    ...{ date: ON, text: 'Faktura 24117', currency: 'SEK' },
    origin: { system: 'summa', account: 'summa', id: '24117' },
    rows: [
      row('1510', (net * 5n) / 4n, 'customers'),
      row('3001', -net, 'account/3001'),
      row('2611', -net / 4n, 'vat.25'),
    ],
  };
  const invoice: InvoiceEntry = {
    ...{ reference: REFERENCE, number: '24117', date: ON, dueDate: null, terms: null },
    ...{ customer: { number: '1203' }, ourReference: '', yourReference: '' },
    ...{ orderNumber: '', project: null },
    rows: [
      {
        ...{ text: 'Layout', quantity: String(hours), unit: 'tim', unitPrice: '600' },
        ...{ net: money(net, 'SEK'), rate: 2500, account: '3001' },
        costCentre: null,
      },
    ],
    total: money((net * 5n) / 4n, 'SEK'),
    vat: money(net / 4n, 'SEK'),
    credits: null,
    ...of,
  };
  return { kind: 'enter-invoice', id: 'invoice-1', invoice, change: null, voucher, send: null };
}

/** Two of the eight hours, back. */
const BACK = enterStep(-2n, {
  reference: 'summa/summa/summa:order:24117:credit:1',
  credits: { reference: REFERENCE, number: null },
});

/** An invoice of eight hours is booked, and a delivery that takes two back is about to go. */
function withCredit(body: (bench: Bench, credit: Delivery) => Promise<void>): Promise<void> {
  return withPlan([CUSTOMER, enterStep(8n, {})], async (bench, booked) => {
    await booked.make(0);
    const writes = await routed(bench, [BACK]);
    await body(bench, new Delivery({ bench, writes, key: 'doc-2' }));
  });
}

/** What stands on each account of each voucher, in öre. */
function booked(bench: Bench): readonly (readonly (readonly [string, bigint])[])[] {
  return bench.run
    .booked()
    .map(({ rows }) => rows.map((row) => [row.account, row.debit - row.credit] as const));
}

const TAKEN_BACK = [
  ['1510', -1_500_00n],
  ['3001', 1_200_00n],
  ['2611', 300_00n],
];

async function invoices(bench: Bench): Promise<readonly unknown[]> {
  const { settings, secrets } = bench.run;
  const { body } = await bench.http(settings).send({
    method: 'GET',
    url: `${String(settings['apiUrl'])}/3/invoices`,
    headers: { authorization: `Bearer ${secrets['accessToken'] ?? ''}` },
  });
  const said = JSON.parse(Buffer.from(body).toString('utf8')) as {
    Invoices: { Total: unknown; Booked: unknown }[];
  };
  return said.Invoices.map(({ Total, Booked }) => [Total, Booked]);
}

/** The invoice and its credit note, both booked, and no draft beside them. */
async function expectOnce(bench: Bench): Promise<void> {
  const rows = [...(booked(bench)[1] ?? [])];
  assert.deepEqual(
    rows.toSorted(([a], [b]) => (a < b ? -1 : 1)),
    TAKEN_BACK.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
  assert.equal(bench.run.booked().length, 2);
  assert.deepEqual(await invoices(bench), [
    [6_000, true],
    [-1_500, true],
  ]);
}

describe('a credit note that names its invoice', () => {
  test('takes back a part, by the draft that Fortnox makes of the invoice', () =>
    withCredit(async (bench, credit) => {
      await credit.make(0);
      await expectOnce(bench);
    }));

  test('is made once, whichever answer is lost', async () => {
    // The draft, its description, its voucher; before them the unit, which is there.
    for (const at of [1, 2, 3]) {
      await withCredit(async (bench, credit) => {
        const { call } = present(credit.writes[at], `write ${at}`);
        await credit.make(0, at);
        bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call });
        assert.equal((await credit.fail(at)).kind, 'unanswered', call);
        credit.keep(at, expectFound(await credit.find(at, bench.another())));
        await credit.make(at + 1);
        await expectOnce(bench);
      });
    }
  });

  // What a later try takes for somebody else's would stay as a draft, and the same be entered anew.
  test('is in doubt when the draft that was made cannot be read', () =>
    withCredit(async (bench, credit) => {
      const at = credit.writes.findIndex(({ call }) => call.endsWith('/credit'));
      await credit.make(0, at);
      bench.run.fail({ kind: 'busy' }, { kind: 'write', call: 'GET /3/invoices/2' });
      assert.equal((await credit.fail(at)).kind, 'unanswered');
      credit.keep(at, expectFound(await credit.find(at)));
      await credit.make(at + 1);
      await expectOnce(bench);
    }));
});
