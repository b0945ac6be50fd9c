import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { present } from '../../lib/assert.ts';
import { Delivery, done, routed } from '../../testing/target-contract/delivery.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import { withFortnox } from './bench-for-test.ts';
import { CUSTOMER_INVOICE_STEP, SUPPLIER_CREDIT_STEP } from './invoice-plan-for-test.ts';
import { createWrite } from './register-writes.ts';

const EXPECTED = '2026-05-02, 2440 125.00, 2641 -25.00, 4000 -100.00';

describe('bookInvoice', () => {
  test('reads the invoice when the answer does not name the voucher', () =>
    withEntered(async (bench, delivery) => {
      forgetVoucher(bench, 'PUT');
      await delivery.make(2);
      assert.equal(delivery.results.get('invoice-1')?.label, 'D 1');
    }));

  test('asks a person about an invoice that is booked without a voucher', () =>
    withEntered(async (bench, delivery) => {
      forgetVoucher(bench, 'PUT', 'GET');
      const [sent, booked] = [EXPECTED, ''];
      const differences = [{ code: 'read-back-differs', what: 'voucher', id: '', sent, booked }];
      const book = present(delivery.writes[2], 'the booking');
      const outcome = await bench.target.write(book, delivery.contextFor(book));
      assert.deepEqual(outcome.kind === 'done' && outcome.differences, differences);
      const [found] = await delivery.find(2);
      assert.deepEqual(found?.differences, differences);
    }));

  test('takes an invoice that somebody has booked already, as it stands', () =>
    withEntered(async (bench, delivery) => {
      const book = present(delivery.writes[2], 'the booking');
      const other = await done(bench.another(), book, delivery.contextFor(book));
      assert.deepEqual(await done(bench.target, book, delivery.contextFor(book)), other);
      assert.equal(bench.run.booked().length, 1);
    }));
});

describe('enterWrite', () => {
  test('looks only into invoices with the number that the supplier gave', () =>
    withEntered(async (bench, delivery) => {
      const other = createWrite('before-1', 'supplier-invoice', {
        SupplierNumber: '5560360793',
        InvoiceNumber: 'K-2026/4',
      });
      await done(bench.target, other, delivery.contextFor(other));
      bench.sent.length = 0;
      assert.equal((await delivery.find(1)).length, 1);
      const paths = bench.sent.map(({ request }) => new URL(request.url).pathname);
      assert.deepEqual(paths, ['/3/supplierinvoices', '/3/supplierinvoices/1']);
    }));

  test('asks a person when two invoices carry its key', () =>
    withFortnox(async (bench) => {
      await bench.run.arrange({ kind: 'cost-centres', codes: ['21'] });
      const writes = await routed(bench, [CUSTOMER_INVOICE_STEP]);
      const delivery = new Delivery({ bench, writes, key: 'doc-1' });
      await delivery.make(0, 1);
      const enter = present(writes[1], 'the entry');
      const { body } = enter.input as { readonly body: Parameters<typeof createWrite>[2] };
      const unlooked = createWrite(enter.id, 'invoice', body);
      for (const _ of [1, 2]) await done(bench.target, unlooked, delivery.contextFor(unlooked));
      const outcome = await bench.target.write(enter, delivery.contextFor(enter));
      const differences = [{ code: 'found-twice', what: 'POST /3/invoices', ids: ['1', '2'] }];
      assert.deepEqual(outcome.kind === 'done' && outcome.differences, differences);
    }));
});

/** A company in which a credit invoice of a supplier is entered and not booked. */
function withEntered(body: (bench: Bench, delivery: Delivery) => Promise<void>): Promise<void> {
  return withFortnox(async (bench) => {
    const writes = await routed(bench, [SUPPLIER_CREDIT_STEP]);
    const delivery = new Delivery({ bench, writes, key: 'doc-1' });
    await delivery.make(0, 2);
    await body(bench, delivery);
  });
}

/** Answers about supplier invoices leave out which voucher was made. */
function forgetVoucher(bench: Bench, ...methods: readonly string[]): void {
  bench.between = async (request, http) => {
    const response = await http.send(request);
    const isAbout = request.url.includes('/3/supplierinvoices/1');
    if (!isAbout || !methods.includes(request.method)) return response;
    const text = Buffer.from(response.body).toString();
    return {
      ...response,
      body: Buffer.from(text.replace(/"VoucherNumber":\d+/, '"VoucherNumber":null')),
    };
  };
}
