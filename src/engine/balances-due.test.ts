import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { areBalancesDue, type MadeBalances } from './balances-due.ts';

/** 3 May 2026, 12:00 in Stockholm. */
const NOON = Date.parse('2026-05-03T10:00:00Z');
const MINUTE_MS = 60_000;

function isDue(minutesAgo: number | null, change: Partial<MadeBalances> = {}): boolean {
  const madeAtMs = minutesAgo === null ? null : NOON - minutesAgo * MINUTE_MS;
  const made = { madeAtMs, times: ['04:00'], isStale: false, ...change };
  return areBalancesDue(made, 'Europe/Stockholm', NOON);
}

describe('areBalancesDue', () => {
  test('is so at once, and then when a time has come', () => {
    // Eight hours since 04:00 are 480 minutes.
    assert.deepEqual([isDue(null), isDue(479), isDue(480), isDue(481)], [true, false, false, true]);
    assert.equal(isDue(5_000, { times: [] }), false);
  });

  test('is so five minutes after what was made before a change', () => {
    const isStale = true;
    assert.deepEqual([isDue(4, { isStale }), isDue(5, { isStale })], [false, true]);
  });
});
