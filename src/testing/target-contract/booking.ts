import assert from 'node:assert/strict';
import fc from 'fast-check';
import { present } from '../../lib/assert.ts';
import { encodeJson } from '../../lib/json.ts';
import type { Bench } from './bench.ts';
import type { Check } from './check.ts';
import {
  book,
  bothYears,
  contextOf,
  done,
  postStep,
  routed,
  stepsFor,
  voucherWrite,
} from './delivery.ts';
import {
  balances,
  mirrored,
  rowsBooked,
  rowsWanted,
  testVoucher,
  type TestRow,
} from './vouchers.ts';

/** Vouchers of a property, each a handful of calls. */
const RUNS = 25;
const ROWS_MAX = 12;

/** What is booked is what was sent, to the öre. */
export function checkBooking(check: Check): void {
  check('books debit and credit as given, to the öre', async (bench) => {
    const remote = await book(bench, testVoucher(bench.ledger), 'key-1');
    const { money, sales } = bench.ledger.accounts;
    const [voucher, ...others] = bench.run.booked();
    assert.deepEqual(others, []);
    assert.deepEqual(rowsBooked(voucher), [
      `${money} debit 100005 credit 0`,
      `${sales} debit 0 credit 100005`,
    ]);
    assert.equal(remote.label, voucher?.label, 'the answer names the voucher as its users do');
  });

  check('books on the day, in the series and with the texts given', async (bench) => {
    const { ledger } = bench;
    const rows: readonly TestRow[] = [
      [ledger.accounts.money, 250n, { text: 'Kontokort' }],
      [ledger.accounts.sales, -250n, { text: 'Försäljning 25 %' }],
    ];
    await book(bench, testVoucher(ledger, { text: 'Dagskassa Åkes Äpplen', rows }), 'key-1');
    const [voucher] = bench.run.booked();
    assert.equal(voucher?.date, ledger.day);
    assert.equal(voucher?.series, ledger.series.open);
    assert.equal(voucher?.text, 'Dagskassa Åkes Äpplen');
    assert.deepEqual(
      voucher?.rows.map((row) => row.text),
      ['Kontokort', 'Försäljning 25 %'],
    );
  });

  for (const minor of [1n, 7n, 10n, 99n, 57_30n, 1_000_000n, 999_999_999_99n]) {
    check(`books an amount of ${minor} minor units exactly`, async (bench) => {
      const { money, sales } = bench.ledger.accounts;
      const rows = [[money, minor] as const, [sales, -minor] as const];
      const voucher = testVoucher(bench.ledger, { rows });
      await book(bench, voucher, 'key-1');
      assert.deepEqual(rowsBooked(bench.run.booked()[0]), rowsWanted(voucher));
    });
  }

  check('books any voucher that balances, row by row', async (bench) => {
    const write = await anyVouchers(bench);
    await fc.assert(fc.asyncProperty(amounts(), write), { numRuns: RUNS });
  });

  check('keeps cost centre and project on the rows that have them', async (bench) => {
    const { ledger } = bench;
    await bench.run.arrange({ kind: 'cost-centres', codes: ['21', 'B'] });
    await bench.run.arrange({ kind: 'projects', codes: ['P7'] });
    const rows: readonly TestRow[] = [
      [ledger.accounts.money, 300n],
      [ledger.accounts.sales, -100n, { costCentre: '21' }],
      [ledger.accounts.sales, -150n, { costCentre: 'B', project: 'P7' }],
      [ledger.accounts.vat, -50n, { project: 'P7' }],
    ];
    const voucher = testVoucher(ledger, { rows });
    await book(bench, voucher, 'key-1');
    assert.deepEqual(rowsBooked(bench.run.booked()[0]), rowsWanted(voucher));
  });

  checkYears(check);
  checkReversal(check);
  checkTexts(check);
  checkRoute(check);
}

function checkYears(check: Check): void {
  check('books in the year of the day, also when people work in another', async (bench) => {
    await bench.run.arrange({ kind: 'year-by-default' });
    const { lastYear } = bench.ledger;
    const voucher = testVoucher(bench.ledger, { date: lastYear });
    const write = await voucherWrite(bench, voucher);
    const remote = await done(bench.target, write, contextOf('key-1'));
    assert.equal(bench.run.booked()[0]?.date, lastYear);
    const [found, ...others] = await bench.target.find(write, contextOf('key-1'));
    assert.deepEqual(others, []);
    assert.deepEqual(found, { remote, differences: [] });
  });
}

function checkReversal(check: Check): void {
  check('brings every account back to zero with a mirrored voucher', async (bench) => {
    const { money, sales, vat } = bench.ledger.accounts;
    const rows: readonly TestRow[] = [
      [money, 12_500_07n],
      [sales, -10_000_05n],
      [vat, -2_500_02n],
    ];
    const voucher = testVoucher(bench.ledger, { rows });
    await book(bench, voucher, 'key-1');
    await book(bench, mirrored(voucher), 'key-2');
    const sums = balances(bench.run.booked());
    assert.equal(sums.size, rows.length);
    for (const [account, sum] of sums) assert.equal(sum, 0n, account);
  });
}

const SIGNS = 'Pant <25 %> "öl" {x} [y] | ~ \'z\' 🎉\tslut\u0000 e\u0301';
const LONG = 'Ö'.repeat(1_500);
/** Letters that take two units of UTF-16: a cut must not fall within one. */
const LONG_PAIRS = `x${'\u{10400}'.repeat(700)}`;

