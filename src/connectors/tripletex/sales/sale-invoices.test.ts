import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { money } from '../../../domain/money.ts';
import type { Step } from '../../../domain/plan.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { present } from '../../../lib/assert.ts';
import { isRecord, objectOf, textOf, type WireObject } from '../../../lib/json-object.ts';
import type { Bench } from '../../../testing/target-contract/bench.ts';
import { Delivery, expectFound, routed } from '../../../testing/target-contract/delivery.ts';
import { withTripletex, type TripletexUnderTest } from '../bench-for-test.ts';
import type { StateChange } from '../simulator/server/state-change.ts';
import { ask, basic } from '../simulator/test-client.ts';
import {
  creditStep,
  DRAFT_STEPS,
  INVOICED,
  ORDERED_STEPS,
  PAID_STEPS,
} from './invoice-plan-for-test.ts';

/** customer, project, two products, order, invoice, voucher, two payments */
const CALLS = [0, 1, 2, 3, 4, 5, 7, 8] as const;
const INVOICE = 5;

async function list({ simulator, company }: TripletexUnderTest, path: string) {
  const headers = basic(company.session());
  return (await ask(`${simulator.apiUrl}${path}`, { headers })).values;
}

async function change(under: TripletexUnderTest, path: string, body: object): Promise<void> {
  const headers = basic(under.company.session());
  const sent = { method: 'PUT', headers, body: JSON.stringify(body) };
  await ask(`${under.simulator.apiUrl}${path}`, sent);
}

function invoicesIn(under: TripletexUnderTest): Promise<readonly WireObject[]> {
  const fields =
    'id,invoiceNumber,amount,amountOutstanding,isCreditNote,creditedInvoice,isCredited';
  return list(
    under,
    `/invoice?invoiceDateFrom=2026-01-01&invoiceDateTo=2027-01-01&fields=${fields}`,
  );
}

/** Date, and what stands on each account. */
function vouchersIn(under: TripletexUnderTest): readonly string[] {
  return under.company.ledger().vouchers.map(({ date, postings }) => {
    const rows = postings.map(({ account, amount, project }) => {
      return [account, amount, project].filter((one) => one !== '').join(' ');
    });
    return [date, ...rows.sort()].join(' · ');
  });
}

const PAYMENT = '2026-05-22 · 1500 -10000 · 1920 10000';

/** As long as the keys of deliveries are: what is made of one must still fit where it is kept. */
const KEY = `bb${'0123456789ab'.repeat(2)}`;

function withPlan(
  steps: readonly Step[],
  body: (bench: Bench, delivery: Delivery, under: TripletexUnderTest) => Promise<void>,
  state: StateChange = {},
): Promise<void> {
  return withTripletex({}, async (bench, under) => {
    under.company.set(state);
    const writes = await routed(bench, steps);
    await body(bench, new Delivery({ bench, writes, key: KEY }), under);
  });
}

async function refusalsOf(
  bench: Bench,
  delivery: Delivery,
  at: number,
): Promise<readonly Refusal[]> {
  const write = present(delivery.writes[at], `write ${at}`);
  const outcome = await bench.target.write(write, delivery.contextFor(write));
  assert.equal(outcome.kind, 'refused');
  return outcome.kind === 'refused' ? outcome.refusals : [];
}

async function expectOnce(under: TripletexUnderTest): Promise<void> {
  const [invoice, ...more] = await invoicesIn(under);
  assert.deepEqual(more, []);
  // 24 400.00 less two payments of 10 000.00.
  assert.equal(invoice?.['amountOutstanding'], 4_400);
  assert.equal(vouchersIn(under).filter((one) => one === PAYMENT).length, 2);
  assert.equal(under.company.ledger().vouchers.length, 3);
  assert.deepEqual(under.company.outbox(), []);
}

