import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { addLaneRows, type LaneRows } from '../testing/lane-rows.ts';
import { lineSource as source, piecesOf, problem } from '../testing/line-files.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { keepFile, takeFile, type IntakeResult } from './intake.ts';
import { readAlone } from './reading.ts';

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

function take(text: string, from: LaneRows = rows): Promise<IntakeResult> {
  const arriving = { connectionId: from.source.id, name: 'dag.txt', via: 'upload' } as const;
  return takeFile(from.intake, { ...arriving, bytes: piecesOf(text) }, (file) =>
    readAlone(from.intake, { file, source }),
  );
}

/** `state version number`, oldest delivery first. */
async function deliveries(): Promise<string[]> {
  const found = await rows.database.db
    .selectFrom('delivery as d')
    .innerJoin('document as doc', 'doc.id', 'd.document_id')
    .select(['d.state', 'doc.version', 'doc.key'])
    .orderBy('d.id')
    .execute();
  return found.map((row) => `${row.state} ${row.version} ${row.key.split('/').at(-1)}`);
}

function countsOf(result: IntakeResult): unknown {
  assert.equal(result.kind, 'read');
  const { documents, revisions, seen, unreadable } = result;
  return { documents, revisions, seen, unreadable };
}

describe('keepFile', () => {
  test('keeps the bytes as they came, however they were cut', async () => {
    const text = 'dagsrapport åäö\n'.repeat(150_000);
    const { file } = await keepFile(rows.intake, {
      connectionId: rows.source.id,
      name: 'stor.txt',
      via: 'folder',
      bytes: piecesOf(text, 77_777),
    });
    const kept: Uint8Array[] = [];
    for await (const chunk of rows.intake.openFile(file.fileId)) kept.push(chunk);
    assert.equal(Buffer.concat(kept).toString('utf8'), text);
    // 2 850 000 bytes in pieces of a million: none needs to be in memory whole.
    assert.deepEqual(
      kept.map((chunk) => chunk.byteLength),
      [1_000_000, 1_000_000, 850_000],
    );
  });

  test('leaves nothing behind when the sender breaks off', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(1_500_000);
      throw new Error('the sender has gone');
    }
    const arriving = { connectionId: rows.source.id, name: 'halv.txt', via: 'upload' } as const;
    const keeping = keepFile(rows.intake, { ...arriving, bytes: broken() });
    await assert.rejects(keeping, /the sender has gone/);
    const { db } = rows.database;
    assert.deepEqual(await db.selectFrom('received_file').select('id').execute(), []);
    assert.deepEqual(await db.selectFrom('received_chunk').select('seq').execute(), []);
  });
});

describe('takeFile', () => {
  test('makes one delivery of each document, and wakes its lane', async () => {
    const result = await take('report Z-1\nreport Z-2\n');
    assert.deepEqual(countsOf(result), { documents: 2, revisions: 0, seen: 0, unreadable: 0 });
    assert.deepEqual(await deliveries(), ['waiting 1 Z-1', 'waiting 1 Z-2']);
    const jobs = await rows.jobs.take(5);
    assert.deepEqual(
      jobs.map((job) => job.laneId),
      [rows.target.id],
    );
  });

  test('keeps a file with the same bytes, and makes nothing of it', async () => {
    const first = await take('report Z-1\n');
    const again = await take('report Z-1\n');
    assert.equal(again.kind, 'seen');
    assert.deepEqual([again.sameAs, again.seen], [first.fileId, 1]);
    assert.deepEqual(await deliveries(), ['waiting 1 Z-1']);
  });

  test('makes nothing of a document that came in another file with the same content', async () => {
    await take('report Z-1\n');
    const result = await take('report Z-1\nreport Z-2\n');
    assert.deepEqual(countsOf(result), { documents: 1, revisions: 0, seen: 1, unreadable: 0 });
    assert.deepEqual(await deliveries(), ['waiting 1 Z-1', 'waiting 1 Z-2']);
  });

  test('lets a new version take the place of one that is not on its way', async () => {
    await take('report Z-1 1000\n');
    const result = await take('report Z-1 1250\n');
    assert.deepEqual(countsOf(result), { documents: 1, revisions: 1, seen: 0, unreadable: 0 });
    assert.deepEqual(await deliveries(), ['skipped 1 Z-1', 'waiting 2 Z-1']);
  });

  test('lets a new version come after one that is on its way', async () => {
    await take('report Z-1 1000\n');
    await rows.database.db.updateTable('delivery').set({ state: 'sending' }).execute();
    await take('report Z-1 1250\n');
    assert.deepEqual(await deliveries(), ['sending 1 Z-1', 'waiting 2 Z-1']);
    const follows = await rows.database.db
      .selectFrom('delivery as d')
      .innerJoin('delivery as f', 'f.id', 'd.follows')
      .select('f.state')
      .execute();
    assert.deepEqual(follows, [{ state: 'sending' }]);
  });

  test('takes back a document that the same file also gives otherwise', async () => {
    const result = await take('report Z-1\ndamaged Z-1\nreport Z-2\n');
    assert.deepEqual(countsOf(result), { documents: 1, revisions: 0, seen: 0, unreadable: 1 });
    assert.deepEqual(await deliveries(), ['waiting 1 Z-2']);
  });

  test('makes nothing of a file that ends in the middle', async () => {
    const result = await take('report Z-1\nreport Z-2\ncut\n');
    assert.equal(result.kind, 'rejected');
    assert.deepEqual(result.problems, [problem()]);
    const { db } = rows.database;
    assert.deepEqual(await deliveries(), []);
    assert.deepEqual(await db.selectFrom('document').select('id').execute(), []);
    assert.deepEqual(await db.selectFrom('received_file').select('state').execute(), [
      { state: 'rejected' },
    ]);
  });

  test('books the documents of a rejected file when they come in a whole one', async () => {
    await take('report Z-1\ncut\n');
    await take('report Z-1\n');
    assert.deepEqual(await deliveries(), ['waiting 1 Z-1']);
  });

  test('waits for approval in a flow in review', async () => {
    const review = await addLaneRows(rows.database, { name: 'Annat AB', mode: 'review' });
    await take('report Z-1\n', review);
    await review.stop();
    assert.deepEqual(await deliveries(), ['review 1 Z-1']);
  });

  test('makes one delivery of a document that two files bring at once', async () => {
    const results = await Promise.all([
      take('report Z-1\n'),
      take('report Z-1\n\n'),
      take('report Z-1\n\n\n'),
    ]);
    const made = results.map((result) => (result.kind === 'read' ? result.documents : 0));
    assert.deepEqual(
      made.sort((a, b) => a - b),
      [0, 0, 1],
    );
    assert.deepEqual(await deliveries(), ['waiting 1 Z-1']);
  });

  test('stores more documents than fit one round trip', async () => {
    const lines = Array.from({ length: 1_203 }, (_, i) => `report Z-${i + 1}`);
    const result = await take(lines.join('\n'));
    assert.deepEqual(countsOf(result), { documents: 1_203, revisions: 0, seen: 0, unreadable: 0 });
    assert.equal((await deliveries()).length, 1_203);
  });

  test('tells which report is missing when the ones around it have come', async () => {
    await take('report Z-000411\n');
    const result = await take('report Z-000413\n');
    assert.equal(result.kind, 'read');
    const gap = { code: 'report-number-gap', store: '1234', register: 'ALL' };
    assert.deepEqual(result.notices, [
      { ...gap, after: 'Z-000411', before: 'Z-000413', missing: 1 },
    ]);
  });
});
