import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { DEFAULT_CLIENT, type FortnoxSimulator } from '../simulator.ts';
import {
  ask,
  companyIn,
  startTestSimulator,
  voucherBody,
  type Company,
  type Reply,
} from '../test-client.ts';
import { textOf } from '../wire/record.ts';
import { noFaults, type Fault, type FaultRule } from './fault.ts';

let simulator: FortnoxSimulator;
let company: Company;
before(async () => {
  simulator = await startTestSimulator();
});
beforeEach(() => {
  company = companyIn(simulator);
});
afterEach(() => simulator.faults.clear());
after(() => simulator.stop());

function fall(fault: Fault, rule: Partial<FaultRule> = {}): void {
  simulator.faults.add({ fault, method: 'POST', path: '/3/vouchers', ...rule });
}

function post(patienceMs?: number): Promise<Reply> {
  return ask(`${simulator.apiUrl}/3/vouchers`, {
    method: 'POST',
    token: company.token,
    body: JSON.stringify(voucherBody()),
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
}

function booked(): number {
  return company.tenant.ledger().vouchers.length;
}

/** Until something has come true on the other side of a socket. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue() && tries < 500; tries += 1) await wait(2);
  assert.ok(isTrue());
}

describe('a fault with an answer', () => {
  const answered: readonly (readonly [
    fault: Fault,
    status: number,
    code: number,
    booked: number,
  ])[] = [
    [{ kind: 'too-many-requests' }, 429, 0, 0],
    [{ kind: 'unauthorized', forGood: false }, 401, 0, 0],
    [{ kind: 'system-error', commits: false }, 500, 1000003, 0],
    [{ kind: 'system-error', commits: true }, 500, 1000003, 1],
    [{ kind: 'refuse', refusal: 'no-api-licence' }, 403, 2001103, 0],
    [{ kind: 'wrong-body', body: 'error', commits: false }, 200, 1000003, 0],
    [{ kind: 'wrong-body', body: 'html', commits: true }, 200, 0, 1],
    [{ kind: 'wrong-body', body: 'empty', commits: true }, 200, 0, 1],
    [{ kind: 'twice' }, 201, 0, 2],
  ];
  for (const [fault, status, code, entered] of answered) {
    test(`${JSON.stringify(fault)} falls once`, async () => {
      fall(fault);
      const reply = await post();
      assert.deepEqual([reply.status, reply.code, booked()], [status, code, entered]);
      assert.equal((await post()).status, 201);
      assert.equal(booked(), entered + 1);
    });
  }

  test('that kills the token leaves it dead', async () => {
    fall({ kind: 'unauthorized', forGood: true });
    assert.deepEqual([(await post()).status, (await post()).status], [401, 401]);
    assert.equal(booked(), 0);
  });

  test('may be any state a company can be in', async () => {
    const states = [
      ['period-locked', 2000401],
      ['no-financial-year', 2009112],
      ['account-inactive', 2000550],
      ['series-not-manual', 2009001],
      ['customer-taken', 2000637],
      ['invoice-paid', 2003055],
      ['invoice-not-ready', 2003498],
      ['no-licence-for-scope', 2001101],
    ] as const;
    for (const [refusal, code] of states) {
      fall({ kind: 'refuse', refusal, about: ['Provbolaget', '2025-01-31'] });
      assert.equal((await post()).code, code);
    }
    assert.equal(booked(), 0);
  });

  test('falls after the effect only when there was one', async () => {
    fall({ kind: 'system-error', commits: true });
    const wrong = await company.post('vouchers', voucherBody({ VoucherSeries: 'ZZ' }));
    assert.equal(wrong.status, 400);
    assert.equal((await post()).status, 500);
  });
});

describe('a fault without an answer', () => {
  test('resets the connection before the request is read', async () => {
    fall({ kind: 'reset' });
    await assert.rejects(post(), /ECONNRESET|socket hang up|EPIPE/);
    assert.equal(booked(), 0);
  });

  test('loses the answer to what was done', async () => {
    fall({ kind: 'lose-answer' });
    await assert.rejects(post(), /ECONNRESET|socket hang up/);
    assert.equal(booked(), 1);
  });

  test('cuts the answer in half', async () => {
    fall({ kind: 'cut-answer' });
    await assert.rejects(post(), /aborted|ECONNRESET|socket hang up/);
    assert.equal(booked(), 1);
  });

  test('hangs, with or without effect', async () => {
    fall({ kind: 'hang', commits: true });
    await assert.rejects(post(20), /gave up/);
    assert.equal(booked(), 1);
    fall({ kind: 'hang', commits: false });
    await assert.rejects(post(20), /gave up/);
    assert.equal(booked(), 1);
    assert.equal(company.tenant.tally().statuses['0'], 2);
  });

  test('takes effect after the client has given up', async () => {
    fall({ kind: 'late-commit', ms: 2_000 });
    await assert.rejects(post(20), /gave up/);
    await wait(20);
    simulator.clock.advance(1_999);
    assert.equal(booked(), 0);
    simulator.clock.advance(1);
    assert.equal(booked(), 1);
  });

  test('delays the answer and not the effect', async () => {
    fall({ kind: 'delay-answer', ms: 5_000 });
    let isAnswered = false;
    const reply = post().then((answer) => {
      isAnswered = true;
      return answer;
    });
    await until(() => booked() === 1);
    simulator.clock.advance(4_999);
    await wait(10);
    assert.equal(isAnswered, false);
    simulator.clock.advance(1);
    assert.equal((await reply).status, 201);
  });
});

describe('read-back lag', () => {
  test('hides what is new from lists, and not from a read by key', async () => {
    fall({ kind: 'lag', ms: 3_000 }, { method: 'GET', path: '/3/*', times: 'always' });
    await post();
    await company.post('customers', { Customer: { Name: 'Ny' } });
    const listed = async (): Promise<number[]> => [
      (await company.get('vouchers')).all('Vouchers').length,
      (await company.get('customers')).all('Customers').length,
    ];
    assert.deepEqual(await listed(), [0, 0]);
    assert.equal((await company.get('vouchers/A/1')).status, 200);
    simulator.clock.advance(3_000);
    assert.deepEqual(await listed(), [1, 1]);
  });
});

describe('the loss of a refresh token', () => {
  test('happens when the answer with the new one is lost', async () => {
    const { refreshToken } = company.tenant.grant();
    const basic = Buffer.from(`${DEFAULT_CLIENT.id}:${DEFAULT_CLIENT.secret}`).toString('base64');
    const refresh = (): Promise<Reply> =>
      ask(`${simulator.authUrl}/oauth-v1/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${basic}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: `grant_type=refresh_token&refresh_token=${refreshToken}`,
      });
    const rule = { path: '/oauth-v1/token', tenant: company.tenant.id };
    fall({ kind: 'lose-answer' }, rule);
    await assert.rejects(refresh());
    assert.equal(textOf((await refresh()).body, 'error'), 'invalid_grant');
  });
});

describe('noFaults', () => {
  const asked = { tenantId: 1, method: 'POST', path: '/3/vouchers' };
  const fault = { kind: 'too-many-requests' } as const;

  function taken(rule: Omit<FaultRule, 'fault'>, count: number, seed = 1): string {
    const plan = noFaults(seed);
    plan.add({ fault, ...rule });
    return Array.from({ length: count }, () => (plan.take('instead', asked) ? 'x' : '.')).join('');
  }

  test('falls once, so many times, or always', () => {
    assert.equal(taken({}, 4), 'x...');
    assert.equal(taken({ times: 2 }, 4), 'xx..');
    assert.equal(taken({ times: 'always', skip: 1 }, 4), '.xxx');
  });

  test('falls by chance, the same each time for a seed', () => {
    const rule = { times: 'always', chance: 0.5 } as const;
    const first = taken(rule, 200);
    assert.equal(taken(rule, 200), first);
    assert.notEqual(taken(rule, 200, 2), first);
    const fallen = first.split('x').length - 1;
    assert.ok(fallen > 70 && fallen < 130, `${fallen} of 200`);
  });

  test('looks at company, method and path', () => {
    assert.equal(taken({ tenant: 2 }, 1), '.');
    assert.equal(taken({ method: 'GET' }, 1), '.');
    assert.equal(taken({ path: '/3/vouchers/*' }, 1), '.');
    assert.equal(taken({ tenant: 1, method: 'POST', path: '/3/vouch*' }, 1), 'x');
  });

  test('queues: the first rule that matches falls', () => {
    const plan = noFaults(1);
    plan.add({ fault: { kind: 'hang', commits: false } });
    plan.add({ fault });
    const kinds = [1, 2, 3].map(() => plan.take('instead', asked)?.kind ?? null);
    assert.deepEqual(kinds, ['hang', 'too-many-requests', null]);
    assert.deepEqual(
      plan.list().map((planned) => planned.fallen),
      [1, 1],
    );
  });
});
