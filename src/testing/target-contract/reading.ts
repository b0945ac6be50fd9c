import assert from 'node:assert/strict';
import { present } from '../../lib/assert.ts';
import { yearOf } from '../../domain/books.ts';
import { plusDays } from '../../domain/date.ts';
import type { LedgerFinding } from '../../ports/health.ts';
import type { LedgerVoucher } from '../../ports/target.ts';
import type { Check } from './check.ts';
import { book, bothYears, contextOf, done, voucherWrite, yearAround } from './delivery.ts';
import type { BookedVoucher, Situation, TrialLedger } from './trial.ts';
import { testVoucher, type TestRow } from './vouchers.ts';

/** What is read of the books, of the ledger and of our own keys is what stands there. */
export function checkReading(check: Check): void {
  checkBooks(check);
  checkLedger(check);
  checkSurvey(check);
  checkHealth(check);
}

function checkBooks(check: Check): void {
  check('reads accounts, series, lock and years as they stand', async (bench) => {
    const { ledger, run } = bench;
    const { money, sales, vat, missing } = ledger.accounts;
    await run.arrange({ kind: 'account-inactive', account: money });
    await run.arrange({ kind: 'account-needs', account: sales, dimension: 'costCentre' });
    await run.arrange({ kind: 'account-needs', account: vat, dimension: 'project' });
    await run.arrange({ kind: 'locked', upTo: ledger.lastYear });
    const books = await bench.target.readBooks(bothYears(bench));
    for (const day of [ledger.day, ledger.lastYear]) {
      const accounts = books.accounts?.[present(yearOf(books, day), day).id] ?? {};
      assert.equal(accounts[money]?.active, false);
      assert.equal(accounts[sales]?.costCentre, 'mandatory');
      assert.equal(accounts[sales]?.active, true);
      assert.equal(accounts[vat]?.project, 'mandatory');
      assert.equal(accounts[missing], undefined);
    }
    assert.equal(yearOf(books, ledger.dayWithoutYear), null);
    assert.equal(books.lockedTo, ledger.lastYear);
    assert.equal(books.series?.[ledger.series.open]?.manual, true);
    assert.equal(books.series?.[ledger.series.closed]?.manual, false);
    assert.equal(books.series?.[ledger.series.missing], undefined);
  });

  check('reads no lock where nothing is locked', async (bench) => {
    const books = await bench.target.readBooks(yearAround(bench.ledger.day));
    assert.equal(books.lockedTo, null);
  });

  check('reads the accounts of the years that are asked about', async (bench) => {
    const books = await bench.target.readBooks(yearAround(bench.ledger.day));
    const year = present(yearOf(books, bench.ledger.day), 'the year');
    assert.deepEqual(Object.keys(books.accounts ?? {}), [year.id]);
  });

  check('reads registers to the end of their last page', async (bench) => {
    const codes = Array.from({ length: bench.ledger.pageSize + 1 }, (_, i) => `C${i}`);
    await bench.run.arrange({ kind: 'cost-centres', codes });
    await bench.run.arrange({ kind: 'projects', codes });
    for (const code of codes.slice(0, 30)) {
      await bench.run.arrange({ kind: 'series', code, manual: true });
    }
    const books = await bench.target.readBooks(yearAround(bench.ledger.day));
    for (const code of codes) {
      assert.equal(books.costCentres?.[code]?.active, true, code);
      assert.equal(books.projects?.[code]?.active, true, code);
    }
    for (const code of codes.slice(0, 30)) assert.equal(books.series?.[code]?.manual, true);
  });

  check('knows nothing of registers that the login may not read', async (bench) => {
    await bench.run.arrange({ kind: 'no-registers' });
    const books = await bench.target.readBooks(yearAround(bench.ledger.day));
    assert.equal(books.costCentres, null);
    assert.equal(books.projects, null);
    await book(bench, testVoucher(bench.ledger), 'key-1');
  });
}

function checkLedger(check: Check): void {
  check('reads the ledger row by row, with cost centres and projects', async (bench) => {
    const { ledger, run, target } = bench;
    const { money, sales, vat } = ledger.accounts;
    await run.arrange({ kind: 'cost-centres', codes: ['21'] });
    await run.arrange({ kind: 'projects', codes: ['P7'] });
    const rows: readonly TestRow[] = [
      [money, 999_999_999_99n, { text: 'Kontokort åäö' }],
      [sales, -999_999_999_91n, { costCentre: '21', project: 'P7' }],
      [vat, -8n],
    ];
    await book(bench, testVoucher(ledger, { rows }), 'key-1');
    await book(bench, testVoucher(ledger), 'key-2');
    await book(bench, testVoucher(ledger, { date: ledger.lastYear }), 'key-3');
    assert.deepEqual(shown(await target.readLedger(bothYears(bench))), inLedger(run.booked()));
    const days = { from: ledger.day, to: ledger.day };
    const sameDay = run.booked().filter((voucher) => voucher.date === ledger.day);
    assert.deepEqual(shown(await target.readLedger(days)), inLedger(sameDay));
    const other = plusDays(ledger.day, 1);
    assert.deepEqual(await target.readLedger({ from: other, to: other }), []);
  });

  check('names each voucher of the ledger as the write that made it did', async (bench) => {
    const { ledger } = bench;
    const first = await book(bench, testVoucher(ledger), 'key-1');
    const second = await book(bench, testVoucher(ledger, { date: ledger.lastYear }), 'key-2');
    const vouchers = await bench.target.readLedger(bothYears(bench));
    const byDay = new Map(vouchers.map((voucher) => [voucher.date, voucher]));
    for (const [day, remote] of [
      [ledger.day, first],
      [ledger.lastYear, second],
    ] as const) {
      assert.equal(byDay.get(day)?.id, remote.id);
      assert.equal(byDay.get(day)?.label, remote.label);
    }
    assert.notEqual(first.id, second.id);
  });
}

