import { sql } from 'kysely';
import type pg from 'pg';
import type { Document } from '../domain/document/document.ts';
import { serialOf } from '../domain/document/report-numbers.ts';
import type { Json } from '../lib/json.ts';
import { encodeJson, storableText } from '../lib/json.ts';
import { present } from '../lib/assert.ts';
import {
  CHUNK_BYTES,
  type FileOutcome,
  type FileRead,
  type IntakeStore,
  type StagedAs,
  type StagedDocument,
  type StagedReading,
} from '../ports/store.ts';
import type { Database, Db } from './db.ts';
import { makeDeliveries } from './file-deliveries.ts';
import type { JobQueue } from './jobs.ts';
import { numberGaps, seriesKey } from './number-gaps.ts';

/** Class of the advisory locks by which one file of a connection is read at a time. */
const READING_LOCK = 7_201;
const INSERT_ROWS_MAX = 500;

/** Intake's side of the store, on one database. */
export function intakeStore(database: Database, jobs: JobQueue): IntakeStore {
  const { db } = database;
  return {
    beginFile: (file) => beginFile(db, file),
    keepWhole: (file) => keepWhole(database.pool, file),
    appendChunk: async (fileId, seq, bytes) => {
      await db
        .insertInto('received_chunk')
        .values({ file_id: fileId, seq, bytes: Buffer.from(bytes) })
        .execute();
    },
    completeFile: (fileId, arrived) => completeFile(db, fileId, arrived),
    forgetFile: async (fileId) => {
      await db
        .deleteFrom('received_file')
        .where('id', '=', fileId)
        .where('state', '=', 'arriving')
        .execute();
    },
    openFile: (fileId) => openFile(db, fileId),
    withReadingTurn: (connectionId, act) =>
      database.keeping.whileReading(() => withReadingTurn(database, connectionId, act)),
    beginReading: (fileId) => beginReading(db, fileId),
    stage: (fileId, documents) => stage(db, fileId, documents),
    stageReadings: (fileId, readings) => stageReadings(db, fileId, readings),
    commitFile: (fileId, guess) => commitFile(db, jobs, { fileId, guess }),
    rejectFile: (fileId, problems) => rejectFile(db, fileId, problems),
    unfinishedFiles: async () => {
      const rows = await db
        .selectFrom('received_file')
        .select(['id', 'connection_id'])
        .where('state', '=', 'received')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({ fileId: row.id, connectionId: row.connection_id }));
    },
    numberGaps: (fileId, limit) => numberGaps(db, fileId, limit),
  };
}

