import { PgBoss, fromKysely, type Db as BossDb } from 'pg-boss';
import type { LaneJob, LaneQueue } from '../ports/queue.ts';
import type { Database, Db } from './db.ts';

/** The job queue: which lanes have something to do, and when. */
export type JobQueue = Omit<LaneQueue, 'wakeLane'> & {
  /** Makes the lane's turn come, in the caller's transaction when one is given. */
  wakeLane(laneId: string, trx?: Db): Promise<void>;
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
  const inside = (trx: Db | undefined): { db?: BossDb } =>
    trx === undefined ? {} : { db: fromKysely(trx) };
  return {
    wakeLane: async (laneId, trx) => {
      await boss.upsert(LANE, { laneId }, { singletonKey: laneId, ...inside(trx) });
    },
    wakeLaneAt: async (laneId, atMs) => {
      const startAfter = new Date(atMs);
      await boss.upsert(TIMER, { laneId }, { singletonKey: laneId, startAfter });
    },
    notify: async () => {
      await database.pool.query(`notify ${WAKE_CHANNEL}`);
    },
    take: (count) => take(boss, count),
    finish: async (jobs) => {
      if (jobs.length > 0) await boss.complete(LANE, idsOf(jobs));
    },
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

async function take(boss: PgBoss, count: number): Promise<LaneJob[]> {
  const rung = await boss.fetch<{ laneId: string }>(TIMER, { batchSize: 100 });
  for (const job of rung) {
    await boss.upsert(LANE, job.data, { singletonKey: job.data.laneId });
  }
  if (rung.length > 0) await boss.complete(TIMER, idsOf(rung));
  const jobs = await boss.fetch<{ laneId: string }>(LANE, { batchSize: count });
  return jobs.map((job) => ({ id: job.id, laneId: job.data.laneId }));
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