function checkSurvey(check: Check): void {
  for (const situation of [null, 'keys-not-listed'] as const) {
    const when = situation === null ? '' : ', also when lists leave them out';
    check(`gives every key of the period and only those${when}`, async (bench) => {
      if (situation !== null) await bench.run.arrange({ kind: situation });
      const { ledger, target } = bench;
      const before = plusDays(ledger.day, -1);
      await book(bench, testVoucher(ledger, { date: before }), 'key-before');
      await book(bench, testVoucher(ledger), 'key-1');
      await book(bench, testVoucher(ledger), 'key-10');
      await book(bench, testVoucher(ledger, { date: ledger.lastYear }), 'key-last-year');
      const days = { from: ledger.day, to: ledger.day };
      assert.deepEqual([...(await target.survey(days))].sort(), ['key-1', 'key-10']);
      assert.deepEqual([...(await target.survey(bothYears(bench)))].sort(), [
        'key-1',
        'key-10',
        'key-before',
        'key-last-year',
      ]);
    });
  }

  check('gives the keys of more vouchers than one page holds', async (bench) => {
    const count = bench.ledger.pageSize + 1;
    const write = await voucherWrite(bench, testVoucher(bench.ledger));
    for (let i = 0; i < count; i += 1) {
      await done(bench.target, write, contextOf(`key-${i}`));
    }
    const keys = await bench.target.survey(bothYears(bench));
    assert.equal(keys.length, count);
    assert.equal(new Set(keys).size, count);
    const [found, ...others] = await bench.target.find(write, contextOf(`key-${count - 1}`));
    assert.deepEqual([found?.differences, others], [[], []]);
  });
}

/** A state that would stop a voucher, and what the health card must name of it. */
const PROBLEMS: readonly {
  readonly title: string;
  readonly situation: (ledger: TrialLedger) => Situation;
  readonly names: (ledger: TrialLedger) => RegExp;
}[] = [
  {
    title: 'the series, when it takes no vouchers',
    situation: ({ series }) => ({ kind: 'series', code: series.open, manual: false }),
    names: ({ series }) => new RegExp(`\\b${series.open}\\b`),
  },
  {
    title: 'the day, when it has no financial year',
    situation: ({ day }) => ({ kind: 'no-year', of: day }),
    names: ({ day }) => new RegExp(day.slice(0, 4)),
  },
  {
    title: 'the lock, when the period is closed',
    situation: ({ day }) => ({ kind: 'locked', upTo: plusDays(day, 300) }),
    names: ({ day }) => new RegExp(plusDays(day, 300)),
  },
  {
    title: 'the licence, when there is none',
    situation: () => ({ kind: 'no-licence' }),
    names: () => /licen[cs]/i,
  },
  {
    title: 'the right, when there is none',
    situation: () => ({ kind: 'no-right' }),
    names: () => /right|may not|beh[öo]righet/i,
  },
  {
    title: 'the connection, when it cannot be reached',
    situation: () => ({ kind: 'offline' }),
    names: () => /reach|broke/,
  },
];

function checkHealth(check: Check): void {
  check('finds nothing to mend where nothing is wrong', async (bench) => {
    const items = await bench.target.examine(yearAround(bench.ledger.day), [null]);
    assert.ok(items.length > 0);
    for (const one of items) assert.equal(one.state, 'ok', factsOf(one));
  });

  for (const { title, situation, names } of PROBLEMS) {
    check(`names ${title}`, async (bench) => {
      const { ledger } = bench;
      await bench.run.arrange(situation(ledger));
      const items = await bench.target.examine({ from: ledger.day, to: ledger.day }, [null]);
      const problems = items.filter((item) => item.state === 'problem');
      assert.match(problems.map(factsOf).join('\n'), names(ledger));
    });
  }

  for (const kind of ['closed', 'missing'] as const) {
    check(`names the ${kind} series that a flow books in, and its own no more`, async (bench) => {
      const { day, series } = bench.ledger;
      await bench.run.arrange({ kind: 'series', code: series.open, manual: false });
      const items = await bench.target.examine({ from: day, to: day }, [series[kind]]);
      const says = items.flatMap((item) => (item.state === 'problem' ? [factsOf(item)] : []));
      assert.equal(says.length, 1, says.join('\n'));
      assert.match(says[0] ?? '', new RegExp(`\\b${series[kind]}\\b`));
    });
  }

  check('names the registers that it may not read, as a warning', async (bench) => {
    await bench.run.arrange({ kind: 'no-registers' });
    const items = await bench.target.examine(yearAround(bench.ledger.day), [null]);
    assert.ok(items.some((item) => item.state === 'warning'));
    assert.ok(items.every((item) => item.state !== 'problem'));
  });
}

/** A finding with its figures, as far as words are made of them. */
function factsOf({ code, facts }: LedgerFinding): string {
  return `${code}: ${Object.values(facts).join(' | ')}`;
}

function shown(vouchers: readonly LedgerVoucher[]): readonly string[] {
  return vouchers
    .map(({ label, date, text, rows }) => {
      const words = rows.map(({ account, minor, text: said, costCentre, project }) =>
        [account, minor, said, costCentre ?? '', project ?? ''].join('|'),
      );
      return [label, date, text, ...words].join('\n');
    })
    .sort();
}

function inLedger(booked: readonly BookedVoucher[]): readonly string[] {
  return booked
    .map(({ label, date, text, rows }) => {
      const words = rows.map((row) =>
        [row.account, row.debit - row.credit, row.text, row.costCentre, row.project].join('|'),
      );
      return [label, date, text, ...words].join('\n');
    })
    .sort();
}
