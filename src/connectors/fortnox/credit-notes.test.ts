import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../../domain/date.ts';
import { money } from '../../domain/money.ts';
import type { Step } from '../../domain/plan.ts';
import { present } from '../../lib/assert.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import {
  contextOf,
  Delivery,
  expectFound,
  routed,
} from '../../testing/target-contract/delivery.ts';
import { makeOne, withPlan } from './invoice-bench-for-test.ts';
import {
  creditStep,
  CUSTOMER_INVOICE_STEP,
  SUPPLIER_INVOICE_STEP,
} from './invoice-plan-for-test.ts';
import { isRecord, textOf, type WireObject } from '../../lib/json-object.ts';

type Invoice = typeof CUSTOMER_INVOICE_STEP | typeof SUPPLIER_INVOICE_STEP;

/** An invoice is booked, and a delivery that credits it is about to go. */
function withCredit(
  step: Invoice,
  body: (bench: Bench, credit: Delivery) => Promise<void>,
): Promise<void> {
  return withPlan([step], async (bench, booked) => {
    await booked.make(0);
    const writes = await routed(bench, [creditStep(step, booked.results)]);
    await body(bench, new Delivery({ bench, writes, key: 'doc-2' }));
  });
}

/** Asks Fortnox as a person would, in its own web pages. */
async function ask(bench: Bench, method: 'GET' | 'PUT', path: string): Promise<WireObject> {
  const { settings, secrets } = bench.run;
  const answer = await bench.http(settings).send({
    method,
    url: `${String(settings['apiUrl'])}${path}`,
    headers: { authorization: `Bearer ${secrets['accessToken'] ?? ''}` },
  });
  return JSON.parse(Buffer.from(answer.body).toString('utf8')) as WireObject;
}

async function read(bench: Bench, path: string, envelope: string): Promise<WireObject> {
  const object = (await ask(bench, 'GET', path))[envelope];
  assert.ok(isRecord(object), path);
  return object;
}

/** Account and minor units of every voucher, in order. */
function booked(bench: Bench): readonly (readonly (readonly [string, bigint])[])[] {
  return bench.run
    .booked()
    .map(({ rows }) => rows.map((row) => [row.account, row.debit - row.credit] as const));
}

