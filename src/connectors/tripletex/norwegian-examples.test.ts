import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { day } from '../../domain/date.ts';
import { money } from '../../domain/money.ts';
import type { Voucher } from '../../domain/posting/voucher.ts';
import { contextOf, done, postStep } from '../../testing/target-contract/delivery.ts';
import { runExamples } from '../../testing/worked-examples.ts';
import { present } from '../../lib/assert.ts';
import { withTripletex } from './bench-for-test.ts';
import { listOf, objectOf, textOf, type WireObject } from '../../lib/json-object.ts';

const FILE = join(import.meta.dirname, '../../../test/worked-examples/worked-examples.json');
const CASES = listOf(JSON.parse(readFileSync(FILE, 'utf8')) as WireObject, 'cases').filter((one) =>
  textOf(one, 'id').startsWith('NO-'),
);
/** Noon on the second of January 2020 and on the last of May 2026: each example has its year. */
const NOON: Readonly<Record<string, number>> = {
  '2020': Date.UTC(2020, 0, 2, 11),
  '2026': Date.UTC(2026, 4, 31, 10),
};

/**
 * The Norwegian worked examples through the planner, and on into the ledger of a Tripletex: what
 * stands there on each account, and the base of each VAT code, are those that are written.
 */
describe('worked examples in the ledger', () => {
  test('are all of those of Norway', () => {
    const ids = CASES.map((one) => textOf(one, 'id')).sort();
    assert.deepEqual(ids, ['NO-01', 'NO-02', 'NO-04', 'NO-05']);
  });

  for (const example of CASES) {
    const id = textOf(example, 'id');
    test(`${id} comes to the øre, with the base of each VAT code`, async () => {
      const [expected] = listOf(objectOf(example, 'expect'), 'vouchers');
      const wanted = present(expected, 'the voucher');
      const atMs = present(NOON[textOf(wanted, 'date').slice(0, 4)], 'a year');
      const settings = { collectiveCustomer: '10001' };
      await withTripletex({ atMs, settings }, async (bench, { company }) => {
        company.set({ customers: [{ name: 'Kontantkunder', customerNumber: 10_001 }] });
        const voucher = voucherOf(example, wanted);
        const from = day(`${voucher.date.slice(0, 4)}-01-01`);
        const books = await bench.target.readBooks({ from, to: voucher.date });
        const route = bench.target.route([postStep(voucher)], books);
        assert.equal(route.kind, 'route');
        const [write] = route.kind === 'route' ? route.writes : [];
        await done(bench.target, present(write, 'a write'), contextOf('key-1'));
        const [booked, ...others] = company.ledger().vouchers;
        assert.deepEqual(others, []);
        const postings = present(booked, 'the voucher').postings;
        assert.deepEqual(
          sums(postings.map(({ account, amount }) => [String(account), Math.round(amount * 100)])),
          sums(listOf(wanted, 'lines').map((one) => [textOf(one, 'account'), Number(one['ore'])])),
        );
        const bases = postings
          .filter(({ vat }) => vat !== 0)
          .map(({ vat, amount }) => [`NO:${vat}`, -Math.round(amount * 100)] as const);
        const boxes = objectOf(objectOf(example, 'expect'), 'vat_boxes_ore');
        assert.deepEqual(
          sums(bases),
          sums(Object.entries(boxes).map(([box, ore]) => [box, Number(ore)])),
        );
        assert.deepEqual(company.outbox(), []);
      });
    });
  }
});

/** As the planner makes it. */
function voucherOf(example: WireObject, wanted: WireObject): Voucher {
  const [result] = runExamples([example]);
  assert.equal(result?.result, 'pass');
  const { lines } = present(result?.vouchers[0], 'the voucher');
  return {
    date: day(textOf(wanted, 'date')),
    text: textOf(wanted, 'text'),
    currency: 'NOK',
    origin: { system: 'example', account: '1', id: textOf(example, 'id') },
    rows: lines.map(({ account, ore }) => {
      return { account, amount: money(BigInt(ore), 'NOK'), text: '', why: 'example', role: '' };
    }),
  };
}

function sums(of: readonly (readonly [string, number])[]): Readonly<Record<string, number>> {
  const all: Record<string, number> = {};
  for (const [name, ore] of of) all[name] = (all[name] ?? 0) + ore;
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}
