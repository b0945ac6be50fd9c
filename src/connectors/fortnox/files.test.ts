import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Bench } from '../../testing/target-contract/bench.ts';
import { Delivery, expectFound, routed, stepsFor } from '../../testing/target-contract/delivery.ts';
import { testVoucher } from '../../testing/target-contract/vouchers.ts';
import { withFortnox } from './bench-for-test.ts';

/** The writes of a voucher with a file, in order. */
const [UPLOAD, CONNECT] = [1, 2] as const;

/** A voucher that is booked, and whose file is still to be uploaded. */
function withVoucher(body: (bench: Bench, delivery: Delivery) => Promise<void>): Promise<void> {
  return withFortnox(async (bench) => {
    const writes = await routed(bench, stepsFor(bench, testVoucher(bench.ledger)));
    const delivery = new Delivery({ bench, writes, key: 'doc-1' });
    await delivery.make(0, UPLOAD);
    await body(bench, delivery);
  });
}

describe('findFile', () => {
  test('finds nothing where Fortnox does not list the inbox by its folder', () =>
    withVoucher(async (bench, delivery) => {
      const call = delivery.writes[UPLOAD]?.call ?? '';
      bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call });
      assert.equal((await delivery.fail(UPLOAD)).kind, 'unanswered');
      const listing = { kind: 'write', call: 'GET /3/inbox' } as const;
      bench.run.fail({ kind: 'says', answer: 'bad-parameter' }, listing);
      assert.deepEqual(await delivery.find(UPLOAD), []);
      await delivery.make(UPLOAD);
      const { attached, loose } = await bench.run.files();
      assert.deepEqual([attached.length, loose], [1, 1]);
    }));

  test('finds nothing where Fortnox does not look for connections by their voucher', () =>
    withVoucher(async (bench, delivery) => {
      const search = { kind: 'write', call: 'GET /3/voucherfileconnections' } as const;
      bench.run.fail({ kind: 'says', answer: 'bad-parameter' }, search);
      assert.deepEqual(await delivery.find(UPLOAD), []);
    }));

  test('does not take a missing right for an inbox without the file', () =>
    withVoucher(async (bench, delivery) => {
      const listing = { kind: 'write', call: 'GET /3/inbox' } as const;
      bench.run.fail({ kind: 'says', answer: 'no-scope' }, listing);
      await assert.rejects(delivery.find(UPLOAD), { name: 'ConnectorError' });
    }));
});

describe('findConnection', () => {
  test('tells when the file is at another voucher', () =>
    withVoucher(async (_, delivery) => {
      await delivery.make(UPLOAD);
      expectFound(await delivery.find(CONNECT));
      delivery.keep(0, { id: '', label: 'K 7', data: { series: 'K', number: '7', year: '2' } });
      const [found] = await delivery.find(CONNECT);
      const [difference] = found?.differences ?? [];
      assert.deepEqual(difference, {
        code: 'read-back-differs',
        what: 'file',
        id: found?.remote.id,
        sent: 'K 7',
        booked: 'K 1',
      });
    }));
});