function checkTexts(check: Check): void {
  for (const [what, text] of [
    ['letters', LONG],
    ['letters outside the usual plane', LONG_PAIRS],
  ] as const) {
    check(`cuts a text of too many ${what} visibly, and says so`, async (bench) => {
      const { money, sales } = bench.ledger.accounts;
      const rows: readonly TestRow[] = [
        [money, 100n, { text }],
        [sales, -100n, { text: 'kort' }],
      ];
      const voucher = testVoucher(bench.ledger, { text, rows });
      const route = bench.target.route([postStep(voucher)], await knownBooks(bench));
      const notices = route.kind === 'route' ? route.notices : [];
      await book(bench, voucher, 'key-1');
      const [booked] = bench.run.booked();
      for (const shown of [booked?.text ?? '', booked?.rows[0]?.text ?? '']) {
        assert.match(shown, /(\.\.\.|…)$/u, 'the cut is seen');
        assert.ok(text.startsWith(shown.replace(/(\.\.\.|…)$/u, '')), 'the beginning is kept');
        assert.deepEqual(
          notices.find((notice) => notice.code === 'text-shortened' && notice.to === shown),
          { code: 'text-shortened', from: text, to: shown },
        );
      }
      assert.equal(booked?.rows[1]?.text, 'kort');
    });
  }

  check('replaces signs that the system refuses, and keeps the words', async (bench) => {
    const { money, sales } = bench.ledger.accounts;
    const rows: readonly TestRow[] = [
      [money, 100n, { text: SIGNS }],
      [sales, -100n, { text: SIGNS }],
    ];
    await book(bench, testVoucher(bench.ledger, { text: SIGNS, rows }), 'key-1');
    const [booked] = bench.run.booked();
    for (const text of [booked?.text, booked?.rows[0]?.text]) {
      assert.equal(wordsOf(text ?? ''), 'Pant 25 öl x y z slut é');
    }
  });

  check('books whatever text a source can send', async (bench) => {
    const books = await knownBooks(bench);
    let count = 0;
    const law = async (text: string): Promise<void> => {
      count += 1;
      const voucher = testVoucher(bench.ledger, { text: `x${text}` });
      const rows = voucher.rows.map((row) => ({ ...row, text }));
      const write = await voucherWrite(bench, { ...voucher, rows }, books);
      await done(bench.target, write, contextOf(`key-${count}`));
    };
    await fc.assert(fc.asyncProperty(anyText(), law), { numRuns: RUNS * 2 });
  });
}

function checkRoute(check: Check): void {
  check('routes the same way twice, and leaves what it is given as it was', async (bench) => {
    const books = deepFreeze(await knownBooks(bench));
    const steps = deepFreeze(stepsFor(bench, testVoucher(bench.ledger, { text: LONG })));
    const before = bench.sent.length;
    const route = bench.target.route(steps, books);
    assert.equal(encodeJson(bench.target.route(steps, books)), encodeJson(route));
    assert.equal(encodeJson(bench.another().route(steps, books)), encodeJson(route));
    assert.equal(bench.sent.length, before, 'nothing is read');
  });

  check('names each write of a route once, and the call it makes', async (bench) => {
    const writes = await routed(bench, stepsFor(bench, testVoucher(bench.ledger)));
    assert.equal(new Set(writes.map((write) => write.id)).size, writes.length);
    for (const { call } of writes) assert.match(call, /^(POST|PUT|DELETE) \/\S+$/);
  });

  check('refuses a currency that the books are not kept in, before any call', async (bench) => {
    const { foreignCurrency: currency } = bench.ledger;
    const steps = [postStep(testVoucher(bench.ledger, { currency }))];
    const books = await knownBooks(bench);
    const before = bench.sent.length;
    const route = bench.target.route(steps, books);
    assert.equal(route.kind, 'cannot');
    assert.match(encodeJson(route), new RegExp(currency), 'the currency is named');
    assert.equal(bench.sent.length, before);
  });

  check('takes the documents that the connector says it takes', async (bench) => {
    assert.deepEqual(bench.target.capabilities.takes, bench.under.connector.takes);
    assert.ok(bench.target.capabilities.takes.length > 0);
  });
}

function knownBooks(bench: Bench) {
  return bench.target.readBooks(bothYears(bench));
}

/** Some amounts in minor units, not 0: the last row takes up what is left. */
function amounts(): fc.Arbitrary<readonly bigint[]> {
  const one = fc.bigInt({ min: -99_999_999_99n, max: 99_999_999_99n }).filter((n) => n !== 0n);
  return fc.array(one, { minLength: 1, maxLength: ROWS_MAX });
}

async function anyVouchers(bench: Bench): Promise<(some: readonly bigint[]) => Promise<void>> {
  const books = await knownBooks(bench);
  const { money, sales, vat } = bench.ledger.accounts;
  let count = 0;
  return async (some) => {
    const rest = -some.reduce((sum, minor) => sum + minor, 0n);
    fc.pre(rest !== 0n);
    count += 1;
    const rows = some.map((minor, i): TestRow => [i % 2 === 0 ? sales : vat, minor]);
    const voucher = testVoucher(bench.ledger, { rows: [...rows, [money, rest]] });
    const write = await voucherWrite(bench, voucher, books);
    const { label } = await done(bench.target, write, contextOf(`key-${count}`));
    const booked = bench.run.booked().find((one) => one.label === label);
    assert.deepEqual(rowsBooked(present(booked, label)), rowsWanted(voucher));
  };
}

/** Anything that JSON can carry, also halves of letters. */
function anyText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'binary-ascii', maxLength: 300 }),
    fc.constantFrom('\ud801', 'a\udc00b', '\u0000', '\u202e', '\r\n\t', ' ', '', 'e\u0301'),
    fc.constantFrom('\u{1f469}\u200d\u{1f33e}', '\u{1f1f8}\u{1f1ea}'),
  );
}

function wordsOf(text: string): string {
  return (text.normalize('NFC').match(/[\p{L}\d]+/gu) ?? []).join(' ');
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}
