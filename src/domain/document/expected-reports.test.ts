import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day, plusDays, type Period } from '../date.ts';
import { missingReports, type ReportDay } from './expected-reports.ts';

/** Monday 2 March 2026. */
const FIRST = day('2026-03-02');
const APRIL: Period = { from: day('2026-04-01'), to: day('2026-04-30') };
const MAY_1 = day('2026-05-01');

/** Reports of the days counted from `FIRST`, but for some. */
function reports(
  days: number,
  but: (index: number) => boolean = () => false,
  till: Partial<ReportDay> = {},
): ReportDay[] {
  return Array.from({ length: days }, (_, index) => index)
    .filter((index) => !but(index))
    .map((index) => ({ store: '1234', register: 'ALL', ...till, day: plusDays(FIRST, index) }));
}

function daysOf(missing: readonly ReportDay[]): readonly string[] {
  return missing.map((one) => one.day);
}

describe('missingReports', () => {
  test('misses nothing of a store that reports every day', () => {
    assert.deepEqual(missingReports(reports(60), APRIL, MAY_1), []);
  });

  test('misses the one day on which none came', () => {
    // Day 44 is Wednesday 15 April.
    assert.deepEqual(
      missingReports(
        reports(60, (i) => i === 44),
        APRIL,
        MAY_1,
      ),
      [{ store: '1234', register: 'ALL', day: '2026-04-15' }],
    );
  });

  test('expects nothing on the weekday on which the store is closed', () => {
    const closedOnSundays = reports(60, (i) => i % 7 === 6);
    assert.deepEqual(missingReports(closedOnSundays, APRIL, MAY_1), []);
  });

  test('goes on missing a till that has fallen silent, for as long as it is', () => {
    const silentFrom26April = reports(55);
    assert.deepEqual(daysOf(missingReports(silentFrom26April, APRIL, MAY_1)), [
      '2026-04-26',
      '2026-04-27',
      '2026-04-28',
      '2026-04-29',
      '2026-04-30',
    ]);
    const may = { from: day('2026-05-25'), to: day('2026-05-26') };
    assert.deepEqual(daysOf(missingReports(silentFrom26April, may, day('2026-06-01'))), [
      '2026-05-25',
      '2026-05-26',
    ]);
  });

  test('expects nothing of the first weeks of a till, nor of today and later', () => {
    assert.deepEqual(
      missingReports(
        reports(14, (i) => i === 10),
        APRIL,
        MAY_1,
      ),
      [],
    );
    const upToYesterday = reports(45);
    const today = plusDays(FIRST, 45);
    assert.deepEqual(missingReports(upToYesterday, APRIL, today), []);
  });

  test('looks at each till by itself', () => {
    const one = reports(60, (i) => i === 44, { register: '1' });
    const two = reports(60, (i) => i === 45, { register: '2' });
    assert.deepEqual(
      missingReports([...two, ...one], APRIL, MAY_1).map(({ register, day: on }) => [register, on]),
      [
        ['1', '2026-04-15'],
        ['2', '2026-04-16'],
      ],
    );
  });
});
