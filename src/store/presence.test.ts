import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { sql } from 'kysely';
import { dayReport } from '../testing/day-reports.ts';
import { addLaneRows, type LaneRows } from '../testing/lane-rows.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { openPresence, type OpenPresence } from './presence.ts';

let server: TestServer;
let rows: LaneRows;
const opened: OpenPresence[] = [];
before(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  rows = await addLaneRows(await server.newDatabase());
});
afterEach(async () => {
  for (const presence of opened.splice(0)) await presence.close();
  await rows.stop();
});
after(() => server.stop());

async function join(): Promise<OpenPresence> {
  const presence = await openPresence(rows.database);
  opened.push(presence);
  return presence;
}

/** The lane as a worker has it. */
async function taken(workerId: string): Promise<void> {
  await rows.store.takeLane(rows.target.id, { workerId, lookAfterMs: 0 });
}

/** Leaves a worker's row without anyone who holds its lock, as the end of its process does. */
async function die(presence: OpenPresence): Promise<void> {
  await sql`
    update worker set lock = 0 where id = ${presence.workerId}
  `.execute(rows.database.db);
}

describe('forsaken', () => {
  test('leaves a lane alone whose worker lives', async () => {
    const [own, other] = [await join(), await join()];
    await taken(other.workerId);
    assert.deepEqual(await own.forsaken(0), { dead: [], due: [] });
  });

  test('finds the lane of a worker that has died, once', async () => {
    const [own, other] = [await join(), await join()];
    await taken(other.workerId);
    await die(other);
    assert.deepEqual(await own.forsaken(0), { dead: [rows.target.id], due: [] });
    assert.deepEqual(await own.forsaken(0), { dead: [], due: [] });
  });

  test('finds a lane with something due that nobody was told of', async () => {
    const own = await join();
    await rows.takeIn([dayReport()]);
    assert.deepEqual((await own.forsaken(0)).due, []);
    await rows.jobs.finish(await rows.jobs.take(5));
    assert.deepEqual((await own.forsaken(0)).due, [rows.target.id]);
    assert.deepEqual((await own.forsaken(3_600_000)).due, []);
  });

  test('finds a lane that a living worker is named on and nobody has a job of', async () => {
    const [own, other] = [await join(), await join()];
    await rows.takeIn([dayReport()]);
    const jobs = await rows.jobs.take(5);
    await taken(other.workerId);
    assert.deepEqual(await own.forsaken(0), { dead: [], due: [] });
    await rows.jobs.finish(jobs);
    assert.deepEqual(await own.forsaken(0), { dead: [], due: [rows.target.id] });
    await rows.database.db.updateTable('delivery').set({ state: 'sending' }).execute();
    assert.deepEqual(await own.forsaken(0), { dead: [], due: [rows.target.id] });
  });

  test('leaves a lane alone that waits for a person', async () => {
    const own = await join();
    await rows.takeIn([dayReport()]);
    await rows.jobs.finish(await rows.jobs.take(5));
    await rows.store.markConnection(rows.target.id, 'reconnect', {
      code: 'login-ended',
      facts: { why: 'the consent is gone' },
    });
    assert.deepEqual((await own.forsaken(0)).due, []);
  });

  test('finds a lane whose worker died before it named itself', async () => {
    const own = await join();
    await rows.jobs.wakeLane(rows.target.id);
    await rows.jobs.take(5);
    assert.deepEqual((await own.forsaken(0)).dead, [rows.target.id]);
    assert.deepEqual((await own.forsaken(3_600_000)).dead, []);
  });
});

describe('wait', () => {
  test('ends when another process tells that there is something to do', async () => {
    const own = await join();
    const waiting = own.wait(3_600_000, new AbortController().signal);
    await rows.jobs.notify();
    await waiting;
  });

  test('ends when it is told to stop', async () => {
    const own = await join();
    const stop = new AbortController();
    const waiting = own.wait(3_600_000, stop.signal);
    stop.abort();
    await waiting;
    await own.wait(3_600_000, stop.signal);
  });
});

describe('openPresence', () => {
  test('takes its lock again when its session is lost', async () => {
    const [own, other] = [await join(), await join()];
    await taken(own.workerId);
    const ended = await sql<{ pid: number }>`
      select k.pid, pg_terminate_backend(k.pid)
        from worker w join pg_locks k on k.locktype = 'advisory' and k.objid = w.lock::oid
       where w.id = ${own.workerId}
    `.execute(rows.database.db);
    assert.equal(ended.rows.length, 1);
    await untilLocked(own, ended.rows[0]?.pid ?? 0);
    assert.deepEqual(await other.forsaken(3_600_000), { dead: [], due: [] });
  });

  test('forgets a worker that leaves', async () => {
    const own = await join();
    await own.close();
    opened.length = 0;
    const { db } = rows.database;
    assert.deepEqual(await db.selectFrom('worker').select('id').execute(), []);
  });
});

/** Waits for its lock by another session: that of the one that is told to end goes in its time. */
async function untilLocked(presence: OpenPresence, before: number): Promise<void> {
  const held = sql<{ held: string }>`
    select count(*) as held
      from worker w
      join pg_locks k on k.locktype = 'advisory' and k.objid = w.lock::oid and k.granted
     where w.id = ${presence.workerId} and k.pid <> ${before}
  `;
  while ((await held.execute(rows.database.db)).rows[0]?.held !== '1') {
    await sql`select pg_sleep(0.01)`.execute(rows.database.db);
  }
}
