import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { present } from '../../lib/assert.ts';
import { encodeJson } from '../../lib/json.ts';
import type { Failure } from '../../ports/errors.ts';
import type { HttpResponse } from '../../ports/http.ts';
import type { WriteOutcome } from '../../ports/target.ts';
import { sharedPath, skipWithout } from '../../testing/shared.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import { contextOf, failureOf, voucherWrite } from '../../testing/target-contract/delivery.ts';
import { testVoucher } from '../../testing/target-contract/vouchers.ts';
import { withFortnox } from './bench-for-test.ts';

/** Every error of Fortnox that is known, and where it is listed. */
const FACTS = sharedPath('specs', 'fortnox.facts.json');

/** What becomes of a voucher when Fortnox answers with an error. */
type Outcome = Failure['kind'] | 'refused';

/**
 * Every known code. `unanswered` for “done already” too: a voucher cannot be done already, so it is
 * looked for.
 */
const CODES: Readonly<Partial<Record<Outcome, readonly number[]>>> = {
  unanswered: [1_000_003, 2_003_127, 2_000_496, 2_000_861, 2_001_242, 2_001_350, 2_003_055],
  reconnect: [2_000_310, 2_000_311, 2_000_719, 2_003_241, 2_004_054],
  setup: [2_000_663, 2_001_101, 2_001_103, 2_001_339, 2_001_393, 2_002_455, 2_003_275, 2_003_277],
  bug: [
    1_000_030, 1_000_031, 2_000_134, 2_000_587, 2_000_588, 2_000_729, 2_001_392, 2_001_399,
    2_001_740, 2_002_115,
  ],
  refused: [
    2_000_013, 2_000_106, 2_000_107, 2_000_108, 2_000_166, 2_000_204, 2_000_342, 2_000_359,
    2_000_401, 2_000_423, 2_000_427, 2_000_428, 2_000_429, 2_000_430, 2_000_431, 2_000_432,
    2_000_433, 2_000_434, 2_000_435, 2_000_439, 2_000_513, 2_000_517, 2_000_550, 2_000_600,
    2_000_637, 2_000_755, 2_000_762, 2_000_947, 2_001_161, 2_001_265, 2_001_302, 2_001_303,
    2_001_304, 2_001_403, 2_001_411, 2_001_412, 2_001_700, 2_001_846, 2_002_462, 2_002_980,
    2_003_007, 2_003_095, 2_003_115, 2_003_124, 2_003_125, 2_003_126, 2_003_157, 2_003_498,
    2_003_977, 2_004_021, 2_004_052, 2_004_167, 2_004_194, 2_004_209, 2_004_217, 2_004_218,
    2_004_262, 2_004_263,
  ],
};

/** The status that a code comes with is hardly ever known: it must not decide. */
const STATUSES = [400, 403, 404] as const;

describe('refusalOf', () => {
  for (const [outcome, codes] of Object.entries(CODES)) {
    test(`is ${outcome} for each code that says so, whatever the status`, () =>
      withVoucher(async (fate) => {
        for (const code of codes) {
          for (const status of STATUSES) {
            const answer = { status, body: errorBody(code, 'Det gick inte.') };
            assert.equal(await fate(answer), outcome, `${code} with ${status}`);
          }
        }
      }));
  }

  test('leaves a doubt for any code that comes with a system error', () =>
    withVoucher(async (fate) => {
      for (const code of [1_000_003, 2_000_550, 9_999_999]) {
        const answer = { status: 500, body: errorBody(code, 'Det gick inte.') };
        assert.equal(await fate(answer), 'unanswered', String(code));
      }
    }));

  test('refuses for a code that nobody has seen', () =>
    withVoucher(async (fate) => {
      const answer = { status: 400, body: errorBody(2_999_999, 'Något nytt.') };
      assert.equal(await fate(answer), 'refused');
    }));

  for (const [status, outcome] of [
    [401, 'unreachable'],
    [403, 'setup'],
    [404, 'bug'],
    [408, 'unanswered'],
    [413, 'bug'],
    [429, 'busy'],
    [502, 'unanswered'],
  ] as const) {
    test(`is ${outcome} for a ${status} without an error of Fortnox's own`, () =>
      withVoucher(async (fate) => {
        assert.equal(await fate({ status, body: '{"message":"unauthorized"}' }), outcome);
        assert.equal(await fate({ status, body: '<h1>Nej</h1>' }), outcome);
      }));
  }
});

