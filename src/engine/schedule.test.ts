import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Timetable } from '../ports/schedules.ts';
import { dueAfterRun, latestDueMs, nextDueMs } from './schedule.ts';

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

function next(timetable: Partial<Timetable>, now: string): string {
  const whole = { times: ['07:00'], days: [], ...timetable };
  return new Date(nextDueMs(whole, STOCKHOLM, Date.parse(now))).toISOString();
}

describe('nextDueMs', () => {
  test('is the next time of day where the company is, and never now', () => {
    const times = ['12:00', '04:00'];
    assert.equal(next({ times }, '2026-05-03T01:59:59Z'), '2026-05-03T02:00:00.000Z');
    assert.equal(next({ times }, '2026-05-03T02:00:00Z'), '2026-05-03T10:00:00.000Z');
    assert.equal(next({ times }, '2026-05-03T10:00:00Z'), '2026-05-04T02:00:00.000Z');
    assert.equal(next({}, '2026-12-31T23:30:00Z'), '2027-01-01T06:00:00.000Z');
  });

  test('is on the weekdays that are named', () => {
    // 1 May 2026 is a Friday.
    const days = ['mon', 'fri'];
    assert.equal(next({ days }, '2026-05-01T04:00:00Z'), '2026-05-01T05:00:00.000Z');
    assert.equal(next({ days }, '2026-05-01T05:00:00Z'), '2026-05-04T05:00:00.000Z');
    assert.equal(next({ days: ['thu'] }, '2026-05-01T05:00:00Z'), '2026-05-07T05:00:00.000Z');
  });

  test('is on the days of the month that are named, on its last where it lacks one', () => {
    assert.equal(next({ days: ['15', '3'] }, '2026-05-03T05:00:00Z'), '2026-05-15T05:00:00.000Z');
    assert.equal(next({ days: ['31'] }, '2026-01-31T06:00:00Z'), '2026-02-28T06:00:00.000Z');
    assert.equal(next({ days: ['31'] }, '2026-04-01T00:00:00Z'), '2026-04-30T05:00:00.000Z');
    assert.equal(next({ days: ['1'] }, '2026-01-01T06:00:00Z'), '2026-02-01T06:00:00.000Z');
    assert.equal(next({ days: ['wed', '1'] }, '2026-05-01T05:00:00Z'), '2026-05-06T05:00:00.000Z');
  });

  test('comes an hour later where a day lacks the time, and once where it has it twice', () => {
    const times = ['02:30'];
    assert.equal(next({ times }, '2026-03-28T12:00:00Z'), '2026-03-29T01:30:00.000Z');
    assert.equal(next({ times }, '2026-10-24T12:00:00Z'), '2026-10-25T00:30:00.000Z');
    assert.equal(next({ times }, '2026-10-25T00:30:00Z'), '2026-10-26T01:30:00.000Z');
  });

  test('keeps a time that a short day pushes over midnight in its place', () => {
    // In Beirut clocks go from 00:00 to 01:00 on 29 March 2026: 00:15 comes at 01:15.
    const at = (now: string): string => {
      const timetable = { times: ['00:15', '00:50'], days: [] };
      return new Date(nextDueMs(timetable, 'Asia/Beirut', Date.parse(now))).toISOString();
    };
    assert.equal(at('2026-03-28T21:59:00Z'), '2026-03-28T22:15:00.000Z');
    assert.equal(at('2026-03-28T22:15:00Z'), '2026-03-28T22:50:00.000Z');
    assert.equal(at('2026-03-28T22:50:00Z'), '2026-03-29T21:15:00.000Z');
  });
});

describe('dueAfterRun', () => {
  const EIGHT = Date.parse('2026-05-03T06:00:00Z');
  const due = (failures: number, endedAtMs = EIGHT): string => {
    const timetable = { times: ['07:00'], days: [] };
    return new Date(dueAfterRun(timetable, STOCKHOLM, { endedAtMs, failures })).toISOString();
  };

  test('is the next time after a run that went well', () => {
    assert.equal(due(0), '2026-05-04T05:00:00.000Z');
  });

  test('comes sooner after one that failed, twice as late each time, an hour at most', () => {
    const waits = [1, 2, 3, 6, 7, 50].map((failures) => due(failures).slice(11, 16));
    // 1, 2, 4, 32 minutes; 64 and more are an hour.
    assert.deepEqual(waits, ['06:01', '06:02', '06:04', '06:32', '07:00', '07:00']);
  });

  test('is never later than the next time', () => {
    assert.equal(due(9, Date.parse('2026-05-04T04:30:00Z')), '2026-05-04T05:00:00.000Z');
  });
});
