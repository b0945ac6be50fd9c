import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { FileSource } from '../ports/source.ts';
import type { KeptFile } from '../ports/store.ts';
import { addLaneRows, type LaneRows } from '../testing/lane-rows.ts';
import { lineSource as source, piecesOf } from '../testing/line-files.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { keepFile } from './intake.ts';
import { readAlone, readTogether, type FileResult } from './reading.ts';

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

async function keep(text: string, from: LaneRows = rows): Promise<KeptFile> {
  const arriving = { connectionId: from.source.id, name: 'dag.txt', via: 'upload' } as const;
  return (await keepFile(rows.intake, { ...arriving, bytes: piecesOf(text) })).file;
}

async function keepAll(...texts: readonly string[]): Promise<KeptFile[]> {
  const kept: KeptFile[] = [];
  for (const text of texts) kept.push(await keep(text));
  return kept;
}

function together(
  files: readonly KeptFile[],
  by = source,
): Promise<readonly (FileResult | null)[]> {
  return readTogether(
    rows.intake,
    files.map((file) => ({ file, source: by })),
  );
}

/** `state version number`, oldest delivery first, with the number of the one that it follows. */
async function deliveries(): Promise<string[]> {
  const found = await rows.database.db
    .selectFrom('delivery as d')
    .innerJoin('document as doc', 'doc.id', 'd.document_id')
    .leftJoin('delivery as before', 'before.id', 'd.follows')
    .leftJoin('document as old', 'old.id', 'before.document_id')
    .select(['d.state', 'doc.version', 'doc.key', 'old.version as old'])
    .orderBy('d.id')
    .execute();
  return found.map(({ state, version, key, old }) =>
    [state, version, key.split('/').at(-1), ...(old === null ? [] : [`after ${old}`])].join(' '),
  );
}

/** `new revised seen unreadable` of a file that was read; else what became of it. */
function countsOf(result: FileResult | null | undefined): string {
  if (result?.kind !== 'read') return result?.kind ?? 'not read';
  const { documents, revisions, seen, unreadable } = result;
  return [documents, revisions, seen, unreadable].join(' ');
}

/** Fails when a file has been read to its end. */
const dies: FileSource = {
  read: async function* (incoming) {
    yield* source.read(incoming);
    throw new Error('killed');
  },
};

describe('readAlone', () => {
  test('reads a file whose reading was cut short to the same end', async () => {
    const file = await keep('report Z-1\nreport Z-2\ndamaged Z-3\n');
    await assert.rejects(readAlone(rows.intake, { file, source: dies }), /killed/);
    assert.deepEqual(await deliveries(), []);
    assert.deepEqual(await rows.intake.unfinishedFiles(), [file]);
    const result = await readAlone(rows.intake, { file, source });
    assert.equal(countsOf(result), '2 0 0 1');
    assert.deepEqual(await deliveries(), ['waiting 1 Z-1', 'waiting 1 Z-2']);
    assert.deepEqual(await rows.intake.unfinishedFiles(), []);
  });

  test('is told what another process made of the file meanwhile', async () => {
    const file = await keep('report Z-1\ndamaged Z-2\n');
    await readAlone(rows.intake, { file, source });
    assert.equal(countsOf(await readAlone(rows.intake, { file, source })), '1 0 0 1');
    assert.deepEqual(await deliveries(), ['waiting 1 Z-1']);
  });
});

