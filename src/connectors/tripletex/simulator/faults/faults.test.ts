import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { plusDays } from '../../../../domain/date.ts';
import type { TripletexSimulator } from '../simulator.ts';
import { clientIn, idOf, startTestSimulator, type Client } from '../test-client.ts';
import type { Fault } from './fault.ts';

let simulator: TripletexSimulator;
before(async () => {
  simulator = await startTestSimulator();
});
after(() => simulator.stop());

async function names(client: Client): Promise<readonly unknown[]> {
  return (await client.get('/customer')).values.map((one) => one['name']);
}

/** Asks again until something holds, so many times at most. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) if (await holds()) return;
  assert.fail('it never came to hold');
}

/** A client whose next write meets a fault. */
function facing(fault: Fault): Client {
  const client = clientIn(simulator);
  const rule = { method: 'POST', path: '/v2/customer*', company: client.company.id };
  simulator.faults.add({ fault, ...rule });
  return client;
}

describe('faults', () => {
  const unanswered: readonly (readonly [Fault, readonly string[]])[] = [
    [{ kind: 'reset' }, []],
    [{ kind: 'lose-answer' }, ['A']],
    [{ kind: 'cut-answer' }, ['A']],
  ];
  for (const [fault, kept] of unanswered) {
    test(`${fault.kind} gives no answer, and leaves ${kept.length}`, async () => {
      const client = facing(fault);
      await assert.rejects(client.post('/customer', { name: 'A' }));
      assert.deepEqual(await names(client), kept);
      assert.equal((await client.post('/customer', { name: 'B' })).status, 201);
    });
  }

  const answered: readonly (readonly [Fault, number, readonly string[]])[] = [
    [{ kind: 'too-many-requests' }, 429, []],
    [{ kind: 'server-error', commits: false }, 500, []],
    [{ kind: 'server-error', commits: true }, 500, ['A']],
    [{ kind: 'server-error', commits: true, status: 503 }, 503, ['A']],
    [{ kind: 'refuse', refusal: 'old-version' }, 409, []],
    [{ kind: 'session-expired', forGood: false }, 401, []],
    [{ kind: 'wrong-body', body: 'html', commits: true }, 200, ['A']],
    [{ kind: 'wrong-body', body: 'empty', commits: false }, 200, []],
    [{ kind: 'twice' }, 201, ['A', 'A']],
  ];
  for (const [fault, status, kept] of answered) {
    test(`${JSON.stringify(fault)} answers ${status} and keeps ${kept.length}`, async () => {
      const client = facing(fault);
      assert.equal((await client.post('/customer', { name: 'A' })).status, status);
      assert.deepEqual(await names(client), kept);
    });
  }

  test('a session that dies midway stays dead', async () => {
    const client = facing({ kind: 'session-expired', forGood: true });
    assert.equal((await client.post('/customer', { name: 'A' })).status, 401);
    assert.equal((await client.get('/customer')).status, 401);
  });

  test('no session ends at the call that asks for one', async () => {
    const client = clientIn(simulator);
    simulator.faults.add({ fault: { kind: 'session-expired', forGood: false }, path: '/v2/*' });
    const expirationDate = simulator.clock.today();
    const asked = { ...client.company.credentials, expirationDate: plusDays(expirationDate, 2) };
    assert.equal((await client.post('/token/session/:create', asked)).status, 201);
    assert.equal((await client.get('/customer')).status, 401);
  });

  test('a slow answer waits for the clock', async () => {
    const client = facing({ kind: 'delay-answer', ms: 60_000 });
    const going = client.post('/customer', { name: 'A' });
    await until(async () => (await names(client)).length > 0);
    simulator.clock.advance(60_000);
    assert.equal((await going).status, 201);
  });

  test('a write can take effect long after the client has given up', async (t) => {
    const own = await startTestSimulator();
    t.after(() => own.stop());
    const client = clientIn(own);
    own.faults.add({ fault: { kind: 'late-commit', ms: 60_000 }, method: 'POST' });
    const going = assert.rejects(client.post('/customer', { name: 'A' }));
    const bystander = clientIn(own);
    await until(async () => {
      await bystander.get('/customer');
      return client.company.tally().calls > 0;
    });
    await own.goOffline();
    await going;
    await own.goOnline();
    assert.deepEqual(await names(client), []);
    own.clock.advance(60_000);
    assert.deepEqual(await names(client), ['A']);
  });

  test('lists can lag behind, and reads by id do not', async () => {
    const client = clientIn(simulator);
    const id = idOf(await client.post('/customer', { name: 'A' }));
    const fault = { kind: 'lag', ms: 5_000 } as const;
    simulator.faults.add({ fault, company: client.company.id, times: 'always' });
    assert.deepEqual(await names(client), []);
    assert.equal((await client.get(`/customer/${id}`)).status, 200);
    simulator.clock.advance(5_000);
    assert.deepEqual(await names(client), ['A']);
    simulator.faults.clear();
  });

  test('fall by chance that is the same each time', async (t) => {
    const run = async (): Promise<readonly number[]> => {
      const own = await startTestSimulator({ seed: 7 });
      t.after(() => own.stop());
      const client = clientIn(own);
      const fault = { kind: 'server-error', commits: false } as const;
      own.faults.add({ fault, chance: 0.5, times: 'always', skip: 2 });
      const statuses: number[] = [];
      for (let at = 0; at < 12; at += 1) statuses.push((await client.get('/customer')).status);
      return statuses;
    };
    const first = await run();
    assert.deepEqual(first.slice(0, 2), [200, 200]);
    assert.ok(first.includes(500));
    assert.deepEqual(await run(), first);
  });
});
