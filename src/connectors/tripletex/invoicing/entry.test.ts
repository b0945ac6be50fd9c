import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { money } from '../../../domain/money.ts';
import type { Step } from '../../../domain/plan.ts';
import { present } from '../../../lib/assert.ts';
import { listOf, objectOf, textOf } from '../../../lib/json-object.ts';
import type { Bench } from '../../../testing/target-contract/bench.ts';
import {
  bothYears,
  Delivery,
  expectFound,
  routed,
} from '../../../testing/target-contract/delivery.ts';
import { withTripletex, type TripletexUnderTest } from '../bench-for-test.ts';
import type { StateChange } from '../simulator/server/state-change.ts';
import { ask, basic } from '../simulator/test-client.ts';
import { enterStep, entrySteps, PART_BACK, rowOf, WHOLE_BACK } from './entry-plan-for-test.ts';

async function list({ simulator, company }: TripletexUnderTest, path: string) {
  const headers = basic(company.session());
  return (await ask(`${simulator.apiUrl}${path}`, { headers })).values;
}

const INVOICES = '/invoice?invoiceDateFrom=2026-01-01&invoiceDateTo=2027-01-01';
const ORDERS = '/order?orderDateFrom=2026-01-01&orderDateTo=2027-01-01';

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

/** Makes an invoice, and another plan after it. */
function withCredit(
  steps: readonly Step[],
  body: (bench: Bench, delivery: Delivery, under: TripletexUnderTest) => Promise<void>,
): Promise<void> {
  return withPlan(entrySteps(), async (bench, delivery, under) => {
    await delivery.make(0);
    const writes = await routed(bench, steps);
    await body(bench, new Delivery({ bench, writes, key: 'doc-2' }), under);
  });
}

function indexOf(delivery: Delivery, id: string): number {
  return delivery.writes.findIndex((one) => one.id === id);
}

/** What stands in braces is not known when the call is planned. */
function callAt(delivery: Delivery, at: number): string {
  const { call } = present(delivery.writes[at], `write ${at}`);
  return call.replaceAll(/\{[^}]*\}/g, '{id}');
}

async function expectOnce(under: TripletexUnderTest): Promise<void> {
  for (const path of ['/customer?', '/project?', `${ORDERS}&`, `${INVOICES}&`]) {
    assert.equal((await list(under, `${path}fields=id`)).length, 1, path);
  }
  assert.equal((await list(under, '/product?fields=id')).length, 2);
  const [order] = await list(under, `${ORDERS}&fields=attachment(fileName)`);
  assert.equal(listOf(present(order, 'the order'), 'attachment').length, 1);
  assert.deepEqual(under.company.outbox(), []);
}

/** Calls that make something: the card is kept without one, and the voucher is read. */
const MAKING = [
  'customer-1.who',
  'cost-centre-1',
  'project-1',
  'invoice-1.article-1',
  'invoice-1.article-2',
  'invoice-1.o',
  'file-1',
  'invoice-1.in',
] as const;

