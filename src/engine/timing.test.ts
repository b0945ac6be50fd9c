import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Failure } from '../ports/errors.ts';
import { restFor } from './rest.ts';
import { retryWaitMs, TIMING } from './timing.ts';

describe('retryWaitMs', () => {
  test('doubles up to the longest', () => {
    const waits = [1, 2, 3, 8, 9, 400].map((attempt) => retryWaitMs(TIMING, attempt));
    assert.deepEqual(waits, [2_000, 4_000, 8_000, 256_000, 300_000, 300_000]);
  });
});

describe('TIMING', () => {
  test('gives a call up before the deadline that it left under', () => {
    assert.ok(TIMING.callMs < TIMING.deadlineMs);
  });

  test('looks the last time no earlier than a call that was given up can still take', () => {
    assert.ok(TIMING.secondLookMs >= TIMING.callMs);
  });
});

describe('restFor', () => {
  const cases: readonly (readonly [Failure, unknown])[] = [
    [
      { kind: 'busy', waitMs: 750 },
      { kind: 'unavailable', waitMs: 750, says: 'so' },
    ],
    [{ kind: 'unreachable' }, { kind: 'unavailable', waitMs: 4_000, says: 'so' }],
    [{ kind: 'unanswered' }, { kind: 'unavailable', waitMs: 4_000, says: 'so' }],
    [{ kind: 'bug' }, { kind: 'unavailable', waitMs: 4_000, says: 'so' }],
    [{ kind: 'reconnect' }, { kind: 'needs-person', state: 'reconnect', says: 'so' }],
    [{ kind: 'setup' }, { kind: 'needs-person', state: 'setup', says: 'so' }],
  ];
  for (const [failure, rest] of cases) {
    test(`says how long a lane rests when a call is ${failure.kind}`, () => {
      assert.deepEqual(restFor(failure, 'so', { timing: TIMING, attempt: 2 }), rest);
    });
  }
});
