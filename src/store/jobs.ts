import { sql } from 'kysely';
import { PgBoss, fromKysely } from 'pg-boss';
import { gather } from '../lib/gather.ts';
import type { LaneJob, LaneQueue } from '../ports/queue.ts';
import type { Database, Db } from './db.ts';
import { WEB_ROLE } from './web-role.ts';

/** The job queue: which lanes have something to do, and when. */
export type JobQueue = LaneQueue & {
  /** Makes the turns of lanes come when the caller's transaction has been committed. */
  wakeLanes(laneIds: readonly string[], trx: Db): Promise<void>;
  /** Tells sleeping workers that there is something to do. */
  notify(): Promise<void>;
  stop(): Promise<void>;
};

const LANE = 'lane';
const TIMER = 'lane-timer';
/** Channel of the notification that wakes workers. */
export const WAKE_CHANNEL = 'bokbro_lane';
/** pg-boss gives a job back when its worker has not said so for this long. */
const HEARTBEAT_SECONDS = 10;
const JOB_SECONDS_MAX = 3_600;
const FOREVER_RETRIES = 1_000;
/** Lanes whose time has come, woken in one go. */
const RING_MAX = 1_000;

/**
 * The lanes' job queue on pg-boss.
 *
 * A job means “this lane has something to do”, not one document: a worker drains the lane in time
 * slices. `key_strict_fifo` lets one job of a lane be active at a time, by a unique index.
 */
export async function openJobs(
  database: Database,
  options: { readonly maintain: boolean },
): Promise<JobQueue> {
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => database.pool.query(text, values) },
    supervise: options.maintain,
    schedule: false,
    monitorIntervalSeconds: 2,
    superviseIntervalSeconds: 2,
  });
  // What pg-boss reports here (a lost connection) also fails the call that met it.
  boss.on('error', () => undefined);
  await boss.start();
  await makeQueues(boss);
  await letRequestsWake(database);
  const wakeLanes = (laneIds: readonly string[]) => wake(boss, database.db, laneIds);
  return {
    wakeLane: gather(wakeLanes),
    wakeLanes: async (laneIds, trx) => {
      await wake(boss, trx, laneIds);
    },
    wakeLaneAt: async (laneId, atMs) => {
      const startAfter = new Date(atMs);
      await boss.upsert(TIMER, { laneId }, { singletonKey: laneId, startAfter });
    },
    notify: async () => {
      await database.pool.query(`notify ${WAKE_CHANNEL}`);
    },
    ring: () => ring(boss, wakeLanes),
    take: (count) => take(boss, count),
    finish: gather((asked: readonly (readonly LaneJob[])[]) => finish(boss, asked)),
    touch: async (jobs) => {
      if (jobs.length > 0) await boss.touch(LANE, idsOf(jobs));
    },
    release: (laneIds) => release(boss, laneIds),
    stop: async () => boss.stop({ graceful: false, close: false }),
  };
}

async function makeQueues(boss: PgBoss): Promise<void> {
  const found = new Set((await boss.getQueues([LANE, TIMER])).map((queue) => queue.name));
  const keep = {
    retryLimit: FOREVER_RETRIES,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 300,
    expireInSeconds: JOB_SECONDS_MAX,
    deleteAfterSeconds: 0,
  };
  if (!found.has(LANE)) {
    const policy = 'key_strict_fifo';
    await boss.createQueue(LANE, { ...keep, policy, heartbeatSeconds: HEARTBEAT_SECONDS });
  }
  if (!found.has(TIMER)) await boss.createQueue(TIMER, { ...keep, policy: 'short' });
}

/** A request may say that a lane has something to do, in the transaction of its own act. */
async function letRequestsWake({ pool }: Database): Promise<void> {
  const { rowCount } = await pool.query(
    `select where has_schema_privilege('${WEB_ROLE}', 'pgboss', 'usage')`,
  );
  if (rowCount !== 0) return;
  // Two processes that start at once would stumble over each other's change of rights.
  await pool.query(`
    do $$ begin
      perform pg_advisory_xact_lock(hashtext('isolate companies'));
      grant usage on schema pgboss to ${WEB_ROLE};
      grant select, insert, update on all tables in schema pgboss to ${WEB_ROLE};
    end $$
  `);
}

/**
 * One job of a lane that waits for its turn is enough: it is kept from being taken until the caller
 * commits, so that its turn sees what the caller has written. One that is being taken at this
 * moment would not, and another job follows it.
 */
async function wake(boss: PgBoss, db: Db, laneIds: readonly string[]): Promise<void[]> {
  const { rows } = await sql<{ lane: string }>`
    select singleton_key as lane from pgboss.job
     where name = ${LANE} and state = 'created' and singleton_key = any(${laneIds})
       for share skip locked
  `.execute(db);
  const awake = new Set(rows.map((row) => row.lane));
  const asleep = [...new Set(laneIds)].filter((laneId) => !awake.has(laneId));
  if (asleep.length > 0) {
    const jobs = asleep.map((laneId) => ({ data: { laneId }, singletonKey: laneId }));
    await boss.insert(LANE, jobs, { db: fromKysely(db) });
  }
  return laneIds.map(() => undefined);
}

async function ring(
  boss: PgBoss,
  wakeLanes: (laneIds: readonly string[]) => Promise<unknown>,
): Promise<number> {
  const rung = await boss.fetch<{ laneId: string }>(TIMER, { batchSize: RING_MAX });
  if (rung.length === 0) return 0;
  await wakeLanes(rung.map((job) => job.data.laneId));
  await boss.complete(TIMER, idsOf(rung));
  return rung.length;
}

async function take(boss: PgBoss, count: number): Promise<LaneJob[]> {
  const jobs = await boss.fetch<{ laneId: string }>(LANE, { batchSize: count });
  return jobs.map((job) => ({ id: job.id, laneId: job.data.laneId }));
}

async function finish(boss: PgBoss, asked: readonly (readonly LaneJob[])[]): Promise<void[]> {
  const ids = idsOf(asked.flat());
  if (ids.length > 0) await boss.complete(LANE, ids);
  return asked.map(() => undefined);
}

async function release(boss: PgBoss, laneIds: readonly string[]): Promise<void> {
  for (const laneId of laneIds) {
    const jobs = await boss.findJobs(LANE, { key: laneId });
    const active = jobs.filter((job) => job.state === 'active').map((job) => job.id);
    if (active.length > 0) await boss.deleteJob(LANE, active);
    await boss.upsert(LANE, { laneId }, { singletonKey: laneId });
  }
}

function idsOf(jobs: readonly { readonly id: string }[]): string[] {
  return jobs.map((job) => job.id);
}
