import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day, plusDays, type Period } from '../date.ts';
import { missingReports, type ClosedDays, type ReportDay } from './expected-reports.ts';

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
    assert.deepEqual(missingReports(reports(60), APRIL, { today: MAY_1, closed: [] }), []);
  });

  test('misses the one day on which none came', () => {
    // Day 44 is Wednesday 15 April.
    assert.deepEqual(
      missingReports(
        reports(60, (i) => i === 44),
        APRIL,
        { today: MAY_1, closed: [] },
      ),
      [{ store: '1234', register: 'ALL', day: '2026-04-15' }],
    );
  });

  test('expects nothing on the weekday on which the store is closed', () => {
    const closedOnSundays = reports(60, (i) => i % 7 === 6);
    assert.deepEqual(missingReports(closedOnSundays, APRIL, { today: MAY_1, closed: [] }), []);
  });

  test('goes on missing a till that has fallen silent, for as long as it is', () => {
    const silentFrom26April = reports(55);
    assert.deepEqual(
      daysOf(missingReports(silentFrom26April, APRIL, { today: MAY_1, closed: [] })),
      ['2026-04-26', '2026-04-27', '2026-04-28', '2026-04-29', '2026-04-30'],
    );
    const may = { from: day('2026-05-25'), to: day('2026-05-26') };
    assert.deepEqual(
      daysOf(missingReports(silentFrom26April, may, { today: day('2026-06-01'), closed: [] })),
      ['2026-05-25', '2026-05-26'],
    );
  });

  test('expects nothing of the first weeks of a till, nor of today and later', () => {
    assert.deepEqual(
      missingReports(
        reports(14, (i) => i === 10),
        APRIL,
        { today: MAY_1, closed: [] },
      ),
      [],
    );
    const upToYesterday = reports(45);
    const today = plusDays(FIRST, 45);
    assert.deepEqual(missingReports(upToYesterday, APRIL, { today, closed: [] }), []);
  });

  test('looks at each till by itself', () => {
    const one = reports(60, (i) => i === 44, { register: '1' });
    const two = reports(60, (i) => i === 45, { register: '2' });
    assert.deepEqual(
      missingReports([...two, ...one], APRIL, { today: MAY_1, closed: [] }).map(
        ({ register, day: on }) => [register, on],
      ),
      [
        ['1', '2026-04-15'],
        ['2', '2026-04-16'],
      ],
    );
  });

  describe('of a store with a calendar', () => {
    const EVERYWHERE = { store: null, register: null, to: null, weekdays: [] } as const;
    const missingWith = (closed: ClosedDays[], of: readonly ReportDay[], period = APRIL) =>
      daysOf(missingReports(of, period, { today: day('2026-06-01'), closed }));

    test('misses nothing on a day that is entered, there alone', () => {
      // Days 44 and 45 are 15 and 16 April.
      const two = reports(91, (i) => i === 44 || i === 45);
      const entered = { ...EVERYWHERE, from: day('2026-04-15'), to: day('2026-04-15') };
      assert.deepEqual(missingWith([entered], two), ['2026-04-16']);
      assert.deepEqual(missingWith([{ ...entered, store: '1234' }], two), ['2026-04-16']);
      assert.deepEqual(missingWith([{ ...entered, store: '77' }], two), [
        '2026-04-15',
        '2026-04-16',
      ]);
      assert.deepEqual(missingWith([{ ...entered, register: '2' }], two).length, 2);
    });

    test('misses a store that does not open again after five weeks of rest', () => {
      // Silent from day 30, 1 April, on; entered up to 5 May, a Tuesday.
      const silent = reports(30);
      const rest = { ...EVERYWHERE, from: day('2026-04-01'), to: day('2026-05-05') };
      const may = { from: day('2026-04-01'), to: day('2026-05-07') };
      assert.deepEqual(missingWith([rest], silent, may), ['2026-05-06', '2026-05-07']);
    });

    test('misses nothing of a till that is out of use, or on a weekday that is given up', () => {
      const silent = reports(30);
      assert.deepEqual(missingWith([{ ...EVERYWHERE, from: day('2026-04-01') }], silent), []);
      // From 1 April on the store is closed on Sundays: day 34, 5 April, is one.
      const noSundays = reports(91, (i) => i >= 30 && i % 7 === 6);
      const sundays = { ...EVERYWHERE, from: day('2026-04-01'), weekdays: ['sun'] };
      assert.deepEqual(missingWith([sundays], noSundays), []);
      assert.equal(missingWith([], noSundays)[0], '2026-04-05');
    });
  });
});
