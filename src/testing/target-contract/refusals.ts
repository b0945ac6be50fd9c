import assert from 'node:assert/strict';
import type { Voucher } from '../../domain/posting/voucher.ts';
import type { RefusalCode } from '../../domain/refusal.ts';
import { encodeJson } from '../../lib/json.ts';
import type { Bench } from './bench.ts';
import type { Check } from './check.ts';
import { contextOf, done, failureOf, voucherWrite } from './delivery.ts';
import type { Situation, TrialLedger } from './trial.ts';
import { testVoucher } from './vouchers.ts';

/** A state of the ledger that stops a voucher, and what the refusal must name. */
type Obstacle = {
  readonly title: string;
  readonly situation: (ledger: TrialLedger) => Situation | null;
  readonly voucher?: (ledger: TrialLedger) => Voucher;
  readonly names: (ledger: TrialLedger) => readonly string[];
  /** How a person is told this in every language. The system's own words will do. */
  readonly code: RefusalCode;
};

const OBSTACLES: readonly Obstacle[] = [
  {
    title: 'a locked period',
    situation: ({ day }) => ({ kind: 'locked', upTo: day }),
    names: ({ day }) => [`"lockedTo":"${day}"`],
    code: 'period-locked',
  },
  {
    title: 'a day without a financial year',
    situation: () => null,
    voucher: (ledger) => testVoucher(ledger, { date: ledger.dayWithoutYear }),
    names: ({ dayWithoutYear }) => [dayWithoutYear],
    code: 'year-missing',
  },
  {
    title: 'an inactive account',
    situation: ({ accounts }) => ({ kind: 'account-inactive', account: accounts.sales }),
    names: ({ accounts }) => [accounts.sales],
    code: 'account-inactive',
  },
  {
    title: 'an account that there is not',
    situation: () => null,
    voucher: (ledger) => withAccount(ledger, ledger.accounts.missing),
    names: ({ accounts }) => [accounts.missing],
    code: 'account-unknown',
  },
  {
    title: 'a series that takes no vouchers',
    situation: () => null,
    voucher: (ledger) => testVoucher(ledger, { series: ledger.series.closed }),
    names: ({ series }) => [`"${series.closed}"`],
    code: 'series-not-manual',
  },
  {
    title: 'a series that there is not',
    situation: () => null,
    voucher: (ledger) => testVoucher(ledger, { series: ledger.series.missing }),
    names: ({ series }) => [`"${series.missing}"`],
    code: 'series-unknown',
  },
  {
    title: 'an account that needs a cost centre',
    situation: ({ accounts }) => {
      return { kind: 'account-needs', account: accounts.sales, dimension: 'costCentre' };
    },
    names: ({ accounts }) => [accounts.sales],
    code: 'cost-centre-required',
  },
  {
    title: 'an account that needs a project',
    situation: ({ accounts }) => {
      return { kind: 'account-needs', account: accounts.sales, dimension: 'project' };
    },
    names: ({ accounts }) => [accounts.sales],
    code: 'project-required',
  },
  {
    title: 'a cost centre that there is not',
    situation: () => null,
    voucher: (ledger) => withDimension(ledger, { costCentre: 'QX' }),
    names: () => ['QX'],
    code: 'cost-centre-unknown',
  },
  {
    title: 'a project that there is not',
    situation: () => null,
    voucher: (ledger) => withDimension(ledger, { project: 'QX' }),
    names: () => ['QX'],
    code: 'project-unknown',
  },
];

