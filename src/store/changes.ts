import pg from 'pg';
import { sql } from 'kysely';
import type { Database, Db } from './db.ts';

/** Something of a company has changed: `what` is the table. */
export type Change = { readonly companyId: string; readonly what: string };

/** Hears what changes in companies that are watched, until it is stopped. */
export type Listener = { stop(): Promise<void> };

const CHANNEL = 'bokbro_changed';
/** A connection that is lost is made anew after this long; pages ask again when it is back. */
const AGAIN_MS = 2_000;

/**
 * Hears changes on a connection of its own.
 *
 * @param heard - `null`: something may have been missed, everything counts as changed
 */
export function listenToChanges(
  { url }: Pick<Database, 'url'>,
  heard: (change: Change | null) => void,
): Listener {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  const lost = (): void => {
    client = null;
    if (!isStopped) timer ??= setTimeout(begin, AGAIN_MS);
  };
  const begin = (): void => {
    timer = null;
    const fresh = new pg.Client({ connectionString: url });
    fresh.on('notification', ({ payload = '' }) => {
      const [companyId, what] = payload.split(' ');
      if (companyId !== undefined && what !== undefined) heard({ companyId, what });
    });
    fresh.on('error', () => undefined);
    fresh.on('end', lost);
    client = fresh;
    fresh
      .connect()
      .then(() => fresh.query(`listen ${CHANNEL}`))
      .then(() => heard(null))
      .catch(() => fresh.end().catch(lost));
  };
  begin();
  return {
    stop: async () => {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}

/** Says that somebody looks at these companies for the next so many seconds. */
export async function watchCompanies(
  db: Db,
  companyIds: readonly string[],
  seconds: number,
): Promise<void> {
  if (companyIds.length === 0) return;
  await sql`
    insert into watching (company_id, until)
    select id, now() + ${seconds} * interval '1 second'
      from unnest(${companyIds}::bigint[]) as w(id)
     order by id
    on conflict (company_id) do update set until = excluded.until
  `.execute(db);
}
