import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import type { Database } from './db.ts';
import { laneStore } from './lane-store.ts';

/** Five calls in any second. */
const LIMIT = { key: 'connection 1', requests: 5, perMs: 1_000 };

let server: TestServer;
let database: Database;
before(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  database = await server.newDatabase();
});
after(() => server.stop());

/** Reserves calls. @returns when each may start, by the database's own clock */
async function reserve(client: pg.ClientBase, want: number): Promise<number[]> {
  const { rows } = await client.query<{ granted: string[] }>(
    'select granted from reserve_calls($1, $2, $3, $4, $5)',
    [LIMIT.key, want, LIMIT.requests, LIMIT.perMs, []],
  );
  return (rows[0]?.granted ?? []).map(Number);
}

/** The most starts in any window; a start at its very end counts to the next. */
function mostInAnyWindow(starts: readonly number[], perMs = LIMIT.perMs): number {
  const counts = starts.map(
    (from) => starts.filter((at) => at >= from && at < from + perMs).length,
  );
  return Math.max(...counts);
}

describe('reserveCalls', () => {
  test('lets the first calls go at once and the next ones a window later', async () => {
    const turns = await laneStore(database).reserveCalls(LIMIT, 11);
    const waits = turns.map(({ waitMs }) => waitMs);
    assert.deepEqual(waits, [0, 0, 0, 0, 0, 1_000, 1_000, 1_000, 1_000, 1_000, 2_000]);
  });

  test('never grants more than the limit in any window, to two connections at once', async () => {
    const clients = [await database.pool.connect(), await database.pool.connect()];
    const starts: number[] = [];
    await Promise.all(
      clients.map(async (client) => {
        for (const want of [1, 3, 5, 2, 4, 1, 3]) starts.push(...(await reserve(client, want)));
      }),
    );
    for (const client of clients) client.release();
    assert.equal(starts.length, 38);
    assert.equal(mostInAnyWindow(starts), 5);
    const ordered = starts.sort((a, b) => a - b);
    // The limit is used up whole: 38 calls take eight windows, the last one starts in the eighth.
    assert.ok((ordered[37] ?? 0) - (ordered[0] ?? 0) >= 7_000);
  });

  test('counts each limit for itself', async () => {
    const store = laneStore(database);
    await store.reserveCalls(LIMIT, 5);
    const [other] = await store.reserveCalls({ ...LIMIT, key: 'connection 2' }, 1);
    assert.equal(other?.waitMs, 0);
  });

  test('grants anew what is given back unused, and no more than that', async () => {
    const store = laneStore(database);
    const slow = { ...LIMIT, perMs: 3_600_000 };
    const turns = await store.reserveCalls(slow, 5);
    const unused = turns.slice(3).map(({ at }) => at);
    const again = await store.reserveCalls(slow, 3, unused);
    assert.deepEqual(
      again.map(({ waitMs }) => waitMs > 0),
      [false, false, true],
    );
  });

  test('never grants more calls that are made than the limit, whatever is given back', async () => {
    const store = laneStore(database);
    const quick = { ...LIMIT, perMs: 100 };
    const made: number[] = [];
    let unused: readonly number[] = [];
    for (let round = 0; round < 30; round += 1) {
      const turns = await store.reserveCalls(quick, 1 + (round % 4), unused);
      await sleep(Math.max(...turns.map(({ waitMs }) => waitMs)) + 2);
      const [taken, late] = [turns.filter((_, i) => i % 2 === 0), turns.filter((_, i) => i % 2)];
      made.push(...taken.map(({ at }) => at));
      unused = late.map(({ at }) => at);
    }
    assert.ok(mostInAnyWindow(made, quick.perMs) <= quick.requests);
  });

  test('takes back no turn that is to come, and none that it does not know', async () => {
    const store = laneStore(database);
    const turns = await store.reserveCalls(LIMIT, 10);
    const unused = [...turns.slice(5), { at: 12_345 }].map(({ at }) => at);
    const [next] = await store.reserveCalls(LIMIT, 1, unused);
    assert.equal(next?.at, (turns[9]?.at ?? 0) + LIMIT.perMs);
  });
});

describe('blockCalls', () => {
  test('lets nothing go for as long as it was told, then the whole limit', async () => {
    const store = laneStore(database);
    const client = await database.pool.connect();
    const { rows } = await client.query<{ now_ms: string }>(
      'select floor(extract(epoch from clock_timestamp()) * 1000) as now_ms',
    );
    await store.blockCalls(LIMIT, 60_000);
    const starts = await reserve(client, 5);
    client.release();
    const [first = 0] = starts;
    assert.ok(first >= Number(rows[0]?.now_ms) + 60_000);
    assert.deepEqual(starts, [first, first, first, first, first]);
  });

  test('does not forget calls that were granted for later than its own end', async () => {
    const store = laneStore(database);
    // The last five of these twenty start three seconds from now.
    const granted = await store.reserveCalls(LIMIT, 20);
    assert.equal(granted[19]?.waitMs, 3_000);
    const client = await database.pool.connect();
    const [before] = await grantedMs(client);
    await store.blockCalls(LIMIT, 1_000);
    const [next = 0] = await reserve(client, 1);
    client.release();
    assert.equal(next, (before ?? 0) + LIMIT.perMs);
  });
});

async function grantedMs(client: pg.ClientBase): Promise<number[]> {
  const { rows } = await client.query<{ granted_ms: string[] }>(
    'select granted_ms from call_window where key = $1',
    [LIMIT.key],
  );
  return (rows[0]?.granted_ms ?? []).map(Number);
}
