import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compactDate, day, dayAt, isoWeek } from './date.ts';
import { parseCompactDate, parseLocalDate, plusDays } from './date.ts';

describe('parseLocalDate', () => {
  for (const text of ['2026-02-28', '2024-02-29', '2000-02-29', '2026-12-31']) {
    test(`reads ${text}`, () => assert.equal(parseLocalDate(text), text));
  }

  for (const text of [
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-4-1',
    '26-04-01',
    '0000-01-01',
    '2026-01-00',
  ]) {
    test(`refuses ${text}: there is no such day`, () => assert.equal(parseLocalDate(text), null));
  }

  test('knows the days that the calendar knows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000 }), (days) => {
        const text = new Date(days * 86_400_000).toISOString().slice(0, 10);
        assert.equal(parseLocalDate(text), text);
      }),
    );
  });
});

describe('parseCompactDate', () => {
  test('reads what compactDate writes', () => {
    assert.equal(parseCompactDate(compactDate(day('2026-05-02'))), '2026-05-02');
    assert.equal(parseCompactDate('20260230'), null);
  });
});

describe('dayAt', () => {
  test('is the day where the company is, not in Greenwich', () => {
    const halfPastMidnight = new Date('2026-05-01T22:30:00Z');
    assert.equal(dayAt(halfPastMidnight, 'Europe/Stockholm'), '2026-05-02');
    assert.equal(dayAt(halfPastMidnight, 'UTC'), '2026-05-01');
  });
});

describe('plusDays', () => {
  test('crosses months and years', () => {
    assert.equal(plusDays(day('2026-12-31'), 1), '2027-01-01');
    assert.equal(plusDays(day('2026-03-01'), -1), '2026-02-28');
  });
});

describe('isoWeek', () => {
  for (const [date, week] of [
    ['2026-05-02', '2026-W18'],
    ['2026-05-04', '2026-W19'],
    ['2025-12-29', '2026-W01'],
    ['2027-01-03', '2026-W53'],
  ] as const) {
    test(`finds ${date} in ${week}`, () => assert.equal(isoWeek(day(date)), week));
  }
});
