import { randomInt, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Presence } from '../ports/queue.ts';
import type { Database } from './db.ts';
import { WAKE_CHANNEL } from './jobs.ts';

/** Class of the advisory locks that tell which workers live. */
const LIVING = 7_202;
const RECONNECT_MS = 200;
/** A worker's sign of life, held by a connection of its own. */
export type OpenPresence = Presence & { close(): Promise<void> };

/**
 * Joins the hub's processes: an advisory lock that ends with this process, however it ends, and an
 * ear for wake-ups.
 */
export async function openPresence(database: Database): Promise<OpenPresence> {
  const workerId = randomUUID();
  const lock = randomInt(1, 2 ** 31 - 1);
  let isClosed = false;
  let wake: () => void = () => undefined;
  /** Told since the last wait ended: the next one need not begin. */
  let isTold = false;
  let client = await connect();
  await database.pool.query('insert into worker (id, lock, process) values ($1, $2, $3)', [
    workerId,
    lock,
    `${hostname()}:${process.pid}`,
  ]);

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({ connectionString: database.url, keepAlive: true });
    fresh.on('error', () => void reconnect());
    fresh.on('end', () => void reconnect());
    fresh.on('notification', () => {
      isTold = true;
      wake();
    });
    await fresh.connect();
    await fresh.query('select pg_advisory_lock($1, $2)', [LIVING, lock]);
    await fresh.query(`listen ${WAKE_CHANNEL}`);
    return fresh;
  }

  let isReconnecting = false;
  async function reconnect(): Promise<void> {
    if (isClosed || isReconnecting) return;
    isReconnecting = true;
    while (!isClosed) {
      try {
        client = await connect();
        break;
      } catch {
        await sleep(RECONNECT_MS); // The server is away: tried until it is back or we end.
      }
    }
    isReconnecting = false;
  }

  return {
    workerId,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(done, ms);
        function done(): void {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          wake = () => undefined;
          isTold = false;
          resolve();
        }
        wake = done;
        if (signal.aborted || isTold) done();
        else signal.addEventListener('abort', done);
      }),
    forsaken: (afterMs) => forsaken(database, afterMs),
    close: async () => {
      isClosed = true;
      await database.pool.query('delete from worker where id = $1', [workerId]);
      await client.end();
    },
  };
}

const FORSAKEN = /* sql */ `
  with living as (
    select w.id from worker w
     where exists (select 1 from pg_locks k
                    where k.locktype = 'advisory' and k.classid = $1 and k.objid = w.lock::oid
                      and k.granted
                      and k.database =
                          (select oid from pg_database where datname = current_database()))
  ), gone as (
    delete from worker w
     where w.id not in (select id from living)
       and w.started_at < now() - $2 * interval '1 millisecond'
  ), dead as (
    update lane set worker = null
     where worker is not null and worker not in (select id from living)
    returning id
  ), nameless as (
    select l.id
      from pgboss.job j join lane l on l.id = j.singleton_key::bigint
     where j.name = 'lane' and j.state = 'active' and l.worker is null
       and j.started_on < now() - $2 * interval '1 millisecond'
  ), due as (
    select distinct d.lane_id as id
      from delivery d
      join connection c on c.id = d.lane_id
     where d.state in ('waiting', 'sending', 'in doubt', 'gathering') and c.state = 'ready'
       and d.due_at < now() - $2 * interval '1 millisecond'
       and not exists (select 1 from pgboss.job j
                        where j.name = 'lane' and j.singleton_key = d.lane_id::text
                          and j.state in ('created', 'retry', 'active'))
  )
  select (select coalesce(array_agg(id), '{}')
            from (select id from dead union select id from nameless) x) as dead,
         (select coalesce(array_agg(id), '{}') from due) as due
`;

/**
 * A worker names itself on a lane as soon as it has the job: one without a name never will. A lane
 * without a job is worked by nobody, whoever is named on it: a turn that failed when the database
 * was away could not take the name off, and the timer of its next may have been lost with it.
 */
async function forsaken(
  database: Database,
  afterMs: number,
): Promise<{ readonly dead: readonly string[]; readonly due: readonly string[] }> {
  const { rows } = await database.pool.query<{ dead: string[]; due: string[] }>({
    name: 'forsaken',
    text: FORSAKEN,
    values: [LIVING, afterMs],
  });
  const found = rows[0] ?? { dead: [], due: [] };
  return { dead: found.dead.map(String), due: found.due.map(String) };
}