describe('an invoice of a sale in Tripletex', () => {
  test('is booked on the accounts of the plan, paid, and sent to nobody', () =>
    withPlan(PAID_STEPS, async (_, delivery, under) => {
      await delivery.make(0);
      await expectOnce(under);
      assert.equal(
        vouchersIn(under)[0],
        '2026-05-20 · 1500 24400 24017 · 2700 -4900 24017 · 2700 20 24017 · 3000 -19600 24017 · ' +
          '3000 80 24017',
      );
      const [invoice] = await invoicesIn(under);
      const entered = present(delivery.results.get('invoice-1.in'), 'the invoice');
      assert.equal(entered.id, textOf(present(invoice, 'it'), 'invoiceNumber'));
      const { data } = entered;
      assert.match(isRecord(data) ? textOf(data, 'ocr') : '', /^\d+$/);
      assert.equal(delivery.results.get('invoice-1')?.label, '1-2026');
      assert.equal(delivery.results.get('payment-2')?.label, '3-2026');
    }));

  for (const at of CALLS) {
    test(`whose call ${at} was made and not answered is made once`, () =>
      withPlan(PAID_STEPS, async (bench, delivery, under) => {
        await delivery.make(0, at);
        assert.deepEqual(await delivery.find(at), []);
        const { call } = present(delivery.writes[at], `write ${at}`);
        bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call: plainCall(call) });
        assert.equal((await delivery.fail(at)).kind, 'unanswered');
        delivery.keep(at, expectFound(await delivery.find(at, bench.another())));
        await delivery.make(at + 1);
        await expectOnce(under);
      }));

    test(`whose call ${at} never arrived is made`, () =>
      withPlan(PAID_STEPS, async (bench, delivery, under) => {
        await delivery.make(0, at);
        const { call } = present(delivery.writes[at], `write ${at}`);
        const place = { kind: 'write', call: plainCall(call) } as const;
        bench.run.fail({ kind: 'server-error', commits: false }, place);
        assert.equal((await delivery.fail(at)).kind, 'unanswered');
        assert.deepEqual(await delivery.find(at), []);
        await delivery.make(at);
        await expectOnce(under);
      }));
  }

  test('is not made again for a hub that lost its database', () =>
    withPlan(PAID_STEPS, async (bench, delivery, under) => {
      await delivery.make(0);
      const again = new Delivery({ bench, writes: delivery.writes, key: KEY });
      for (const at of [...delivery.writes.keys()].slice(0, INVOICE)) {
        again.keep(at, expectFound(await again.find(at)));
      }
      await again.make(INVOICE);
      await expectOnce(under);
      assert.deepEqual(again.results.get('invoice-1'), delivery.results.get('invoice-1'));
    }));

  test('is made of the order that is there', () =>
    withPlan(ORDERED_STEPS, async (_, delivery, under) => {
      await delivery.make(0);
      assert.equal((await invoicesIn(under)).length, 1);
      const orders = '/order?orderDateFrom=2026-01-01&orderDateTo=2027-01-01&fields=isClosed';
      assert.deepEqual(
        (await list(under, orders)).map((one) => one['isClosed']),
        [true],
      );
    }));

  test('is not made of an order that somebody has changed', () =>
    withPlan(ORDERED_STEPS, async (bench, delivery, under) => {
      const at = delivery.writes.length - 2;
      await delivery.make(0, at);
      const { id } = present(delivery.results.get('order-1.in'), 'the order');
      const [line] = await list(
        under,
        `/order?orderDateFrom=2026-01-01&orderDateTo=2027-01-01&fields=orderLines(id,version)`,
      );
      const [first] = (line?.['orderLines'] ?? []) as readonly WireObject[];
      await change(under, `/order/orderline/${textOf(present(first, 'a line'), 'id')}`, {
        version: first?.['version'],
        count: 2,
      });
      const [refusal] = await refusalsOf(bench, delivery, at);
      assert.deepEqual(refusal, {
        ...{ code: 'read-back-differs', what: 'order', id: '1' },
        sent: '24400.00 NOK, mva 4880.00',
        booked: '48900.00 NOK, mva 9780.00',
      });
      assert.ok(id !== '');
      assert.deepEqual(await invoicesIn(under), []);
    }));

  test('that is a draft stays an order', () =>
    withPlan(DRAFT_STEPS, async (_, delivery, under) => {
      await delivery.make(0);
      assert.deepEqual(await invoicesIn(under), []);
      const entered = present(delivery.results.get('invoice-1.in'), 'the order');
      assert.equal(entered.label, 'Ordre 1');
      assert.deepEqual(entered.data, { what: 'order' });
    }));

  test('is credited as a whole, once', () =>
    withPlan(PAID_STEPS.slice(0, 1), async (bench, delivery, under) => {
      await delivery.make(0);
      const writes = await routed(bench, [creditStep(delivery.results)]);
      const crediting = new Delivery({ bench, writes, key: 'doc-2' });
      const { call } = present(writes[0], 'the call');
      bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call });
      assert.equal((await crediting.fail(0)).kind, 'unanswered');
      crediting.keep(0, expectFound(await crediting.find(0, bench.another())));
      await crediting.make(1);
      const again = new Delivery({ bench, writes, key: 'doc-2' });
      await again.make(0);
      const [invoice, note, ...more] = await invoicesIn(under);
      assert.deepEqual(more, []);
      assert.equal(note?.['creditedInvoice'], invoice?.['id']);
      assert.equal(invoice?.['amountOutstanding'], 0);
      assert.deepEqual(under.company.outbox(), []);
    }));
});

