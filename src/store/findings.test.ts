import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { day } from '../domain/date.ts';
import type { Finding } from '../domain/document/finding.ts';
import { addLaneRows, type LaneRows } from '../testing/lane-rows.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { dismissFindings, listFindings, noteFindings, openFindings } from './findings.ts';

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

function missing(on: string): Finding {
  return { kind: 'report-missing', store: '1234', register: '1', day: day(on) };
}

/** Notes what is missing in May, at a minute of one hour. */
async function note(minute: number, ...days: readonly string[]) {
  const { db } = rows.database;
  const found = days.map(missing);
  const atMs = Date.UTC(2026, 5, 1, 5, minute);
  return noteFindings(db, rows.company.id, { found, period: MAY, atMs });
}

async function openDays(): Promise<readonly string[]> {
  const open = await listFindings(rows.database.db, rows.company.id);
  return open.map(({ finding, foundAtMs }) => {
    return `${finding.day} :${String(new Date(foundAtMs).getUTCMinutes()).padStart(2, '0')}`;
  });
}

async function onlyId(): Promise<string> {
  const [only] = await listFindings(rows.database.db, rows.company.id);
  return only?.id ?? '';
}

describe('noteFindings', () => {
  test('tells each finding once, from when it was found first', async () => {
    const first = await note(0, '2026-05-04', '2026-05-05');
    assert.deepEqual(
      first.fresh.map(({ day: on }) => on),
      ['2026-05-04', '2026-05-05'],
    );
    assert.deepEqual(await note(1, '2026-05-04', '2026-05-05', '2026-05-06'), {
      fresh: [missing('2026-05-06')],
      closed: 0,
    });
    assert.deepEqual(await openDays(), ['2026-05-04 :00', '2026-05-05 :00', '2026-05-06 :01']);
  });

  test('closes what has come, and opens it anew when it is missing again', async () => {
    await note(0, '2026-05-04', '2026-05-05');
    assert.deepEqual(await note(1, '2026-05-05'), { fresh: [], closed: 1 });
    assert.deepEqual(await openDays(), ['2026-05-05 :00']);
    assert.equal((await note(2, '2026-05-04', '2026-05-05')).fresh.length, 1);
    assert.deepEqual(await openDays(), ['2026-05-04 :02', '2026-05-05 :00']);
  });

  test('leaves what is of other days and companies alone', async () => {
    const other = await addLaneRows(rows.database, { name: 'Annat bolag AB' });
    const { db } = rows.database;
    await note(0, '2026-05-04');
    const june = { from: day('2026-06-01'), to: day('2026-06-30') };
    await noteFindings(db, rows.company.id, { found: [], period: june, atMs: 0 });
    await noteFindings(db, other.company.id, { found: [], period: MAY, atMs: 0 });
    await other.stop();
    assert.deepEqual(await openDays(), ['2026-05-04 :00']);
    assert.deepEqual(await openFindings(db, rows.company.id), { count: 1, oldest: '2026-05-04' });
    assert.equal(await openFindings(db, other.company.id), null);
  });
});

describe('dismissFindings', () => {
  const dismissal = { by: 'anna', reason: 'stängt', atMs: 0 };

  test('keeps who said so and why, and is not told again', async () => {
    const { db } = rows.database;
    const companyId = rows.company.id;
    await note(0, '2026-05-04');
    const id = await onlyId();
    assert.deepEqual(await dismissFindings(db, { companyId, ids: [id, '9'], dismissal }), [id]);
    assert.deepEqual(await dismissFindings(db, { companyId, ids: [id], dismissal }), []);
    assert.deepEqual(await note(1, '2026-05-04'), { fresh: [], closed: 0 });
    assert.equal(await openFindings(db, companyId), null);
    const [dismissed] = await listFindings(db, companyId, 'dismissed');
    assert.deepEqual(dismissed?.dismissed, { by: 'anna', reason: 'stängt' });
    await dismissFindings(db, { companyId, ids: [id], dismissal: null });
    assert.deepEqual(await openDays(), ['2026-05-04 :00']);
  });

  test('touches nothing of another company', async () => {
    const { db } = rows.database;
    const other = await addLaneRows(rows.database, { name: 'Annat bolag AB' });
    await note(0, '2026-05-04');
    const id = await onlyId();
    const of = { companyId: other.company.id, ids: [id], dismissal };
    assert.deepEqual(await dismissFindings(db, of), []);
    await other.stop();
  });
});
