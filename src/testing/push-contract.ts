import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { UNKNOWN_BOOKS } from '../domain/books.ts';
import { day } from '../domain/date.ts';
import { preflight } from '../hub/push/preflight.ts';
import { PUSH_KEY_CHARS_MAX, pushState, type PushResult } from '../hub/push/take-push.ts';
import { emptyBooks, withPush, type PushBench, type Sent } from './push-contract/bench.ts';
import type { PushTrial, PushUnderTest } from './push-contract/trial.ts';
import { startTestServer, type TestServer } from './test-server.ts';

type Check = (title: string, body: (bench: PushBench) => Promise<void>) => void;

/**
 * What must hold of everything that a system pushes and waits for: a repeat is known as one, a key
 * stands for one thing, each of many is answered for itself, and what is missing is told before.
 *
 * A connector gets these tests for its giving what is pushed. They run on a hub of its own, before
 * a ledger that makes whatever it is asked for.
 */
export function pushContract(under: PushUnderTest): void {
  describe(`${under.connector.id}: pushes`, () => {
    let server: TestServer;
    before(async () => {
      server = await startTestServer();
    });
    after(() => server.stop());
    const check: Check = (title, body) => {
      test(title, () => withPush(under, server, body));
    };
    checkRepeats(check, under.trial);
    checkMany(check, under.trial);
    checkPreflight(check, under.trial);
  });
}

function sent({ thing }: PushTrial, name: string, key = `${name}-1`): Sent {
  return { externalId: name, key, body: thing({ externalId: name, key }) };
}

/** What the ledger calls all that a thing has become. */
function madeOf(result: PushResult | null | undefined): readonly string[] {
  assert.equal(result?.kind, 'delivered');
  return result.deliveries.flatMap(({ state, made }) => {
    assert.equal(state, 'done');
    return made.map(({ write, id }) => `${write} ${id}`);
  });
}

function checkRepeats(check: Check, trial: PushTrial): void {
  const once = sent(trial, 'thing:1');

  check('gives the same numbers to who sends the same again', async ({ push, ledger }) => {
    const [first] = await push(once);
    const made = madeOf(first);
    assert.ok(made.length > 0);
    const count = ledger.made.size;
    const [again] = await push(once);
    assert.deepEqual(madeOf(again), made);
    assert.equal(ledger.made.size, count);
  });

  check('makes it once when it comes several times at once', async ({ push, ledger }) => {
    const all = await Promise.all([push(once), push(once), push(once)]);
    const [first, ...others] = all.map(([result]) => madeOf(result));
    for (const other of others) assert.deepEqual(other, first);
    assert.equal(ledger.made.size, first?.length);
  });

  check('takes other content under a known key for a conflict', async (bench) => {
    const { push, ledger, hub, connectionId } = bench;
    const made = madeOf((await push(once))[0]);
    const [other] = await push({ ...once, body: { ...once.body, ...trial.change } });
    assert.deepEqual(other, { externalId: 'thing:1', kind: 'conflict' });
    const state = await pushState(hub, { connectionId, key: once.key, waitMs: 0 });
    assert.deepEqual(madeOf(state), made);
    assert.equal(ledger.made.size, made.length);
  });

  check('knows a key of as many characters as there may be', async ({ push }) => {
    const longest = sent(trial, 'thing:1', 'k'.repeat(PUSH_KEY_CHARS_MAX));
    const other = sent(trial, 'thing:2', `${'k'.repeat(PUSH_KEY_CHARS_MAX - 1)}x`);
    const [first, second] = await push(longest, other);
    assert.notDeepEqual(madeOf(first), madeOf(second));
    assert.deepEqual(madeOf((await push(longest))[0]), madeOf(first));
  });

  test('has no key that is longer than is taken', () => {
    assert.ok(trial.keys.length > 0, 'WRITE: contract.ts, keys as the system gives them');
    const tooLong = trial.keys.filter((key) => key.length > PUSH_KEY_CHARS_MAX);
    assert.deepEqual(tooLong, []);
  });
}

function checkMany(check: Check, trial: PushTrial): void {
  check('answers each of many for itself', async ({ push }) => {
    const known = sent(trial, 'thing:known');
    const made = madeOf((await push(known))[0]);
    const bad = sent(trial, 'thing:bad');
    const results = await push(
      sent(trial, 'thing:1'),
      { ...bad, body: { ...bad.body, ...trial.damage } },
      { ...known, body: { ...known.body, ...trial.change } },
    );
    assert.deepEqual(
      results.map(({ externalId, kind }) => [externalId, kind]),
      [
        ['thing:1', 'delivered'],
        ['thing:bad', 'unreadable'],
        ['thing:known', 'conflict'],
      ],
    );
    const [good, unreadable] = results;
    assert.ok(madeOf(good).length > 0);
    assert.ok(unreadable?.kind === 'unreadable' && unreadable.problems.length > 0);
    const [, repeated] = await push(sent(trial, 'thing:2'), known);
    assert.deepEqual(madeOf(repeated), made);
  });

  check('keeps none of the others when one is refused by the ledger', async ({ push, ledger }) => {
    const refusal = {
      code: 'target-refused',
      system: 'Ledger',
      said: 'No',
      theirCode: '1',
    } as const;
    ledger.writes.push(() => ({ kind: 'refused', refusals: [refusal] }));
    const results = await push(sent(trial, 'thing:1'), sent(trial, 'thing:2'));
    const states = results.map((one) =>
      one.kind === 'delivered' ? one.deliveries.map(({ state }) => state).join() : one.kind,
    );
    assert.deepEqual(states.toSorted(), ['done', 'held']);
  });
}

function checkPreflight(check: Check, trial: PushTrial): void {
  check('is told all that is missing at once, and nothing is written', async (bench) => {
    const { hub, company, connectionId, ledger } = bench;
    ledger.onBooks = async () => emptyBooks(UNKNOWN_BOOKS);
    const { externalId, body } = sent(trial, 'thing:1');
    const names = { accounts: [], costCentres: [], projects: [], customers: [] };
    const flight = await preflight(
      hub,
      { company, connectionId },
      {
        asked: { date: day('2026-05-12'), ...names },
        items: [{ externalId, text: JSON.stringify(body) }],
      },
    );
    const missing = (flight?.accounts ?? []).map(({ code, state }) => `${code} ${state}`);
    assert.deepEqual(
      missing.toSorted(),
      trial.accounts.map((code) => `${code} missing`).toSorted(),
    );
    const refused = (flight?.items ?? []).flatMap(({ previews }) =>
      previews.flatMap((one) =>
        one.kind === 'document' && one.outcome === 'held'
          ? one.refusals.flatMap((why) => (why.code === 'account-unknown' ? [why.account] : []))
          : [],
      ),
    );
    // And those of the ledger's own that it would be booked on, the customers' and VAT's.
    const told = new Set(refused);
    const untold = trial.accounts.filter((account) => !told.has(account));
    assert.deepEqual(untold, []);
    assert.deepEqual(ledger.calls, []);
    assert.deepEqual([...ledger.made], []);
  });
}