/** What the ledger does not take is refused in words, for certain, and nothing is booked. */
export function checkRefusals(check: Check, answers: Answers): void {
  for (const obstacle of OBSTACLES) {
    check(`refuses ${obstacle.title} by its name, and books nothing`, async (bench) => {
      const { ledger } = bench;
      const voucher = obstacle.voucher?.(ledger) ?? testVoucher(ledger);
      // Planned before the state changed, as when a person changes it meanwhile.
      const write = await voucherWrite(bench, voucher);
      const situation = obstacle.situation(ledger);
      if (situation !== null) await bench.run.arrange(situation);
      const outcome = await bench.target.write(write, contextOf('key-1'));
      assert.equal(outcome.kind, 'refused', encodeJson(outcome));
      const refusals = outcome.kind === 'refused' ? outcome.refusals : [];
      for (const name of obstacle.names(ledger)) assert.ok(encodeJson(refusals).includes(name));
      assert.equal(refusals.length, 1);
      const code = refusals[0]?.code;
      assert.ok(code === obstacle.code || code === 'target-refused', encodeJson(refusals));
      assert.equal(bench.run.booked().length, 0);
      assert.deepEqual(await bench.target.find(write, contextOf('key-1')), []);
    });
  }

  check('says of a locked period which day the document is of', async (bench) => {
    const { ledger } = bench;
    const write = await voucherWrite(bench, testVoucher(ledger, { date: ledger.lastYear }));
    await bench.run.arrange({ kind: 'locked', upTo: ledger.day });
    const outcome = await bench.target.write(write, contextOf('key-1'));
    assert.deepEqual(outcome, {
      kind: 'refused',
      refusals: [{ code: 'period-locked', date: ledger.lastYear, lockedTo: ledger.day }],
    });
  });

  checkAnswers(check, answers);
}

type Answers = {
  readonly malformed: readonly string[];
  readonly forbidden: readonly string[];
};

function checkAnswers(check: Check, { malformed, forbidden }: Answers): void {
  for (const answer of malformed) {
    check(`calls it our bug when the system answers ${answer}`, async (bench) => {
      await expectAnswer(bench, { answer, kind: 'bug' });
    });
  }
  for (const answer of forbidden) {
    check(`asks for a right or licence when the system answers ${answer}`, async (bench) => {
      await expectAnswer(bench, { answer, kind: 'setup' });
    });
  }

  for (const kind of ['no-right', 'no-licence'] as const) {
    check(`asks a person when there is ${kind.replace('-', ' ')}`, async (bench) => {
      const write = await voucherWrite(bench, testVoucher(bench.ledger));
      await bench.run.arrange({ kind });
      const failure = await failureOf(bench, bench.target.write(write, contextOf('key-1')));
      assert.equal(failure.kind, 'setup');
      const look = await failureOf(bench, bench.target.find(write, contextOf('key-1')));
      assert.equal(look.kind, 'setup');
      assert.equal(bench.run.booked().length, 0);
    });
  }

  check('repeats nothing of an answer that holds its login', async (bench) => {
    const write = await voucherWrite(bench, testVoucher(bench.ledger));
    for (const status of [200, 400, 403, 404, 409, 422, 500]) {
      const told = { message: 'no', headers: [...bench.shelf.seen] };
      const body = Buffer.from(JSON.stringify(told));
      bench.between = async () => ({ status, headers: {}, body });
      for (const call of [
        () => bench.target.write(write, contextOf('key-1')),
        () => bench.target.survey({ from: bench.ledger.day, to: bench.ledger.day }),
      ]) {
        await Promise.resolve(call()).then(
          (value) => assert.ok(!isTold(encodeJson(value), bench), String(status)),
          () => failureOf(bench, call()),
        );
      }
      bench.between = null;
    }
    await done(bench.target, write, contextOf('key-1'));
  });
}

function isTold(text: string, bench: Bench): boolean {
  return [...bench.shelf.seen].some((secret) => text.includes(secret));
}

async function expectAnswer(
  bench: Bench,
  expected: { readonly answer: string; readonly kind: 'bug' | 'setup' },
): Promise<void> {
  const write = await voucherWrite(bench, testVoucher(bench.ledger));
  const { answer, kind } = expected;
  bench.run.fail({ kind: 'says', answer }, { kind: 'write', call: write.call });
  const failure = await failureOf(bench, bench.target.write(write, contextOf('key-1')));
  assert.equal(failure.kind, kind);
  assert.equal(bench.run.booked().length, 0);
}

function withAccount(ledger: TrialLedger, account: string): Voucher {
  return testVoucher(ledger, {
    rows: [
      [ledger.accounts.money, 100n],
      [account, -100n],
    ],
  });
}

function withDimension(
  ledger: TrialLedger,
  dimension: { readonly costCentre?: string; readonly project?: string },
): Voucher {
  const { money, sales } = ledger.accounts;
  return testVoucher(ledger, {
    rows: [
      [money, 100n],
      [sales, -100n, dimension],
    ],
  });
}
