import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Voucher } from '../../domain/posting/voucher.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { describeNeed } from '../../text/ledger-needs.ts';
import { contextOf, voucherWrite } from '../../testing/target-contract/delivery.ts';
import { testVoucher, type TestRow } from '../../testing/target-contract/vouchers.ts';
import { withTripletex, type TripletexUnderTest } from './bench-for-test.ts';

type Case = {
  readonly title: string;
  readonly rows: readonly TestRow[];
  readonly settings?: Readonly<Record<string, string>>;
  readonly arrange?: (under: TripletexUnderTest) => void;
  readonly refusals: readonly Refusal[];
};

const needs = { code: 'ledger-needs', system: 'Tripletex' } as const;

/** What was met in a real company, brought about in the simulated one. */
const CASES: readonly Case[] = [
  {
    title: 'a row on 1500 of nobody',
    rows: [
      ['1500', 100n],
      ['3900', -100n],
    ],
    refusals: [{ ...needs, need: 'customer', account: '1500', about: '' }],
  },
  {
    title: 'a row on 2400 of nobody',
    rows: [
      ['1920', 100n],
      ['2400', -100n],
    ],
    refusals: [{ ...needs, need: 'supplier', account: '2400', about: '' }],
  },
  {
    title: 'a collective customer that there is not',
    settings: { collectiveCustomer: '77' },
    rows: [
      ['1500', 100n],
      ['3900', -100n],
    ],
    refusals: [{ ...needs, need: 'customer', account: '1500', about: '' }],
  },
  {
    title: 'a day whose bank statement is reconciled',
    arrange: ({ company }) => company.set({ reconciledTo: { 1920: '2026-05-31' } }),
    rows: [
      ['1920', 100n],
      ['3900', -100n],
    ],
    refusals: [{ ...needs, need: 'open-statement', account: '1920', about: '2026-05-31' }],
  },
  {
    title: 'an account that is locked to another VAT code',
    arrange: ({ company }) => {
      company.set({ accounts: { 3000: { vatLocked: true, vatType: 3 } } });
    },
    rows: [
      ['1579', 100n],
      ['3000', -100n],
    ],
    refusals: [{ ...needs, need: 'locked-vat-code', account: '3000', about: '0' }],
  },
  {
    title: 'a VAT code that the account does not take',
    arrange: ({ company }) => company.set({ accounts: { 1200: { vatType: 3 } } }),
    rows: [
      ['1579', 125n],
      ['1200', -100n],
      ['2700', -25n],
    ],
    refusals: [{ ...needs, need: 'vat-code', account: '1200', about: '3' }],
  },
];

async function refusalsOf({ rows, settings, arrange }: Case, language: 'nb' | 'en') {
  let refusals: readonly Refusal[] = [];
  await withTripletex(settings === undefined ? {} : { settings }, async (bench, under) => {
    under.company.set({ language });
    arrange?.(under);
    const voucher: Voucher = testVoucher(bench.ledger, { rows });
    const outcome = await bench.target.write(
      await voucherWrite(bench, voucher),
      contextOf('key-1'),
    );
    assert.equal(outcome.kind, 'refused');
    refusals = outcome.kind === 'refused' ? outcome.refusals : [];
    assert.deepEqual(bench.run.booked(), []);
  });
  return refusals;
}

describe('what Tripletex refuses', () => {
  for (const one of CASES) {
    for (const language of ['nb', 'en'] as const) {
      test(`is told as ${one.title}, whatever it says in ${language}`, async () => {
        const found = await refusalsOf(one, language);
        // Of an account that is locked but has its own code, only which one is sent can be told.
        assert.deepEqual(found, one.refusals);
      });
    }
  }

  test('is said in every language with account and what to do', () => {
    for (const { refusals } of CASES) {
      const [refusal] = refusals;
      assert.ok(refusal?.code === 'ledger-needs');
      const said = (['en', 'sv', 'nb'] as const).map((one) => describeNeed(refusal, one));
      assert.equal(new Set(said).size, 3);
      for (const text of said) assert.ok(text.includes(refusal.account) && text.includes('. '));
    }
  });
});