describe('a coded invoice in Tripletex', () => {
  test('has its lines at the prices of its source, and is due when that says', () =>
    withPlan(entrySteps(), async (_, delivery, under) => {
      await delivery.make(0);
      await expectOnce(under);
      const lines = 'orderLines(description,count,unitPriceExcludingVatCurrency,product(number))';
      const [order] = await list(under, `${ORDERS}&fields=reference,invoiceComment,${lines}`);
      assert.deepEqual(
        listOf(present(order, 'the order'), 'orderLines').map((line) => [
          line['description'],
          line['count'],
          line['unitPriceExcludingVatCurrency'],
          textOf(objectOf(line, 'product'), 'number'),
        ]),
        [
          ['Klistremerker (stk)', 5000, 0.185, 'bokbro-3000-3'],
          ['Trykk (t)', 8, 300, 'bokbro-3020-3'],
        ],
      );
      assert.deepEqual(
        [order?.['reference'], order?.['invoiceComment']],
        ['PO-7781', 'Deres ref: Innkjøp, Vår ref: Kari Moe'],
      );
      const [invoice] = await list(under, `${INVOICES}&fields=invoiceDueDate,amount`);
      assert.deepEqual([invoice?.['invoiceDueDate'], invoice?.['amount']], ['2026-06-09', 4156.25]);
    }));

  for (const id of MAKING) {
    test(`whose ${id} was made and not answered is made once`, () =>
      withPlan(entrySteps(), async (bench, delivery, under) => {
        const at = indexOf(delivery, id);
        await delivery.make(0, at);
        assert.deepEqual(await delivery.find(at), []);
        bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call: callAt(delivery, at) });
        assert.equal((await delivery.fail(at)).kind, 'unanswered');
        delivery.keep(at, expectFound(await delivery.find(at, bench.another())));
        await delivery.make(at + 1);
        await expectOnce(under);
      }));

    test(`whose ${id} never arrived is made`, () =>
      withPlan(entrySteps(), async (bench, delivery, under) => {
        const at = indexOf(delivery, id);
        await delivery.make(0, at);
        const place = { kind: 'write', call: callAt(delivery, at) } as const;
        bench.run.fail({ kind: 'server-error', commits: false }, place);
        assert.equal((await delivery.fail(at)).kind, 'unanswered');
        assert.deepEqual(await delivery.find(at), []);
        await delivery.make(at);
        await expectOnce(under);
      }));
  }

  test('is made where no list shows yet what its own plan has made', () =>
    withPlan(entrySteps(), async (_, delivery, { simulator, ...under }) => {
      simulator.clock.advance(3_600_000);
      simulator.faults.add({ fault: { kind: 'lag', ms: 60_000 }, method: 'GET', times: 'always' });
      await delivery.makeUnlooked(0);
      simulator.faults.clear();
      await expectOnce({ simulator, ...under });
    }));

  test('is seen by a hub that lost its database', () =>
    withPlan(entrySteps(), async (bench, delivery) => {
      await delivery.make(0);
      assert.deepEqual(await bench.target.survey(bothYears(bench)), [`${KEY}-invoice-1-o`]);
    }));

  test('keeps a project like its source, and a department as it is', () =>
    withPlan(entrySteps(), async (bench, delivery, under) => {
      await delivery.make(0);
      const project = { number: 'P26-17', name: 'Høstkatalog', startsOn: null };
      const writes = await routed(bench, [
        { kind: 'keep-cost-centre', id: 'cost-centre-1', code: 'OFFSET', name: 'Annet' },
        { kind: 'keep-project', id: 'project-1', project, follows: true },
        enterStep(),
      ]);
      const next = new Delivery({ bench, writes, key: 'doc-2' });
      await next.make(0, 2);
      const [kept] = await list(under, '/project?fields=name,startDate,customer(name)');
      assert.deepEqual([kept?.['name'], kept?.['startDate']], ['Høstkatalog', '2026-05-20']);
      assert.equal(objectOf(kept ?? {}, 'customer')['name'], 'Fjord Forlag AS');
      const departments = await list(under, '/department?departmentNumber=OFFSET&fields=name');
      assert.deepEqual(
        departments.map((one) => one['name']),
        ['Offset'],
      );
    }));

  test('that Tripletex rounds to whole kroner says so, and is not held', () =>
    withPlan(
      entrySteps(),
      async (bench, delivery) => {
        await delivery.make(0, delivery.writes.length - 1);
        const proof = present(delivery.writes.at(-1), 'the proof');
        const outcome = await bench.target.write(proof, delivery.contextFor(proof));
        // 4 156.25 becomes 4 156.00.
        const amount = money(-25n, 'NOK');
        assert.deepEqual(outcome.kind === 'done' && [outcome.differences, outcome.notices], [
          [],
          [{ code: 'rounded-by-ledger', invoice: '1', amount }],
        ]);
      },
      { roundsInvoices: true },
    ));

  test('is sent once at most: whether it was, nobody tells', () =>
    withPlan([...entrySteps(enterStep({}, { send: 'email' }))], async (bench, delivery, under) => {
      const at = indexOf(delivery, 'invoice-1.send');
      await delivery.make(0, at);
      assert.deepEqual(under.company.outbox(), []);
      bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call: callAt(delivery, at) });
      assert.equal((await delivery.fail(at)).kind, 'unanswered');
      const [found] = await delivery.find(at);
      assert.equal(found?.differences[0]?.code, 'read-back-differs');
      assert.equal(under.company.outbox().length, 1);
    }));
});