async function beginFile(db: Db, file: Parameters<IntakeStore['beginFile']>[0]): Promise<string> {
  const { company_id } = await db
    .selectFrom('connection')
    .select('company_id')
    .where('id', '=', file.connectionId)
    .executeTakeFirstOrThrow();
  const { id } = await db
    .insertInto('received_file')
    .values({
      company_id,
      connection_id: file.connectionId,
      name: storableText(file.name),
      via: file.via,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

const KEEP_WHOLE = /* sql */ `
  with kept as (
    insert into received_file (company_id, connection_id, name, via, state, sha256, size)
    select c.company_id, c.id, $2, $3, 'received', $4, $5 from connection c where c.id = $1
    returning id, connection_id
  ), chunk as (
    insert into received_chunk (file_id, seq, bytes) select id, 0, $6 from kept where $5 > 0
  )
  select kept.id, (select min(f.id) from received_file f
                    where f.connection_id = kept.connection_id and f.sha256 = $4
                      and f.state = 'read') as same
    from kept
`;

async function keepWhole(
  pool: pg.Pool,
  file: Parameters<IntakeStore['keepWhole']>[0],
): Promise<{ readonly fileId: string; readonly sameAs: string | null }> {
  const { connectionId, name, via, bytes, sha256 } = file;
  const size = bytes.byteLength;
  const { rows } = await pool.query<{ id: string; same: string | null }>({
    name: 'keep-whole',
    text: KEEP_WHOLE,
    values: [connectionId, storableText(name), via, sha256, size, Buffer.from(bytes)],
  });
  const row = present(rows[0], `connection ${connectionId}`);
  return { fileId: row.id, sameAs: row.same };
}

async function completeFile(
  db: Db,
  fileId: string,
  arrived: { readonly sha256: string; readonly size: number },
): Promise<string | null> {
  const { connection_id } = await db
    .updateTable('received_file')
    .set({ state: 'received', ...arrived })
    .where('id', '=', fileId)
    .returning('connection_id')
    .executeTakeFirstOrThrow();
  const same = await db
    .selectFrom('received_file')
    .select('id')
    .where('connection_id', '=', connection_id)
    .where('sha256', '=', arrived.sha256)
    .where('state', '=', 'read')
    .where('id', '<', fileId)
    .orderBy('id')
    .executeTakeFirst();
  return same?.id ?? null;
}

async function* openFile(db: Db, fileId: string): AsyncIterable<Uint8Array> {
  for (let seq = 0; ; seq += 1) {
    const row = await db
      .selectFrom('received_chunk')
      .select('bytes')
      .where('file_id', '=', fileId)
      .where('seq', '=', seq)
      .executeTakeFirst();
    if (row === undefined) return;
    yield row.bytes;
    if (row.bytes.byteLength < CHUNK_BYTES) return;
  }
}

async function withReadingTurn<T>(
  database: Database,
  connectionId: string,
  act: () => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1, $2)', [READING_LOCK, Number(connectionId)]);
    return await act();
  } finally {
    // Also ends the lock when `act` failed; a lost connection has ended it already.
    client.release(await unlock(client, connectionId));
  }
}

/** @returns an error when the session is not fit for the pool any more */
async function unlock(
  client: { query(text: string, values: unknown[]): Promise<unknown> },
  connectionId: string,
): Promise<Error | undefined> {
  try {
    await client.query('select pg_advisory_unlock($1, $2)', [READING_LOCK, Number(connectionId)]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** @returns what the file has come to when it was read already; else null, and it starts afresh */
async function beginReading(db: Db, fileId: string): Promise<FileRead | null> {
  const { state, problems } = await db
    .selectFrom('received_file')
    .select(['state', 'problems'])
    .where('id', '=', fileId)
    .executeTakeFirstOrThrow();
  if (state === 'rejected') return { kind: 'rejected', problems };
  if (state === 'read') return { kind: 'read', outcome: await countOutcome(db, fileId) };
  // Left by a reading that was cut short: it would be told twice.
  await db.deleteFrom('reading').where('file_id', '=', fileId).execute();
  return null;
}

type Known = {
  readonly key: string;
  readonly version: number;
  readonly content_hash: string;
  readonly file_id: string | null;
};

async function stage(
  db: Db,
  fileId: string,
  documents: readonly StagedDocument[],
): Promise<StagedAs[]> {
  if (documents.length === 0) return [];
  const file = await fileRow(db, fileId);
  const keys = [...new Set(documents.map((d) => d.key))];
  const known: Known[] = await db
    .selectFrom('document')
    .select(['key', 'version', 'content_hash', 'file_id'])
    .where('connection_id', '=', file.connection_id)
    .where('key', 'in', keys)
    .execute();
  const staged: StagedAs[] = [];
  const fresh: { readonly document: StagedDocument; readonly version: number }[] = [];
  for (const document of documents) {
    const versions = known.filter((k) => k.key === document.key);
    const same = versions.find((k) => k.content_hash === document.contentHash);
    const isOurs = same?.file_id === fileId; // Read once already, before a crash.
    if (same === undefined) {
      const version = Math.max(0, ...versions.map((k) => k.version)) + 1;
      fresh.push({ document, version });
      known.push({
        key: document.key,
        version,
        content_hash: document.contentHash,
        file_id: fileId,
      });
    }
    const isFirst = versions.every((k) => k === same);
    staged.push(stagedAs({ isKnown: same !== undefined && !isOurs, isFirst }));
  }
  for (let at = 0; at < fresh.length; at += INSERT_ROWS_MAX) {
    await insertDocuments(db, { ...file, id: fileId }, fresh.slice(at, at + INSERT_ROWS_MAX));
  }
  return staged;
}

function stagedAs(found: { readonly isKnown: boolean; readonly isFirst: boolean }): StagedAs {
  if (found.isKnown) return 'seen';
  return found.isFirst ? 'new' : 'revision';
}

type FileRow = { readonly company_id: string; readonly connection_id: string };

async function fileRow(db: Db, fileId: string): Promise<FileRow> {
  return db
    .selectFrom('received_file')
    .select(['company_id', 'connection_id'])
    .where('id', '=', fileId)
    .executeTakeFirstOrThrow();
}

async function insertDocuments(
  db: Db,
  file: FileRow & { readonly id: string },
  fresh: readonly { readonly document: StagedDocument; readonly version: number }[],
): Promise<void> {
  await db
    .insertInto('document')
    .values(
      fresh.map(({ document, version }) => ({
        company_id: file.company_id,
        connection_id: file.connection_id,
        file_id: file.id,
        kind: document.document.kind,
        key: document.key,
        version,
        content_hash: document.contentHash,
        business_date: document.businessDate,
        ...serialColumns(document.document),
        body: encodeJson(document.document),
        doubts: encodeJson(document.doubts),
        extract: Buffer.from(document.extract),
        media_type: document.mediaType,
      })),
    )
    .execute();
}

/** By which missing numbers are found. */
function serialColumns(document: Document): { series: string | null; serial: string | null } {
  const serial = serialOf(document);
  if (serial === null) return { series: null, serial: null };
  return { series: seriesKey(serial), serial: String(serial.number.count) };
}

async function stageReadings(
  db: Db,
  fileId: string,
  readings: readonly StagedReading[],
): Promise<void> {
  if (readings.length === 0) return;
  const { company_id } = await fileRow(db, fileId);
  for (let at = 0; at < readings.length; at += INSERT_ROWS_MAX) {
    await db
      .insertInto('reading')
      .values(
        readings.slice(at, at + INSERT_ROWS_MAX).map((reading) => ({
          company_id,
          file_id: fileId,
          kind: reading.kind,
          key: storableText(reading.key),
          detail: encodeJson(reading.detail),
        })),
      )
      .execute();
  }
}

async function commitFile(
  db: Db,
  jobs: JobQueue,
  file: { readonly fileId: string; readonly guess: Readonly<Record<string, string>> },
): Promise<FileOutcome> {
  const outcome = await db.transaction().execute(async (trx) => {
    await takeBackContested(trx, file.fileId);
    const lanes = await makeDeliveries(trx, file.fileId);
    await trx
      .updateTable('received_file')
      .set({ state: 'read', guess: encodeJson(file.guess) })
      .where('id', '=', file.fileId)
      .execute();
    await jobs.wakeLanes(lanes, trx);
    return countOutcome(trx, file.fileId);
  });
  await jobs.notify();
  return outcome;
}

/** A document that the same file also gives otherwise is neither: see `Reading`. */
async function takeBackContested(trx: Db, fileId: string): Promise<void> {
  await trx
    .deleteFrom('document')
    .where('file_id', '=', fileId)
    .where('key', 'in', (eb) =>
      eb
        .selectFrom('reading')
        .select('reading.key')
        .where('reading.file_id', '=', fileId)
        .where('reading.kind', '=', 'unreadable'),
    )
    .execute();
}

async function countOutcome(trx: Db, fileId: string): Promise<FileOutcome> {
  const { rows } = await sql<Record<'documents' | 'revisions' | 'seen' | 'unreadable', string>>`
    select (select count(*) from document where file_id = ${fileId}) as documents,
           (select count(*) from document where file_id = ${fileId} and version > 1) as revisions,
           (select count(*) from reading where file_id = ${fileId} and kind = 'seen') as seen,
           (select count(*) from reading where file_id = ${fileId} and kind = 'unreadable')
             as unreadable
  `.execute(trx);
  const row = present(rows[0], 'the counts');
  return {
    fileId,
    documents: Number(row.documents),
    revisions: Number(row.revisions),
    seen: Number(row.seen),
    unreadable: Number(row.unreadable),
  };
}

async function rejectFile(db: Db, fileId: string, problems: Json): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('document').where('file_id', '=', fileId).execute();
    await trx.deleteFrom('reading').where('file_id', '=', fileId).execute();
    await trx
      .updateTable('received_file')
      .set({ state: 'rejected', problems: encodeJson(problems) })
      .where('id', '=', fileId)
      .execute();
  });
}