describe('an invoice that Tripletex cannot make', () => {
  test('is refused before it is made, when it could not be paid', () => {
    const [invoice, paying] = PAID_STEPS;
    assert.ok(invoice !== undefined && paying?.kind === 'pay-sale');
    const payment = { ...paying.payment, account: '1579' };
    return withPlan([invoice, { ...paying, payment }], async (bench, delivery, under) => {
      await delivery.make(0, INVOICE);
      const [refusal] = await refusalsOf(bench, delivery, INVOICE);
      const needs = { code: 'ledger-needs', system: 'Tripletex', need: 'payment-type' } as const;
      assert.deepEqual(refusal, { ...needs, account: '1579', about: '' });
      assert.deepEqual(await invoicesIn(under), []);
      under.company.set({ paymentTypes: { Vipps: 1579 } });
      await delivery.make(INVOICE, INVOICE + 1);
      assert.equal((await invoicesIn(under)).length, 1);
    });
  });

  test('says that the company has no bank account for invoices', () =>
    withPlan(
      PAID_STEPS,
      async (bench, delivery) => {
        await delivery.make(0, INVOICE);
        const [refusal] = await refusalsOf(bench, delivery, INVOICE);
        assert.equal(refusal?.code === 'ledger-needs' && refusal.need, 'invoice-account');
      },
      { bankAccountNumber: null },
    ));

  test('says that the period is closed', () =>
    withPlan(PAID_STEPS, async (bench, delivery, under) => {
      await delivery.make(0, INVOICE);
      under.company.set({ closedTo: '2026-05-31' });
      const [refusal] = await refusalsOf(bench, delivery, INVOICE);
      assert.equal(refusal?.code, 'period-locked');
    }));

  test('says that an article is sold on another account', () =>
    withPlan(PAID_STEPS, async (bench, delivery, under) => {
      const [step] = PAID_STEPS;
      assert.ok(step?.kind === 'invoice-sale');
      await delivery.make(0, 3);
      const rows = step.sale.rows.map((row) => ({ ...row, account: '3020' }));
      const other = await routed(bench, [{ ...step, sale: { ...step.sale, rows } }]);
      const again = new Delivery({ bench, writes: other, key: 'doc-2' });
      const [refusal] = await refusalsOf(bench, again, 2);
      const needs = { code: 'ledger-needs', system: 'Tripletex', need: 'article-account' } as const;
      assert.deepEqual(refusal, { ...needs, account: '3020', about: 'KJO' });
      assert.deepEqual(await invoicesIn(under), []);
    }));

  test('is held when its voucher stands on other accounts than the plan’s', () =>
    withPlan([], async (bench, _, under) => {
      const [step] = PAID_STEPS;
      assert.ok(step?.kind === 'invoice-sale');
      const rows = INVOICED.rows.map((row) => ({
        ...row,
        amount: row.account === '3000' ? money(-19_520_00n, 'NOK') : row.amount,
        account: row.account === '3000' ? '3020' : row.account,
      }));
      const writes = await routed(bench, [{ ...step, voucher: { ...INVOICED, rows } }]);
      const delivery = new Delivery({ bench, writes, key: KEY });
      await delivery.make(0, writes.length - 1);
      const [, proof] = writes.slice(-2);
      const write = present(proof, 'the proof');
      const outcome = await bench.target.write(write, delivery.contextFor(write));
      assert.deepEqual(outcome.kind === 'done' && outcome.differences, [
        {
          ...{ code: 'read-back-differs', what: 'voucher 2026-05-20', id: '1-2026' },
          ...{ sent: '3020 -19520.00 24017', booked: '3000 -19520.00 24017' },
        },
      ]);
      assert.equal(objectOf(outcome as unknown as WireObject, 'remote')['label'], '1-2026');
      assert.equal((await invoicesIn(under)).length, 1);
    }));
});

/** What stands in braces is not known when the call is planned. */
function plainCall(call: string): string {
  return call.replaceAll(/\{[^}]*\}/g, '{id}');
}