describe('a credit note', () => {
  // Worked example SE-37b taken back: 3 164.00 from 1510 to 1518, by the same three receipts.
  test('takes a customer’s invoice back to the öre, and the two name each other', () =>
    withCredit(CUSTOMER_INVOICE_STEP, async (bench, credit) => {
      await credit.make(0);
      assert.deepEqual(booked(bench)[1], [
        ['1510', -3_164_00n],
        ['1518', 2_000_00n],
        ['1518', 1_200_00n],
        ['1518', -36_00n],
      ]);
      const [invoice, note] = await Promise.all(
        ['1', '2'].map((number) => read(bench, `/3/invoices/${number}`, 'Invoice')),
      );
      assert.deepEqual(
        [invoice?.['CreditInvoiceReference'], note?.['CreditInvoiceReference']],
        ['2', '1'],
      );
      assert.deepEqual(
        ['InvoiceDate', 'Comments', 'ExternalInvoiceReference1', 'Total', 'Credit'].map((field) =>
          textOf(note ?? {}, field),
        ),
        ['2026-06-14', 'Rättelse av B 1: återföring', 'doc-2-credit-1-in', '-3164', 'true'],
      );
      const labels = [...credit.results.values()].map(({ label }) => label);
      assert.deepEqual(labels, ['', '', 'B 2']);
    }));

  // 8 000.05 + 2 000.02 net and 2 500.02 VAT.
  test('takes a supplier’s invoice back, VAT too', () =>
    withCredit(SUPPLIER_INVOICE_STEP, async (bench, credit) => {
      await credit.make(0);
      const [, rows = []] = booked(bench);
      assert.deepEqual(
        [...rows].sort(([, a], [, b]) => Number(a - b)),
        [
          ['4000', -8_000_05n],
          ['2641', -2_500_02n],
          ['4000', -2_000_02n],
          ['2440', 12_500_09n],
        ],
      );
      const invoice = await read(bench, '/3/supplierinvoices/1', 'SupplierInvoice');
      assert.equal(textOf(invoice, 'CreditReference'), '2');
    }));

  for (const step of [CUSTOMER_INVOICE_STEP, SUPPLIER_INVOICE_STEP]) {
    const whose = step.kind === 'book-customer-invoice' ? 'customer' : 'supplier';
    for (const at of [0, 1, 2]) {
      test(`of a ${whose} is made once when the answer to call ${at} is lost`, () =>
        withCredit(step, async (bench, credit) => {
          await credit.make(0, at);
          assert.deepEqual(await credit.find(at), []);
          const { call } = present(credit.writes[at], `write ${at}`);
          bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call });
          assert.equal((await credit.fail(at)).kind, 'unanswered');
          credit.keep(at, expectFound(await credit.find(at, bench.another())));
          await credit.make(at + 1);
          assert.equal(bench.run.booked().length, 2);
        }));
    }

    test(`of a ${whose} is not made again for a hub that lost its database`, () =>
      withCredit(step, async (bench, credit) => {
        await credit.make(0);
        const again = new Delivery({ bench, writes: credit.writes, key: 'doc-2' });
        await again.make(0);
        assert.equal(bench.run.booked().length, 2);
        assert.deepEqual(again.results.get('credit-1'), credit.results.get('credit-1'));
      }));
  }

  test('leaves one that somebody has made and booked by hand to a person', () =>
    withCredit(CUSTOMER_INVOICE_STEP, async (bench, credit) => {
      const [make] = credit.writes;
      await bench.target.write(present(make, 'a write'), contextOf('by-hand'));
      await ask(bench, 'PUT', '/3/invoices/2/bookkeep');
      await credit.make(0, 1);
      assert.equal((await makeOne(bench, credit, 1)).kind, 'refused');
    }));

  test('is not made of an invoice whose number is not known', () =>
    withPlan([CUSTOMER_INVOICE_STEP], async (bench, delivery) => {
      const step = creditStep(CUSTOMER_INVOICE_STEP, delivery.results);
      const route = bench.target.route([step], await bench.target.readBooks(YEAR));
      const what = 'a credit note of an invoice whose number is not known';
      const refusals = [{ code: 'target-cannot', system: 'Fortnox', what }];
      assert.deepEqual(route, { kind: 'cannot', refusals });
    }));
});

const YEAR = { from: day('2026-01-01'), to: day('2026-12-31') };

describe('an invoice below zero', () => {
  // Goods for 36.00 more were taken back than bought.
  test('gives a customer back what was returned', () => {
    const { receivable, voucher } = CUSTOMER_INVOICE_STEP;
    const total = money(-36_00n, 'SEK');
    const rows = [
      { account: '1510', amount: total, text: 'Kreditköp', why: 'a test', role: 'customers' },
      {
        ...{ account: '1518', amount: money(36_00n, 'SEK'), text: 'Kvitto 19' },
        ...{ why: 'a test', role: 'tender.credit' },
      },
    ];
    const step: Step = {
      ...CUSTOMER_INVOICE_STEP,
      receivable: { ...receivable, total },
      voucher: { ...voucher, rows },
    };
    return withPlan([step], async (bench, delivery) => {
      await delivery.make(0);
      assert.deepEqual(booked(bench), [
        [
          ['1510', -36_00n],
          ['1518', 36_00n],
        ],
      ]);
      const invoice = await read(bench, '/3/invoices/1', 'Invoice');
      assert.deepEqual([textOf(invoice, 'Total'), textOf(invoice, 'Balance')], ['-36', '-36']);
    });
  });
});
