import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { present } from '../../lib/assert.ts';
import type { Json } from '../../lib/json.ts';
import type { Found, Remote, Target, Write, WriteContext } from '../../ports/target.ts';
import {
  contextOf,
  expectDone,
  expectFound,
  failureOf,
} from '../../testing/target-contract/delivery.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import { withFortnox } from './bench-for-test.ts';
import {
  ARTICLE,
  BOOK_INVOICE,
  BOOK_PAYMENT,
  BOOK_SUPPLIER_INVOICE,
  COST_CENTRE,
  CUSTOMER,
  INVOICE,
  INVOICE_ORDER,
  ORDER,
  PAYMENT,
  PROJECT,
  SUPPLIER,
  SUPPLIER_INVOICE,
} from './register-plan-for-test.ts';
import { createWrite } from './register-writes.ts';
import { type RegisterName } from './registers.ts';

const KEY = 'doc-1-object-1';

/** Each write with those that it needs before it. */
const CASES: readonly (readonly [name: string, write: Write, before: readonly Write[]])[] = [
  ['a customer', CUSTOMER, []],
  ['a supplier', SUPPLIER, []],
  ['an article', ARTICLE, []],
  ['a project', PROJECT, []],
  ['a cost centre', COST_CENTRE, []],
  ['an invoice', INVOICE, [CUSTOMER, ARTICLE]],
  ['an order', ORDER, [CUSTOMER, ARTICLE]],
  ['a supplier invoice', SUPPLIER_INVOICE, [SUPPLIER]],
  ['a payment', PAYMENT, [CUSTOMER, ARTICLE, INVOICE, BOOK_INVOICE]],
  ['the booking of an invoice', BOOK_INVOICE, [CUSTOMER, ARTICLE, INVOICE]],
  ['the booking of a supplier invoice', BOOK_SUPPLIER_INVOICE, [SUPPLIER, SUPPLIER_INVOICE]],
  ['the booking of a payment', BOOK_PAYMENT, [CUSTOMER, ARTICLE, INVOICE, BOOK_INVOICE, PAYMENT]],
  ['the invoicing of an order', INVOICE_ORDER, [CUSTOMER, ARTICLE, ORDER]],
];

describe('createObject, actOn', () => {
  for (const [name, write, before] of CASES) {
    test(`makes ${name}, and finds it`, () =>
      withCase(before, async (bench, context) => {
        const { target } = bench;
        assert.deepEqual(await target.find(write, context), []);
        const remote = expectDone(await target.write(write, context));
        assert.deepEqual(expectFound(await target.find(write, context)), remote);
        assert.deepEqual(expectFound(await bench.another().find(write, context)), remote);
      }));

    test(`finds ${name} after a lost answer`, () =>
      withCase(before, async (bench, context) => {
        bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call: write.call });
        const lost = bench.target.write(write, context);
        assert.equal((await failureOf(bench, lost)).kind, 'unanswered');
        expectFound(await bench.target.find(write, context));
        assert.deepEqual(bench.run.problems(), []);
      }));

    test(`finds nothing of ${name} when it never arrived`, () =>
      withCase(before, async (bench, context) => {
        const fault = { kind: 'server-error', commits: false } as const;
        bench.run.fail(fault, { kind: 'write', call: write.call });
        const lost = bench.target.write(write, context);
        assert.equal((await failureOf(bench, lost)).kind, 'unanswered');
        assert.deepEqual(await bench.target.find(write, context), []);
      }));
  }

  test('books the invoice, its payment and the supplier invoice in the ledger', () =>
    withCase([], async (bench) => {
      const writes = [CUSTOMER, ARTICLE, INVOICE, BOOK_INVOICE, PAYMENT, BOOK_PAYMENT];
      const suppliers = [SUPPLIER, SUPPLIER_INVOICE, BOOK_SUPPLIER_INVOICE];
      await makeAll(bench.target, [...writes, ...suppliers]);
      // 4 × 250.25 = 1 001.00 and 25 % VAT 250.25: 1 251.00 to pay and 0.25 rounded off. 500.07 is
      // paid. In debit stands 1 251.00 + 0.25, then 500.07, then 1 000.00 + 250.00.
      const sums = bench.run.booked().map(({ text, rows }) => {
        return [text, rows.reduce((sum, row) => sum + row.debit, 0n)];
      });
      assert.deepEqual(sums, [
        ['Kundfaktura 1', 1_251_25n],
        ['Inbetalning faktura 1', 500_07n],
        ['Leverantörsfaktura 1', 1_250_00n],
      ]);
    }));
});

describe('actOn', () => {
  const before = [CUSTOMER, ARTICLE, INVOICE, BOOK_INVOICE, PAYMENT];
  const call = BOOK_PAYMENT.call;

  test('takes a payment for booked when Fortnox says “paid” and shows it so', () =>
    withCase(before, async (bench, context) => {
      expectDone(await bench.target.write(BOOK_PAYMENT, context));
      bench.run.fail({ kind: 'says', answer: 'invoice-paid' }, { kind: 'write', call });
      expectDone(await bench.target.write(BOOK_PAYMENT, context));
    }));

  test('does not take a payment for booked when another one has paid the invoice', () =>
    withCase(before, async (bench, context) => {
      bench.run.fail({ kind: 'says', answer: 'invoice-paid' }, { kind: 'write', call });
      assert.deepEqual(await bench.target.write(BOOK_PAYMENT, context), {
        kind: 'refused',
        refusals: [
          {
            code: 'target-refused',
            system: 'Fortnox',
            said: 'Fakturan är redan betald.',
            theirCode: '2003055',
          },
        ],
      });
    }));
});

