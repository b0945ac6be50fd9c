import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { present } from '../lib/assert.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import type { Database } from './db.ts';
import { openJobs, type JobQueue } from './jobs.ts';

let server: TestServer;
let database: Database;
const opened: JobQueue[] = [];
before(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  database = await server.newDatabase();
});
afterEach(async () => {
  for (const jobs of opened.splice(0)) await jobs.stop();
});
after(() => server.stop());

async function open(of: Database = database): Promise<JobQueue> {
  const jobs = await openJobs(of, { maintain: false });
  opened.push(jobs);
  return jobs;
}

async function taken(jobs: JobQueue, count = 10): Promise<string[]> {
  return (await jobs.take(count)).map((job) => job.laneId).sort();
}

describe('wakeLane', () => {
  test('gives a lane that was woken many times one turn', async () => {
    const jobs = await open();
    for (let times = 0; times < 3; times += 1) await jobs.wakeLane('7');
    assert.deepEqual(await taken(jobs), ['7']);
    assert.deepEqual(await taken(jobs), []);
  });

  test('gives no turn when the transaction it belongs to is rolled back', async () => {
    const jobs = await open();
    const failing = database.db.transaction().execute(async (trx) => {
      await jobs.wakeLanes(['7'], trx);
      throw new Error('rolled back');
    });
    await assert.rejects(failing, /rolled back/);
    assert.deepEqual(await taken(jobs), []);
  });

  test('gives a turn after the commit to what was woken in a transaction', async () => {
    const jobs = await open();
    await jobs.wakeLane('7');
    // The turn that waits already must not come before what it was woken for can be seen.
    await database.db.transaction().execute(async (trx) => {
      await jobs.wakeLanes(['7'], trx);
      assert.deepEqual(await taken(jobs), []);
    });
    assert.deepEqual(await taken(jobs), ['7']);
    assert.deepEqual(await taken(jobs), []);
  });

  test('gives one more turn to a lane whose turn begins while it is woken', async () => {
    const jobs = await open();
    await jobs.wakeLane('7');
    const taking = await database.pool.connect();
    await taking.query('begin');
    const { rows } = await taking.query<{ id: string }>(
      "update pgboss.job set state = 'active' where name = 'lane' returning id",
    );
    // That turn is not kept from beginning any more, and may not see what is written here.
    await database.db.transaction().execute((trx) => jobs.wakeLanes(['7'], trx));
    await taking.query('commit');
    taking.release();
    await jobs.finish([{ id: present(rows[0], 'a job').id, laneId: '7' }]);
    assert.deepEqual(await taken(jobs), ['7']);
  });

  test('gives a lane that is woken while it is worked one more turn afterwards', async () => {
    const jobs = await open();
    await jobs.wakeLane('7');
    const first = await jobs.take(10);
    await jobs.wakeLane('7');
    assert.deepEqual(await taken(jobs), []);
    await jobs.finish(first);
    assert.deepEqual(await taken(jobs), ['7']);
  });
});

describe('take', () => {
  test('gives each lane to one of two processes that ask at once', async () => {
    const [one, two] = [await open(), await open(server.openAgain(database))];
    for (const lane of ['1', '2', '3', '4', '5', '6']) await one.wakeLane(lane);
    const [first, second] = await Promise.all([taken(one, 3), taken(two, 3)]);
    assert.deepEqual([...first, ...second].sort(), ['1', '2', '3', '4', '5', '6']);
  });

  test('gives no more than it was asked for', async () => {
    const jobs = await open();
    for (const lane of ['1', '2', '3']) await jobs.wakeLane(lane);
    assert.equal((await jobs.take(2)).length, 2);
    assert.equal((await jobs.take(2)).length, 1);
  });
});

describe('wakeLaneAt', () => {
  test('gives the turn when its time has come, and the later call counts', async () => {
    const jobs = await open();
    await jobs.wakeLaneAt('7', Date.now() + 3_600_000);
    assert.equal(await jobs.ring(), 0);
    assert.deepEqual(await taken(jobs), []);
    await jobs.wakeLaneAt('7', Date.now() - 1_000);
    assert.equal(await jobs.ring(), 1);
    assert.deepEqual(await taken(jobs), ['7']);
    assert.deepEqual(await taken(jobs), []);
  });
});

describe('release', () => {
  test('gives back a lane that a dead worker had taken', async () => {
    const [dead, living] = [await open(), await open(server.openAgain(database))];
    await dead.wakeLane('7');
    assert.deepEqual(await taken(dead), ['7']);
    await dead.stop();
    assert.deepEqual(await taken(living), []);
    await living.release(['7']);
    assert.deepEqual(await taken(living), ['7']);
  });
});

describe('the queue', () => {
  test('is as it was when all processes have stopped and one starts again', async () => {
    const first = await open();
    await first.wakeLane('1');
    await first.wakeLane('2');
    const [job] = await first.take(1);
    await first.stop();
    const again = await open(server.openAgain(database));
    assert.deepEqual(await taken(again), [job?.laneId === '1' ? '2' : '1']);
    await again.release([job?.laneId ?? '']);
    assert.deepEqual(await taken(again), [job?.laneId ?? '']);
  });
});
