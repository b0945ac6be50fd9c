import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { latestDueMs } from './schedule.ts';

const STOCKHOLM = 'Europe/Stockholm';

function latest(times: readonly string[], now: string): string {
  return new Date(latestDueMs(times, STOCKHOLM, Date.parse(now))).toISOString();
}

describe('latestDueMs', () => {
  test('is the last time of day that has passed where the company is', () => {
    const times = ['04:00', '12:00'];
    assert.equal(latest(times, '2026-05-03T09:59:59Z'), '2026-05-03T02:00:00.000Z');
    assert.equal(latest(times, '2026-05-03T10:00:00Z'), '2026-05-03T10:00:00.000Z');
    assert.equal(latest(times, '2026-01-03T10:59:00Z'), '2026-01-03T03:00:00.000Z');
  });

  test('is of the day before until the first of today', () => {
    assert.equal(latest(['12:00'], '2026-05-03T09:00:00Z'), '2026-05-02T10:00:00.000Z');
  });

  test('comes an hour later on the day that has no such time', () => {
    // Clocks go from 02:00 to 03:00 on 29 March 2026.
    assert.equal(latest(['02:30'], '2026-03-29T12:00:00Z'), '2026-03-29T01:30:00.000Z');
    assert.equal(latest(['02:30'], '2026-03-29T01:29:00Z'), '2026-03-28T01:30:00.000Z');
  });

  test('comes once on the day that has the time twice', () => {
    // Clocks go from 03:00 to 02:00 on 25 October 2026.
    assert.equal(latest(['02:30'], '2026-10-25T00:30:00Z'), '2026-10-25T00:30:00.000Z');
    assert.equal(latest(['02:30'], '2026-10-25T12:00:00Z'), '2026-10-25T00:30:00.000Z');
  });
});
