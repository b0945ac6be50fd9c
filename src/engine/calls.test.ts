import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { ConnectorError } from '../ports/errors.ts';
import type { HttpRequest, HttpResponse } from '../ports/http.ts';
import type { LaneStore } from '../ports/store.ts';
import { laneStore } from '../store/lane-store.ts';
import { handClock, type HandClock } from '../testing/hand-clock.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { callGate, type CallGate } from './calls.ts';

const LIMIT = { key: 'connection 1', requests: 2, perMs: 60_000 };
/** So wide that only reserved turns count. */
const WIDE = { ...LIMIT, requests: 25 };
const GET: HttpRequest = { method: 'GET', url: 'https://ledger.test/vouchers' };
const POST: HttpRequest = { method: 'POST', url: 'https://ledger.test/vouchers' };

let server: TestServer;
let store: LaneStore;
let clock: HandClock;
/** When each call left, in milliseconds from the start. */
let sent: string[];
let answers: number[];
before(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  store = laneStore(await server.newDatabase());
  clock = handClock(0);
  sent = [];
  answers = [];
});
after(() => server.stop());

const http = {
  send: async ({ method }: HttpRequest): Promise<HttpResponse> => {
    sent.push(`${method} ${clock.nowMs()}`);
    return { status: answers.shift() ?? 200, headers: {}, body: new Uint8Array() };
  },
};

function gateWithout(): CallGate {
  return callGate({ http, store, clock, limit: null });
}

/** Turns that come after these waits, each answer for one question; then at once. */
function reserving(waits: readonly (readonly number[])[]): {
  readonly reserveCalls: LaneStore['reserveCalls'];
  /** How many were asked for, and what was given back with that. */
  readonly asked: readonly { readonly want: number; readonly unused: readonly number[] }[];
} {
  const left = [...waits];
  const asked: { want: number; unused: readonly number[] }[] = [];
  const reserveCalls: LaneStore['reserveCalls'] = async (_limit, want, unused = []) => {
    asked.push({ want, unused: [...unused] });
    const nowMs = clock.nowMs();
    return (left.shift() ?? [0]).map((waitMs) => ({ at: nowMs + waitMs, waitMs }));
  };
  return { reserveCalls, asked };
}

/** A gate whose turns come after these waits, as if others used the limit too. */
function gateWaiting(waits: readonly (readonly number[])[]): CallGate {
  const { reserveCalls } = reserving(waits);
  return callGate({ http, store: { ...store, reserveCalls }, clock, limit: WIDE });
}

async function failureOf(sending: Promise<unknown>): Promise<unknown> {
  const error = await sending.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ConnectorError);
  return error.failure;
}