describe('a coded credit note in Tripletex', () => {
  for (const [name, steps, expected] of [
    ['a whole invoice', WHOLE_BACK, [-4156.25, 0]],
    ['a part of one', PART_BACK, [-750, 4156.25]],
  ] as const) {
    test(`takes back ${name}, and names it`, () =>
      withCredit(steps, async (_, delivery, under) => {
        await delivery.make(0);
        const fields = 'id,amount,amountOutstanding,creditedInvoice';
        const [invoice, note, ...more] = await list(under, `${INVOICES}&fields=${fields}`);
        assert.deepEqual(more, []);
        assert.equal(note?.['creditedInvoice'], invoice?.['id']);
        assert.deepEqual([note?.['amount'], invoice?.['amountOutstanding']], expected);
        assert.deepEqual(under.company.outbox(), []);
      }));

    test(`takes back ${name} once when the answer is lost`, () =>
      withCredit(steps, async (bench, delivery, under) => {
        const at = indexOf(delivery, 'invoice-1.in');
        await delivery.make(0, at);
        for (const path of ['/invoice/{id}/:createCreditNote', '/order/{id}/:invoice']) {
          bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call: `PUT ${path}` });
        }
        assert.equal((await delivery.fail(at)).kind, 'unanswered');
        delivery.keep(at, expectFound(await delivery.find(at, bench.another())));
        await delivery.make(at + 1);
        assert.equal((await list(under, `${INVOICES}&fields=id`)).length, 2);
      }));
  }

  test('of an invoice that a person has made of its draft takes back that one', () =>
    withPlan(entrySteps(enterStep({}, { voucher: null })), async (bench, delivery, under) => {
      await delivery.make(0);
      const entered = present(delivery.results.get('invoice-1.in'), 'the order');
      assert.equal(entered.label, 'Ordre 1');
      const { simulator, company } = under;
      const path = `/order/${entered.id}/:invoice?invoiceDate=2026-05-21&sendToCustomer=false`;
      const headers = basic(company.session());
      await ask(`${simulator.apiUrl}${path}`, { method: 'PUT', headers });
      const crediting = new Delivery({
        bench,
        writes: await routed(bench, PART_BACK),
        key: 'doc-2',
      });
      await crediting.make(0);
      const [invoice, note] = await list(under, `${INVOICES}&fields=id,creditedInvoice`);
      assert.equal(note?.['creditedInvoice'], invoice?.['id']);
    }));
});

describe('what Tripletex has no place for', () => {
  const [first, second] = enterStep().invoice.rows;
  const rows = [present(first, 'a row'), present(second, 'another')] as const;
  for (const [why, step, words] of [
    ['another currency', enterStep({ total: money(1n, 'SEK') }), /SEK/],
    ['a number with letters', enterStep({ customer: { number: 'K-7' } }), /K-7/],
    [
      'two cost centres',
      enterStep({ rows: [rows[0], { ...rows[1], costCentre: 'DIGI' }] }),
      /OFFSET, DIGI/,
    ],
    ['terms of a name', enterStep({ dueDate: null, terms: 'KONTANT' }), /KONTANT/],
    ['a draft that is sent', enterStep({}, { voucher: null, send: 'email' }), /not booked/],
    ['VAT that is not of each row', enterStep({ vat: money(831_26n, 'NOK') }), /831\.25.*831\.26/],
    [
      'a sale without VAT that nothing explains',
      enterStep({
        rows: [rowOf('Bok', ['1', '', '100'], { net: 100_00n, account: '3900', rate: 0 })],
        vat: money(0n, 'NOK'),
      }),
      /3900/,
    ],
  ] as const) {
    test(`is refused in words before any call: ${why}`, () =>
      withTripletex({}, async (bench) => {
        const books = await bench.target.readBooks(bothYears(bench));
        const route = bench.target.route([step], books);
        assert.equal(route.kind, 'cannot');
        const [refusal] = route.kind === 'cannot' ? route.refusals : [];
        assert.match(refusal?.code === 'target-cannot' ? refusal.what : '', words);
      }));
  }
});
