import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { FORTNOX_RATE } from './rate.ts';
import type { FortnoxSimulator } from './simulator.ts';
import { ask, companyIn, startTestSimulator, type Company } from './test-client.ts';

let simulator: FortnoxSimulator;
let company: Company;
before(async () => {
  simulator = await startTestSimulator();
});
beforeEach(() => {
  simulator.setRate(FORTNOX_RATE);
  company = companyIn(simulator);
});
after(() => simulator.stop());

async function call(): Promise<number> {
  return (await company.get('companyinformation')).status;
}

async function calls(count: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let made = 0; made < count; made += 1) statuses.push(await call());
  return statuses;
}

describe('the rate limit', () => {
  test('lets 25 calls through in five seconds and not the 26th', async () => {
    assert.deepEqual(new Set(await calls(25)), new Set([200]));
    const reply = await company.get('companyinformation');
    assert.equal(reply.status, 429);
    assert.equal(reply.headers['retry-after'], undefined);
  });

  test('slides: a call is allowed as soon as the oldest has left the window', async () => {
    await call();
    simulator.clock.advance(1_000);
    await calls(24);
    simulator.clock.advance(3_999);
    assert.equal(await call(), 429);
    simulator.clock.advance(1);
    assert.deepEqual(await calls(2), [200, 429]);
    simulator.clock.advance(1_000);
    assert.equal((await calls(25)).filter((status) => status === 200).length, 24);
  });

  test('counts all tokens of an app on one company, and each company for itself', async () => {
    await calls(25);
    const second = company.tenant.grant().accessToken;
    const url = `${simulator.apiUrl}/3/companyinformation`;
    assert.equal((await ask(url, { token: second })).status, 429);
    assert.equal((await companyIn(simulator).get('companyinformation')).status, 200);
  });

  test('does not count calls it refuses, unless that is chosen', async () => {
    await calls(25);
    simulator.clock.advance(4_000);
    await calls(25);
    simulator.clock.advance(1_000);
    assert.equal(await call(), 200);
    simulator.setChoices({ limitedCalls: 'counted' });
    simulator.clock.advance(5_000);
    await calls(25);
    simulator.clock.advance(4_000);
    await calls(25);
    simulator.clock.advance(1_000);
    assert.equal(await call(), 429);
    simulator.setChoices({ limitedCalls: 'free' });
  });

  test('can be changed and switched off', async () => {
    simulator.setRate({ requests: 2, windowMs: 1_000 });
    assert.deepEqual(await calls(3), [200, 200, 429]);
    simulator.setRate(null);
    assert.deepEqual(new Set(await calls(40)), new Set([200]));
  });
});

describe('the counters', () => {
  test('tell how many calls were made and refused, and how they were answered', async () => {
    await calls(27);
    const tally = company.tenant.tally();
    assert.deepEqual([tally.calls, tally.accepted, tally.limited], [27, 25, 2]);
    assert.deepEqual(tally.statuses, { '200': 25, '429': 2 });
    assert.deepEqual(tally.routes, { 'GET /3/companyinformation': 25 });
  });

  test('tell how much of the limit was used', async () => {
    // Five calls, a second apart: four intervals of one second, where 5 a second are allowed.
    for (let made = 0; made < 5; made += 1) {
      if (made > 0) simulator.clock.advance(1_000);
      await call();
    }
    const usage = company.tenant.usage();
    assert.equal(usage.share, 0.2);
    assert.equal(usage.peak, 5);
    assert.equal(usage.acceptedAtMs.length, 5);
  });
});
