import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Step } from '../../domain/plan.ts';
import type { Remote } from '../../ports/target.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import { Delivery, expectFound, routed } from '../../testing/target-contract/delivery.ts';
import { balances } from '../../testing/target-contract/vouchers.ts';
import { withTripletex, type TripletexUnderTest } from './bench-for-test.ts';
import {
  ATTACH_STEP,
  creditStep,
  CUSTOMER_INVOICE_STEP,
  SUPPLIER_INVOICE_STEP,
} from './invoice-plan-for-test.ts';
import { ask, basic } from './simulator/test-client.ts';
import { objectOf, textOf, type WireObject } from '../../lib/json-object.ts';

const INVOICES = [SUPPLIER_INVOICE_STEP, CUSTOMER_INVOICE_STEP] as const;

async function make(
  bench: Bench,
  steps: readonly Step[],
  key = 'doc-1',
): Promise<ReadonlyMap<string, Remote>> {
  const delivery = new Delivery({ bench, writes: await routed(bench, steps), key });
  await delivery.make(0);
  return delivery.results;
}

async function supplierInvoices(
  { simulator, company }: TripletexUnderTest,
  fields: string,
): Promise<readonly WireObject[]> {
  const range = 'invoiceDateFrom=2026-01-01&invoiceDateTo=2027-01-01';
  const url = `${simulator.apiUrl}/supplierInvoice?${range}&fields=${fields}`;
  return (await ask(url, { headers: basic(company.session()) })).values;
}

describe("a supplier's invoice", () => {
  test('comes to the øre on every account, with input VAT by rate', async () => {
    await withTripletex({}, async (bench, under) => {
      await make(bench, [SUPPLIER_INVOICE_STEP]);
      assert.deepEqual(Object.fromEntries(balances(bench.run.booked())), {
        '4300': 400_00n,
        '4330': 200_00n,
        '2710': 100_00n,
        '2711': 30_00n,
        '2400': -730_00n,
      });
      const [invoice, ...others] = await supplierInvoices(
        under,
        'invoiceNumber,invoiceDueDate,amount,supplier(organizationNumber)',
      );
      assert.deepEqual(others, []);
      assert.equal(invoice?.['invoiceNumber'], 'F-2026/117');
      assert.equal(invoice?.['invoiceDueDate'], '2026-06-01');
      assert.equal(invoice?.['amount'], 730);
      assert.equal(textOf(objectOf(invoice ?? {}, 'supplier'), 'organizationNumber'), '912345678');
    });
  });

  test('is of the same supplier the next time, and credited as one of theirs', async () => {
    await withTripletex({}, async (bench, under) => {
      const made = await make(bench, [SUPPLIER_INVOICE_STEP]);
      await make(bench, [creditStep(SUPPLIER_INVOICE_STEP, made)], 'doc-2');
      const invoices = await supplierInvoices(under, 'isCreditNote,amount,supplier(id)');
      assert.deepEqual(
        invoices.map(({ isCreditNote, amount }) => [isCreditNote, amount]),
        [
          [false, 730],
          [true, -730],
        ],
      );
      assert.equal(new Set(invoices.map((one) => objectOf(one, 'supplier')['id'])).size, 1);
      for (const [account, sum] of balances(bench.run.booked())) assert.equal(sum, 0n, account);
    });
  });
});

describe('purchases on account', () => {
  test('are claimed of the customer, and sent to nobody', async () => {
    await withTripletex({}, async (bench, under) => {
      const made = await make(bench, [CUSTOMER_INVOICE_STEP]);
      assert.deepEqual(Object.fromEntries(balances(bench.run.booked())), {
        '1500': 3_164_00n,
        '1579': -3_164_00n,
      });
      await make(bench, [creditStep(CUSTOMER_INVOICE_STEP, made)], 'doc-2');
      for (const [account, sum] of balances(bench.run.booked())) assert.equal(sum, 0n, account);
      assert.deepEqual(under.company.outbox(), []);
      const url = `${under.simulator.apiUrl}/customer?fields=customerNumber,invoiceSendMethod`;
      const { values } = await ask(url, { headers: basic(under.company.session()) });
      assert.deepEqual(values, [{ customerNumber: 4711, invoiceSendMethod: 'MANUAL' }]);
    });
  });

  test('of a customer whose number is no number are refused before any call', async () => {
    await withTripletex({}, async ({ target, sent, ledger }) => {
      const books = await target.readBooks({ from: ledger.day, to: ledger.day });
      const before = sent.length;
      const customer = { ...CUSTOMER_INVOICE_STEP.customer, number: 'K100' };
      assert.deepEqual(target.route([{ ...CUSTOMER_INVOICE_STEP, customer }], books), {
        kind: 'cannot',
        refusals: [
          {
            code: 'target-cannot',
            system: 'Tripletex',
            what: 'a customer with the number K100: it takes whole numbers',
          },
        ],
      });
      assert.equal(sent.length, before);
    });
  });
});

describe('an invoice whose answers are lost', () => {
  for (const step of INVOICES) {
    test(`stands once: ${step.kind}`, async () => {
      await withTripletex({}, async (bench, under) => {
        const { target } = bench;
        const steps: readonly Step[] = [step, ATTACH_STEP];
        const writes = await routed(bench, steps);
        const delivery = new Delivery({ bench, writes, key: 'doc-1' });
        for (const [at, write] of writes.entries()) {
          bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call: write.call });
          assert.equal((await delivery.fail(at)).kind, 'unanswered', write.call);
          delivery.keep(at, expectFound(await delivery.find(at, target)));
        }
        assert.equal(bench.run.booked().length, 1);
        assert.equal((await bench.run.files()).attached.length, 1);
        assert.deepEqual(under.company.outbox(), []);
      });
    });
  }
});