/** Fortnox's own words, and what a person is told in every language. */
const WORDS: readonly (readonly [code: number, message: string, refusal: object])[] = [
  [
    2_000_401,
    'Anna Ek har låst perioden t.o.m. 2026-06-30.',
    { code: 'period-locked', date: '2026-05-02', lockedTo: '2026-06-30' },
  ],
  [2_000_550, 'Konto 3001 är inte aktivt', { code: 'account-inactive', account: '3001', role: '' }],
  [2_001_304, 'Konto 3001 finns inte.', { code: 'account-unknown', account: '3001', role: '' }],
  [0, 'Verifikationsserien är inte manuell', { code: 'series-not-manual', series: 'K' }],
  [0, 'Ogiltig verifikationsserie angiven', { code: 'series-unknown', series: 'K' }],
  [
    0,
    'Kostnadsställe måste anges för konto 3001',
    { code: 'cost-centre-required', account: '3001' },
  ],
  [0, 'Projekt är obligatoriskt på konto 3001', { code: 'project-required', account: '3001' }],
  [
    2_000_423,
    'Kan inte hitta kontot.',
    {
      code: 'target-refused',
      system: 'Fortnox',
      said: 'Kan inte hitta kontot.',
      theirCode: '2000423',
    },
  ],
];

describe('what Fortnox says', () => {
  for (const [code, message, refusal] of WORDS) {
    test(`is told in our own words as far as we know them: “${message}”`, () =>
      withAnswer(async (bench, answer) => {
        for (const body of [errorBody(code, message), capitalBody(code, message)]) {
          const outcome = await answer({ status: 400, body });
          assert.deepEqual(outcome, { kind: 'refused', refusals: [refusal] });
        }
        assert.equal(bench.run.booked().length, 0);
      }));
  }

  test('is cut when it is longer than a person reads', () =>
    withAnswer(async (_, answer) => {
      const outcome = await answer({ status: 400, body: errorBody(1, 'x'.repeat(5_000)) });
      const [refusal] = outcome.kind === 'refused' ? outcome.refusals : [];
      assert.equal(refusal?.code === 'target-refused' ? refusal.said : '', 'x'.repeat(200));
    }));
});

describe('known codes', { skip: skipWithout(FACTS) }, () => {
  /** What the compiled facts call our outcomes. */
  const NAMES: Readonly<Record<string, readonly Outcome[]>> = {
    retry: ['unanswered'],
    idempotent: ['unanswered'],
    auth: ['reconnect', 'setup'],
    person: ['refused', 'setup'],
    bug: ['bug'],
    data: ['refused'],
  };

  test('are all listed here, with the outcome that the facts ask for', () => {
    const { errors } = JSON.parse(readFileSync(FACTS, 'utf8')) as {
      readonly errors: readonly { readonly code: number; readonly action: string }[];
    };
    const ours = new Map(
      Object.entries(CODES).flatMap(([outcome, codes]) => codes.map((code) => [code, outcome])),
    );
    assert.equal(ours.size, 88);
    assert.deepEqual(
      errors.map(({ code }) => code).sort((a, b) => a - b),
      [...ours.keys()].sort((a, b) => a - b),
    );
    for (const { code, action } of errors) {
      const outcome = present(ours.get(code), String(code)) as Outcome;
      assert.ok(NAMES[action]?.includes(outcome), `${code}: ${action}, and not ${outcome}`);
    }
  });
});

type Answer = { readonly status: number; readonly body: string };

/** The simulator stays behind the network; only what it answers to the voucher is another's. */
function withAnswer(
  body: (bench: Bench, answer: (with_: Answer) => Promise<WriteOutcome>) => Promise<void>,
): Promise<void> {
  return withFortnox(async (bench) => {
    const write = await voucherWrite(bench, testVoucher(bench.ledger));
    await body(bench, async (given) => {
      bench.between = async (request, http): Promise<HttpResponse> => {
        if (!request.url.includes('/3/vouchers')) return http.send(request);
        return { status: given.status, headers: {}, body: Buffer.from(given.body) };
      };
      return bench.target.write(write, contextOf('key-1'));
    });
  });
}

function withVoucher(
  body: (fate: (with_: Answer) => Promise<Outcome>) => Promise<void>,
): Promise<void> {
  return withAnswer(async (bench, answer) => {
    await body(async (given) => {
      const outcome = await answer(given).catch((error: unknown) => error);
      if (outcome instanceof Error) {
        return (await failureOf(bench, Promise.reject(outcome))).kind;
      }
      const { kind } = outcome as WriteOutcome;
      assert.ok(kind === 'refused', encodeJson(outcome));
      return kind;
    });
  });
}

function errorBody(code: number, message: string): string {
  return JSON.stringify({ ErrorInformation: { error: 1, message, code } });
}

function capitalBody(code: number, message: string): string {
  return JSON.stringify({ ErrorInformation: { Error: 1, Message: message, Code: code } });
}
