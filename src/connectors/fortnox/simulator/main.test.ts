import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { present } from '../../../lib/assert.ts';
import { ask, voucherBody, type Reply } from './test-client.ts';
import { isFields, numberOf, rowsOf, textOf, type Fields } from './wire/record.ts';

let child: ChildProcessWithoutNullStreams;
let started: Fields;
before(async () => {
  const options = {
    rate: null,
    clock: { kind: 'frozen', atMs: Date.UTC(2025, 4, 14) },
    tenants: [{}],
  };
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  child = spawn(process.execPath, [main, '--port', '0', '--json-options', JSON.stringify(options)]);
  child.stderr.pipe(process.stderr);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const parsed: unknown = JSON.parse(String(line));
  started = isFields(parsed) ? parsed : {};
});
after(async () => {
  child.kill('SIGTERM');
  await once(child, 'exit');
});

function control(method: string, path: string, body?: unknown): Promise<Reply> {
  return ask(`${textOf(started, 'authUrl')}/_control/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function post(token: string): Promise<Reply> {
  return ask(`${textOf(started, 'apiUrl')}/3/vouchers`, {
    method: 'POST',
    token,
    body: JSON.stringify(voucherBody()),
  });
}

/** A port takes a moment to open. */
async function retried(make: () => Promise<Reply>): Promise<Reply> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      return await make();
    } catch {
      await wait(5);
    }
  }
  return make();
}

describe('the simulator as a process', () => {
  test('prints its addresses and the tokens of its companies', async () => {
    const tenant = present(rowsOf(started, 'tenants')[0], 'a company');
    assert.match(textOf(started, 'apiUrl'), /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal((await post(textOf(tenant, 'accessToken'))).status, 201);
  });

  test('seeds a company and shows its books', async () => {
    const made = (await control('POST', 'tenants', { name: 'Ny AB' })).body;
    const id = numberOf(made, 'id');
    await post(textOf(made, 'accessToken'));
    const ledger = (await control('GET', `tenants/${id}/ledger`)).body;
    assert.equal(rowsOf(ledger, 'vouchers').length, 1);
    assert.deepEqual(ledger['problems'], []);
    assert.match((await control('GET', `tenants/${id}/sie`)).text, /#FNAMN "Ny AB"/);
    const counted = (await control('GET', `tenants/${id}/counters`)).body;
    assert.equal(counted['calls'], 1);
  });

  test('is given faults and states', async () => {
    const made = (await control('POST', 'tenants', {})).body;
    const [id, token] = [numberOf(made, 'id'), textOf(made, 'accessToken')];
    await control('POST', 'faults', { fault: { kind: 'too-many-requests' }, tenant: id });
    assert.equal((await post(token)).status, 429);
    const [planned] = JSON.parse((await control('GET', 'faults')).text);
    assert.equal(planned.fallen, 1);
    await control('POST', `tenants/${id}/state`, { lockedTo: '2025-12-31' });
    assert.equal((await post(token)).code, 2000401);
    await control('DELETE', 'faults');
    assert.equal((await control('GET', 'faults')).text, '[]');
  });

  test('moves its clock, and tokens expire', async () => {
    const made = (await control('POST', 'tenants', {})).body;
    const id = numberOf(made, 'id');
    const clock = (await control('POST', 'clock', { advanceMs: 3_600_000 })).body;
    assert.equal(clock['nowMs'], Date.UTC(2025, 4, 14) + 3_600_000);
    assert.equal((await post(textOf(made, 'accessToken'))).status, 401);
    const again = (await control('POST', `tenants/${id}/grant`, {})).body;
    assert.equal((await post(textOf(again, 'accessToken'))).status, 201);
    await control('POST', `tenants/${id}/expire`);
    assert.equal((await post(textOf(again, 'accessToken'))).status, 401);
  });

  test('goes off the network for a while', async () => {
    const made = (await control('POST', 'tenants', {})).body;
    await control('POST', 'offline', { ms: 1_000 });
    await post(textOf(made, 'accessToken')).catch(() => null);
    await assert.rejects(post(textOf(made, 'accessToken')), /ECONNREFUSED/);
    await control('POST', 'clock', { advanceMs: 1_000 });
    assert.equal((await retried(() => post(textOf(made, 'accessToken')))).status, 201);
  });

  test('says what it does not know', async () => {
    assert.equal((await control('POST', 'nonsense')).status, 404);
    assert.equal((await control('GET', 'tenants/999999/ledger')).status, 404);
  });
});