describe('callGate', () => {
  test('lets calls through at once where there is no limit, and counts them', async () => {
    const gate = gateWithout();
    await gate.send(POST);
    await gate.send(GET);
    assert.deepEqual(sent, ['POST 0', 'GET 0']);
    assert.deepEqual(gate.takeCounts(), { calls: 2, rateLimited: 0 });
    assert.deepEqual(gate.takeCounts(), { calls: 0, rateLimited: 0 });
  });

  test('lets as many through as the limit allows, over two processes together', async () => {
    const gates = [1, 2].map(() => callGate({ http, store, clock, limit: LIMIT }));
    await Promise.all(gates.map((gate) => gate.send(GET)));
    const failure = await failureOf(gates[0]?.send(GET) ?? Promise.resolve());
    // A minute is no wait for a lane: it gives its turn away.
    assert.ok(typeof failure === 'object' && failure !== null && 'waitMs' in failure);
    assert.ok(Number(failure.waitMs) > 10_000 && Number(failure.waitMs) <= 60_000);
    assert.equal(sent.length, 2);
  });

  test('sleeps until its turn', async () => {
    await gateWaiting([[700]]).send(POST);
    assert.deepEqual(sent, ['POST 700']);
  });

  test('takes several turns at once while the limit is what it waits for', async () => {
    const { reserveCalls, asked } = reserving([[500], [100, 200, 300, 400, 900]]);
    const gate = callGate({ http, store: { ...store, reserveCalls }, clock, limit: WIDE });
    for (let times = 0; times < 6; times += 1) await gate.send(GET);
    assert.deepEqual(
      asked.map(({ want }) => want),
      [1, 5],
    );
    // The second reservation was made at 500: its turns come at 600, 700, 800, 900 and 1 400.
    assert.deepEqual(sent, ['GET 500', 'GET 600', 'GET 700', 'GET 800', 'GET 900', 'GET 1400']);
  });

  test('waits until the call a window before has surely arrived a window ago', async () => {
    const slow = {
      send: async (request: HttpRequest): Promise<HttpResponse> => {
        const answer = await http.send(request);
        clock.goOn(300);
        return answer;
      },
    };
    // Two calls a second, with the margin of 100 on top.
    const limit = { key: 'connection 1', requests: 2, perMs: 1_100 };
    const { reserveCalls } = reserving([]);
    const gate = callGate({ http: slow, store: { ...store, reserveCalls }, clock, limit });
    for (let times = 0; times < 4; times += 1) await gate.send(GET);
    // Answered at 300 and 600: the next may leave a second after each.
    assert.deepEqual(sent, ['GET 0', 'GET 300', 'GET 1300', 'GET 1600']);
  });

  test('gives back the reserved turns that it comes too late for, once', async () => {
    const { reserveCalls, asked } = reserving([[500], [100, 200, 300], [40]]);
    const gate = callGate({ http, store: { ...store, reserveCalls }, clock, limit: WIDE });
    await gate.send(GET);
    await gate.send(GET);
    clock.goOn(1_000);
    await gate.send(GET);
    await gate.send(GET);
    assert.deepEqual(sent, ['GET 500', 'GET 600', 'GET 1640', 'GET 1640']);
    assert.deepEqual(
      asked.map(({ unused }) => unused),
      [[], [], [700, 800], []],
    );
  });

  test('gives back a turn that it has slept past, and takes another', async () => {
    const { reserveCalls, asked } = reserving([[500], [40]]);
    const late = { ...clock, sleep: async (ms: number) => clock.goOn(ms + (ms === 500 ? 60 : 0)) };
    const gate = callGate({ http, store: { ...store, reserveCalls }, clock: late, limit: WIDE });
    await gate.send(GET);
    assert.deepEqual(sent, ['GET 600']);
    assert.deepEqual(
      asked.map(({ unused }) => unused),
      [[], [500]],
    );
  });

  test('goes all the same when it is late every time', async () => {
    const late = { ...clock, sleep: async (ms: number) => clock.goOn(ms + 60) };
    const { reserveCalls } = reserving([[10], [10], [10], [10]]);
    const gate = callGate({ http, store: { ...store, reserveCalls }, clock: late, limit: WIDE });
    await gate.send(GET);
    assert.deepEqual(sent, ['GET 280']);
  });

  test('counts a 429, and lets nobody through for a window after it', async () => {
    const gate = callGate({ http, store, clock, limit: LIMIT });
    answers = [429];
    assert.equal((await gate.send(GET)).status, 429);
    assert.deepEqual(gate.takeCounts(), { calls: 1, rateLimited: 1 });
    const other = callGate({ http, store, clock, limit: LIMIT });
    const failure = await failureOf(other.send(GET));
    assert.ok(typeof failure === 'object' && failure !== null && 'waitMs' in failure);
    assert.ok(Number(failure.waitMs) > 50_000);
    assert.equal(sent.length, 1);
  });
});

describe('notLater', () => {
  test('never sends a call that changes something after its time', async () => {
    const gate = gateWaiting([[301]]);
    const failure = await failureOf(gate.notLater(300, () => gate.send(POST)));
    assert.deepEqual(failure, { kind: 'busy', waitMs: 0 });
    assert.deepEqual(sent, []);
    assert.deepEqual(gate.takeCounts(), { calls: 0, rateLimited: 0 });
  });

  test('sends a call whose turn comes at the last moment', async () => {
    const gate = gateWaiting([[300]]);
    await gate.notLater(300, () => gate.send(POST));
    assert.deepEqual(sent, ['POST 300']);
  });

  test('lets reads through, and calls that come after it', async () => {
    const gate = gateWithout();
    await gate.notLater(-1, () => gate.send(GET));
    await gate.send(POST);
    assert.deepEqual(sent, ['GET 0', 'POST 0']);
  });

  test('ends also when its calls fail', async () => {
    const gate = gateWithout();
    const failing = gate.notLater(-1, () => Promise.reject(new Error('no')));
    await assert.rejects(failing, /no/);
    await gate.send(POST);
    assert.deepEqual(sent, ['POST 0']);
  });
});