describe('findObject', () => {
  test('tells when a number belongs to something else', () =>
    withCase([], async (bench) => {
      await makeAll(bench.target, [CUSTOMER, SUPPLIER, ARTICLE, PROJECT, COST_CENTRE]);
      for (const [register, body] of OTHERS) {
        const other = createWrite('other-1', register, body);
        const [found] = await bench.target.find(other, contextOf('doc-2-other-1'));
        assert.equal(found?.differences[0]?.code, 'read-back-differs', register);
      }
    }));

  // A search by reference, and a word in a comment, both hold the shorter key.
  for (const [name, write, before] of CASES.slice(5, 8)) {
    test(`never takes ${name} with a longer key for its own`, () =>
      withCase(before, async (bench, context) => {
        for (const key of [`${KEY}0`, `a-${KEY}`]) {
          expectDone(await bench.target.write(write, { ...context, key }));
        }
        assert.deepEqual(await bench.target.find(write, context), []);
        const remote = expectDone(await bench.target.write(write, context));
        assert.deepEqual(expectFound(await bench.target.find(write, context)), remote);
      }));
  }

  test('keeps what the comment of a supplier invoice says beside the key', () =>
    withCase([SUPPLIER], async (bench, context) => {
      await bench.target.write(SUPPLIER_INVOICE, context);
      const sent = bench.sent.findLast(({ request }) => request.method === 'POST')?.request.body;
      assert.match(String(sent), new RegExp(`"Comments":"Från hubben ${KEY}"`));
    }));

  for (const [what, change] of Object.entries({
    amount: { Amount: 500.08 },
    day: { PaymentDate: '2026-05-04' },
    account: { ModeOfPaymentAccount: 1910 },
  })) {
    test(`does not take a payment of another ${what} for its own`, () =>
      withCase([CUSTOMER, ARTICLE, INVOICE, BOOK_INVOICE], async (bench, context) => {
        const other = createWrite('payment-1', 'payment', { ...bodyOf(PAYMENT), ...change });
        expectDone(await bench.target.write(other, context));
        assert.deepEqual(await bench.target.find(PAYMENT, context), []);
      }));
  }

  test('finds two payments that nothing tells apart, so that a person is asked', () =>
    withCase([CUSTOMER, ARTICLE, INVOICE, BOOK_INVOICE], async (bench, context) => {
      for (let count = 0; count < 2; count += 1) {
        expectDone(await bench.target.write(PAYMENT, context));
      }
      assert.equal((await bench.target.find(PAYMENT, context)).length, 2);
    }));

  test('looks through more supplier invoices than one page holds', () =>
    withCase([SUPPLIER], async (bench, context) => {
      for (let count = 0; count < 501; count += 1) {
        expectDone(await bench.target.write(SUPPLIER_INVOICE, { ...context, key: `x-${count}` }));
      }
      const last = { ...context, key: 'x-500' };
      const found: readonly Found[] = await bench.target.find(SUPPLIER_INVOICE, last);
      assert.equal(expectFound(found).label, '501');
    }));
});

describe('createWrite', () => {
  test('needs a number of our own where the object is found by it', () => {
    assert.throws(() => createWrite('customer-1', 'customer', { Name: 'Utan nummer' }), {
      name: 'InvariantError',
    });
  });
});

/** The same numbers, given to something else. */
const OTHERS: readonly (readonly [RegisterName, Json])[] = [
  ['customer', { CustomerNumber: 'K-77', Name: 'Bertils Bär' }],
  ['supplier', { SupplierNumber: 'L-77', Name: 'Bertils Bär' }],
  ['article', { ArticleNumber: 'A-77', Description: 'Bär' }],
  ['project', { ProjectNumber: 'P-77', Description: 'Bär' }],
  ['cost-centre', { Code: 'B77', Description: 'Bär' }],
];

function bodyOf(write: Write): Record<string, Json> {
  return (write.input as { readonly body: Record<string, Json> }).body;
}

/** A company in which some writes have been made already. */
function withCase(
  before: readonly Write[],
  body: (bench: Bench, context: WriteContext) => Promise<void>,
): Promise<void> {
  return withFortnox(async (bench) => {
    await body(bench, contextOf(KEY, await makeAll(bench.target, before)));
  });
}

async function makeAll(
  target: Target,
  writes: readonly Write[],
): Promise<ReadonlyMap<string, Remote>> {
  const earlier = new Map<string, Remote>();
  for (const [at, write] of writes.entries()) {
    const made = expectDone(await target.write(write, contextOf(`before-${at}`, earlier)));
    earlier.set(write.id, present(made, write.id));
  }
  return earlier;
}
