import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { requestLimit } from './request-limit.ts';

describe('requestLimit', () => {
  test('lets so many through at once, then as many as the seconds bring', () => {
    const limit = requestLimit({ atOnce: 3, perSecond: 2 });
    const waits = [0, 0, 0, 0, 250, 500, 500, 60_000].map((ms) => limit.take('a', ms));
    // The fourth waits for half a second; of that a quarter has passed, then all of it.
    assert.deepEqual(waits, [0, 0, 0, 500, 250, 0, 500, 0]);
  });

  test('never stops one who asks each second, nor one for another', () => {
    const limit = requestLimit({ atOnce: 2, perSecond: 1 });
    for (let second = 0; second < 100; second += 1) {
      assert.equal(limit.take('a', second * 1_000), 0);
    }
    for (let i = 0; i < 9; i += 1) limit.take('b', 100_000);
    assert.equal(limit.take('b', 100_000), 1_000);
    assert.equal(limit.take('a', 100_000), 0);
  });
});
