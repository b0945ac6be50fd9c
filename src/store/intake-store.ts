import { sql } from 'kysely';
import type { IntakeStore, KeptFile } from '../ports/store.ts';
import type { Database, Db } from './db.ts';
import type { JobQueue } from './jobs.ts';
import { keptFiles } from './kept-files.ts';
import { readingStore } from './reading-store.ts';
import { inTurn, TURN } from './turns.ts';

/** Intake's side of the store, on one database. */
export function intakeStore(database: Database, jobs: JobQueue): IntakeStore {
  const { db } = database;
  return {
    ...keptFiles(database),
    ...readingStore(db, jobs, async (act) => {
      const result = await db.transaction().execute(act);
      await jobs.notify();
      return result;
    }),
    withReadingTurn: (connectionId, act) =>
      database.keeping.whileReading(() =>
        inTurn(database, { turn: 'reading', id: connectionId }, act),
      ),
    readTogether: async (files, act) => {
      const result = await db.transaction().execute(async (trx) => {
        const bytes = await openTogether(trx, files);
        return act(
          readingStore(trx, jobs, (inside) => inside(trx)),
          bytes,
        );
      });
      await jobs.notify();
      return result;
    },
  };
}

/** Takes the turns of the connections that nobody reads from, until the transaction ends. */
async function openTogether(
  trx: Db,
  files: readonly KeptFile[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const connectionIds = [...new Set(files.map((file) => file.connectionId))];
  const { rows } = await sql<{ id: string; bytes: Buffer | null }>`
    with ours as materialized (
      select id from unnest(${connectionIds}::bigint[]) as asked(id)
       where pg_try_advisory_xact_lock(${TURN.reading}, id::integer)
    )
    select f.id, c.bytes
      from ours
      join received_file f on f.connection_id = ours.id
      left join received_chunk c on c.file_id = f.id and c.seq = 0
     where f.id = any(${files.map((file) => file.fileId)})
  `.execute(trx);
  return new Map(rows.map((row) => [row.id, row.bytes ?? new Uint8Array()]));
}