describe('readTogether', () => {
  test('gives each file what alone it would have come to', async () => {
    const other = await addLaneRows(rows.database, { name: 'Annat bolag AB' });
    const files = [
      ...(await keepAll('report Z-1\nreport Z-2\ndamaged Z-3\n', '')),
      await keep('report Z-1\n', other),
    ];
    const results = await together(files);
    await other.stop();
    assert.deepEqual(results.map(countsOf), ['2 0 0 1', '0 0 0 0', '1 0 0 0']);
    assert.deepEqual(
      results.map((result) => result?.fileId),
      files.map((file) => file.fileId),
    );
    assert.deepEqual(await deliveries(), ['waiting 1 Z-1', 'waiting 1 Z-2', 'waiting 1 Z-1']);
    assert.deepEqual(await rows.intake.unfinishedFiles(), []);
    const { rows: written } = await rows.database.pool.query('select distinct xmin from delivery');
    assert.equal(written.length, 1);
  });

  test('lets the version of a later file follow that of an earlier one', async () => {
    const files = await keepAll('report Z-1 1000\n', 'report Z-1 1100\n', 'report Z-1 1200\n');
    const results = await together(files.toReversed());
    assert.deepEqual(results.map(countsOf), ['1 1 0 0', '1 1 0 0', '1 0 0 0']);
    assert.deepEqual(await deliveries(), [
      'skipped 1 Z-1',
      'skipped 2 Z-1 after 1',
      'waiting 3 Z-1 after 2',
    ]);
  });

  test('takes a report that two files bring once', async () => {
    const results = await together(await keepAll('report Z-1\n', 'report Z-1\nreport Z-2\n'));
    assert.deepEqual(results.map(countsOf), ['1 0 0 0', '1 0 1 0']);
    assert.deepEqual(await deliveries(), ['waiting 1 Z-1', 'waiting 1 Z-2']);
  });

  test('loses nothing of one file to another that is rejected', async () => {
    const results = await together(await keepAll('report Z-1\ncut\n', 'report Z-1\n'));
    assert.deepEqual(results.map(countsOf), ['rejected', '1 0 0 0']);
    assert.deepEqual(await deliveries(), ['waiting 1 Z-1']);
  });

  test('loses nothing of one file to another that contradicts itself', async () => {
    const results = await together(await keepAll('report Z-1\ndamaged Z-1\n', 'report Z-1\n'));
    assert.deepEqual(results.map(countsOf), ['0 0 0 1', '1 0 0 0']);
    assert.deepEqual(await deliveries(), ['waiting 1 Z-1']);
  });

  test('reads a file once that is given twice', async () => {
    const [file] = await keepAll('report Z-1\ndamaged Z-2\n');
    assert.ok(file !== undefined);
    assert.deepEqual((await together([file, file])).map(countsOf), ['1 0 0 1', '1 0 0 1']);
    assert.equal(countsOf((await together([file]))[0]), '1 0 0 1');
    assert.deepEqual(await deliveries(), ['waiting 1 Z-1']);
  });

  test('leaves a file alone whose connection somebody reads from', async () => {
    const other = await addLaneRows(rows.database, { name: 'Annat bolag AB' });
    const files = [...(await keepAll('report Z-1\n')), await keep('report Z-2\n', other)];
    const results = await rows.intake.withReadingTurn(rows.source.id, () => together(files));
    await other.stop();
    assert.deepEqual(results.map(countsOf), ['not read', '1 0 0 0']);
    assert.deepEqual(await deliveries(), ['waiting 1 Z-2']);
    assert.deepEqual(await rows.intake.unfinishedFiles(), [files[0]]);
  });

  test('does nothing to any file when one fails', async () => {
    const files = await keepAll('report Z-1\n', 'report Z-2\n');
    await assert.rejects(together(files, dies), /killed/);
    assert.deepEqual(await deliveries(), []);
    assert.deepEqual(await rows.intake.unfinishedFiles(), files);
  });

  test('leaves a file in which very much stands to be read alone', async () => {
    const many = Array.from({ length: 2_001 }, (_, i) => `damaged Z-${i}`).join('\n');
    const [file] = await keepAll(many);
    assert.ok(file !== undefined);
    await assert.rejects(together([file]), /dag\.txt holds more than 2000/);
    assert.equal(countsOf(await readAlone(rows.intake, { file, source })), '0 0 0 2001');
  });

  test('tells a gap between two files once, of the later one', async () => {
    const files = await keepAll('report Z-000411\n', 'report Z-000413\n', 'report Z-000416\n');
    const results = await together(files);
    const told = results.map((result) =>
      result?.kind === 'read' ? result.notices.map((notice) => notice.code) : [],
    );
    assert.deepEqual(told, [[], ['report-number-gap'], ['report-number-gap']]);
    const gap = { code: 'report-number-gap', store: '1234', register: 'ALL' };
    const { rows: kept } = await rows.database.pool.query<{ detail: unknown }>(
      "select detail from reading where kind = 'notice' order by id",
    );
    assert.deepEqual(
      kept.map(({ detail }) => detail),
      [
        { ...gap, after: 'Z-000411', before: 'Z-000413', missing: 1 },
        { ...gap, after: 'Z-000413', before: 'Z-000416', missing: 2 },
      ],
    );
  });
});
