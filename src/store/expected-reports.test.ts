import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { day } from '../domain/date.ts';
import type { DayReport } from '../domain/document/day-report.ts';
import { dayReport } from '../testing/day-reports.ts';
import { addLaneRows, type LaneRows } from '../testing/lane-rows.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { openGaps, reportDays } from './expected-reports.ts';

let server: TestServer;
let rows: LaneRows;
before(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  rows = await addLaneRows(await server.newDatabase());
});
afterEach(() => rows.stop());
after(() => server.stop());

const MAY = { from: day('2026-05-01'), to: day('2026-05-31') };

function report(on: string, number: string, change: Partial<DayReport> = {}): DayReport {
  const ref = { system: 'minbutik', account: '1234', id: `${on}:ALL:${number}` };
  return dayReport({ ref, businessDate: day(on), reportNumber: number, ...change });
}

describe('reportDays', () => {
  test('gives each day of a till once, of this company and period alone', async () => {
    const other = await addLaneRows(rows.database, { name: 'Annat bolag AB' });
    await other.takeIn([report('2026-05-07', 'Z-7')]);
    await rows.takeIn([
      report('2026-05-04', 'Z-4'),
      report('2026-05-05', 'Z-5', { register: '2' }),
    ]);
    await rows.takeIn([report('2026-05-04', 'Z-4', { receipts: 2 }), report('2026-06-01', 'Z-6')]);
    await other.stop();
    const found = await reportDays(rows.database.db, rows.company.id, MAY);
    assert.deepEqual(
      found.toSorted((a, b) => (a.day < b.day ? -1 : 1)),
      [
        { store: '1234', register: 'ALL', day: '2026-05-04' },
        { store: '1234', register: '2', day: '2026-05-05' },
      ],
    );
  });
});

describe('openGaps', () => {
  test('tells a gap until what was missing has come', async () => {
    const { db } = rows.database;
    await rows.takeIn([report('2026-05-04', 'Z-4'), report('2026-05-07', 'Z-7')]);
    const [gap, ...others] = await openGaps(db, rows.company.id, MAY);
    assert.deepEqual([gap?.after.number.text, gap?.before.number.text], ['Z-4', 'Z-7']);
    assert.deepEqual(others, []);
    await rows.takeIn([report('2026-05-05', 'Z-5'), report('2026-05-06', 'Z-6')]);
    assert.deepEqual(await openGaps(db, rows.company.id, MAY), []);
  });
});
