import type pg from 'pg';
import { present } from '../lib/assert.ts';
import { gather } from '../lib/gather.ts';
import { storableText } from '../lib/json.ts';
import { CHUNK_BYTES, type IntakeStore, type KeptFile } from '../ports/store.ts';
import type { Database, Db } from './db.ts';

/** Where the bytes of received files are kept, unchanged. */
export type KeptFiles = Pick<
  IntakeStore,
  | 'beginFile'
  | 'appendChunk'
  | 'completeFile'
  | 'forgetFile'
  | 'keepWhole'
  | 'openFile'
  | 'unfinishedFiles'
>;

/** Small files that arrive at the same time are kept in one transaction, up to so many bytes. */
const TOGETHER_BYTES_MAX = 4 * CHUNK_BYTES;

export function keptFiles({ db, pool }: Database): KeptFiles {
  return {
    beginFile: (file) => beginFile(db, file),
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
    keepWhole: gather((files: readonly Whole[]) => keepWhole(pool, files), untilTooLarge),
    openFile: (fileId) => openFile(db, fileId),
    unfinishedFiles: () => unfinishedFiles(db),
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

type Whole = Parameters<IntakeStore['keepWhole']>[0];

function untilTooLarge(files: readonly Whole[]): number {
  let size = 0;
  const first = files.findIndex(({ bytes }) => (size += bytes.byteLength) > TOGETHER_BYTES_MAX);
  return first === -1 ? files.length : Math.max(first, 1);
}

const KEEP_WHOLE = /* sql */ `
  with arriving as materialized (
    select a.*, nextval(pg_get_serial_sequence('received_file', 'id')) as id
      from (select a.*, c.company_id
              from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bytea[])
                   with ordinality as a(connection_id, name, via, sha256, bytes, place)
              join connection c on c.id = a.connection_id
             order by place) a
  ), kept as (
    insert into received_file (id, company_id, connection_id, name, via, state, sha256, size)
    overriding system value
    select id, company_id, connection_id, name, via, 'received', sha256, length(bytes) from arriving
  ), chunk as (
    insert into received_chunk (file_id, seq, bytes)
    select id, 0, bytes from arriving where length(bytes) > 0
  )
  select a.place, a.id, (select min(f.id) from received_file f
                          where f.connection_id = a.connection_id and f.sha256 = a.sha256
                            and f.state = 'read') as same
    from arriving a
`;

async function keepWhole(
  pool: pg.Pool,
  files: readonly Whole[],
): Promise<{ readonly fileId: string; readonly sameAs: string | null }[]> {
  const { rows } = await pool.query<{ place: string; id: string; same: string | null }>({
    name: 'keep-whole',
    text: KEEP_WHOLE,
    values: [
      files.map((file) => file.connectionId),
      files.map((file) => storableText(file.name)),
      files.map((file) => file.via),
      files.map((file) => file.sha256),
      files.map((file) => Buffer.from(file.bytes)),
    ],
  });
  const kept = new Map(rows.map((row) => [Number(row.place), row]));
  return files.map(({ connectionId }, index) => {
    const row = present(kept.get(index + 1), `connection ${connectionId}`);
    return { fileId: row.id, sameAs: row.same };
  });
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

async function unfinishedFiles(db: Db): Promise<KeptFile[]> {
  const rows = await db
    .selectFrom('received_file')
    .select(['id', 'connection_id', 'name', 'size'])
    .where('state', '=', 'received')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    fileId: row.id,
    connectionId: row.connection_id,
    name: row.name,
    size: Number(row.size),
  }));
}
