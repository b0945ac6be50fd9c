import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { present } from '../../lib/assert.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import { Delivery, expectFound, routed, stepsFor } from '../../testing/target-contract/delivery.ts';
import { testVoucher } from '../../testing/target-contract/vouchers.ts';
import { withFortnox } from './bench-for-test.ts';
import { isRecord } from '../../lib/json-object.ts';

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
      await delivery.makeUnlooked(UPLOAD);
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

describe('connectFile', () => {
  for (const [what, year, differences] of [
    ['the year that was meant', 2, []],
    ['a calendar year', 2026, []],
    ['no year', null, []],
    ['another year', 1, [{ sent: 'K 1 (2)', booked: 'K 1 (1)' }]],
  ] as const) {
    test(`looks at the answer, which holds ${what}`, () =>
      withVoucher(async (bench, delivery) => {
        await delivery.make(UPLOAD, CONNECT);
        answerYear(bench, year);
        const write = present(delivery.writes[CONNECT], 'the tie');
        const outcome = await bench.target.write(write, delivery.contextFor(write));
        const found = outcome.kind === 'done' ? outcome.differences : null;
        const { id } = present(delivery.results.get('file-1.up'), 'the upload');
        const common = { code: 'read-back-differs', what: 'file', id };
        assert.deepEqual(
          found,
          differences.map((one) => ({ ...common, ...one })),
        );
      }));
  }
});

/** Puts another year into the answer to a tie. */
function answerYear(bench: Bench, year: number | null): void {
  bench.between = async (request, http) => {
    const response = await http.send(request);
    const body: unknown = JSON.parse(Buffer.from(response.body).toString('utf8'));
    const tied = isRecord(body) ? body['VoucherFileConnection'] : null;
    if (!isRecord(tied)) return response;
    const changed = { VoucherFileConnection: { ...tied, VoucherYear: year } };
    return { ...response, body: Buffer.from(JSON.stringify(changed)) };
  };
}
