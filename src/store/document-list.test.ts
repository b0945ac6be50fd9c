import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { sql } from 'kysely';
import { dayReport } from '../testing/day-reports.ts';
import { addLaneRows, type LaneRows } from '../testing/lane-rows.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { COUNTED_MAX, countDocuments, type DocumentSearch } from './document-list.ts';

let server: TestServer;
let rows: LaneRows;
before(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  rows = await addLaneRows(await server.newDatabase());
  await rows.takeIn([dayReport()]);
});
afterEach(() => rows.stop());
after(() => server.stop());

/** The one document so many times. */
async function multiply(times: number): Promise<void> {
  await sql`
    insert into document (company_id, connection_id, file_id, kind, key, version, content_hash,
                          business_date, body, doubts, extract, media_type)
    select company_id, connection_id, file_id, kind, key || '/' || n, version, content_hash || n,
           business_date, body, doubts, extract, media_type
      from document cross join generate_series(2, ${times}::integer) n
  `.execute(rows.database.db);
}

function count(of: Pick<DocumentSearch, 'text' | 'states' | 'kinds'>) {
  return countDocuments(rows.database.db, { companyId: rows.company.id, limit: 1, ...of });
}

describe('countDocuments', () => {
  test('counts all of a company, and what is looked for as far as anybody reads', async () => {
    await multiply(COUNTED_MAX + 5);
    assert.deepEqual(await count({}), { count: 10_005, isLeast: false });
    assert.deepEqual(await count({ kinds: ['day-report'] }), { count: 10_005, isLeast: false });
    assert.deepEqual(await count({ text: 'a' }), { count: 10_000, isLeast: true });
    assert.deepEqual(await count({ text: '/10005' }), { count: 1, isLeast: false });
    assert.deepEqual(await count({ text: 'nothing like it' }), { count: 0, isLeast: false });
    assert.deepEqual(await count({ states: ['waiting'] }), { count: 1, isLeast: false });
  });

  test('counts as many as it may to the last one', async () => {
    await multiply(COUNTED_MAX);
    assert.deepEqual(await count({ text: 'a' }), { count: 10_000, isLeast: false });
  });
});
