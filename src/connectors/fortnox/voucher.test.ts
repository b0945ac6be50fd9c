import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Bench } from '../../testing/target-contract/bench.ts';
import {
  book,
  contextOf,
  expectFound,
  voucherWrite,
} from '../../testing/target-contract/delivery.ts';
import { testVoucher } from '../../testing/target-contract/vouchers.ts';
import { withFortnox } from './bench-for-test.ts';
import { isRecord, listOf, type WireObject } from '../../lib/json-object.ts';

/**
 * Ways in which a list may come without the comments that hold our keys. None of them was ever
 * recorded.
 */
const COMMENTLESS: Readonly<Record<string, WireObject>> = {
  'an empty comment': { Comments: '' },
  'a comment of null': { Comments: null },
  'no comment, and another text': { Comments: null, Description: 'Kortad' },
};

describe('findVoucher, surveyVouchers', () => {
  for (const [what, change] of Object.entries(COMMENTLESS)) {
    test(`find their vouchers in a list with ${what}`, () =>
      withFortnox(async (bench) => {
        const voucher = testVoucher(bench.ledger);
        const remote = await book(bench, voucher, 'key-1');
        await book(bench, voucher, 'key-10');
        changeLists(bench, change);
        const write = await voucherWrite(bench, voucher);
        const found = await bench.target.find(write, contextOf('key-1'));
        assert.deepEqual(expectFound(found), remote);
        assert.deepEqual(await bench.target.find(write, contextOf('key-2')), []);
        const days = { from: bench.ledger.day, to: bench.ledger.day };
        assert.deepEqual(await bench.target.survey(days), ['key-1', 'key-10']);
      }));
  }

  test('read none by itself where lists show comments, but the one that is found', () =>
    withFortnox(async (bench) => {
      const voucher = testVoucher(bench.ledger);
      for (const key of ['key-1', 'key-2', 'key-3']) await book(bench, voucher, key);
      const write = await voucherWrite(bench, voucher);
      const before = bench.sent.length;
      await bench.target.find(write, contextOf('key-2'));
      assert.deepEqual(pathsSince(bench, before), ['/3/vouchers/sublist/K', '/3/vouchers/K/2']);
      const then = bench.sent.length;
      await bench.target.survey({ from: bench.ledger.day, to: bench.ledger.day });
      assert.deepEqual(pathsSince(bench, then), [
        '/3/financialyears',
        '/3/vouchers',
        '/3/invoices',
        '/3/orders',
      ]);
    }));
});

describe('lists', () => {
  test('are read to their end when they do not say how long they are', () =>
    withFortnox(async (bench) => {
      const codes = Array.from({ length: 501 }, (_, i) => `C${i}`);
      await bench.run.arrange({ kind: 'cost-centres', codes });
      bench.between = async (request, http) => {
        const response = await http.send(request);
        const body: unknown = JSON.parse(Buffer.from(response.body).toString('utf8'));
        const { MetaInformation: _, ...rest } = isRecord(body) ? body : {};
        return { ...response, body: Buffer.from(JSON.stringify(rest)) };
      };
      const books = await bench.target.readBooks({ from: bench.ledger.day, to: bench.ledger.day });
      assert.equal(Object.keys(books.costCentres ?? {}).length, 501);
    }));
});

/** Changes every item of a list of vouchers on its way to the connector. */
function changeLists(bench: Bench, change: WireObject): void {
  bench.between = async (request, http) => {
    const response = await http.send(request);
    const body: unknown = JSON.parse(Buffer.from(response.body).toString('utf8'));
    if (!isRecord(body) || !('Vouchers' in body)) return response;
    const items = listOf(body, 'Vouchers').map((item) => ({ ...item, ...change }));
    return { ...response, body: Buffer.from(JSON.stringify({ ...body, Vouchers: items })) };
  };
}

function pathsSince(bench: Bench, count: number): readonly string[] {
  return bench.sent.slice(count).map(({ request }) => new URL(request.url).pathname);
}
