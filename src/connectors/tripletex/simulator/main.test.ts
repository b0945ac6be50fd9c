import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { present } from '../../../lib/assert.ts';
import { ask, basic, type Reply } from './test-client.ts';
import { isFields, numberOf, rowsOf, textOf, type Fields } from './wire/record.ts';

let child: ChildProcessWithoutNullStreams;
let started: Fields;
before(async () => {
  const options = {
    rate: null,
    clock: { kind: 'frozen', atMs: Date.UTC(2026, 2, 19, 11) },
    companies: [{}],
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
  return ask(`${textOf(started, 'controlUrl')}/_control/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function post(token: string): Promise<Reply> {
  return ask(`${textOf(started, 'apiUrl')}/customer`, {
    method: 'POST',
    headers: basic(token),
    body: JSON.stringify({ name: 'Kunde AS' }),
  });
}

async function newCompany(): Promise<{ readonly id: number; readonly token: string }> {
  const id = numberOf((await control('POST', 'companies', {})).body, 'id');
  const token = textOf((await control('POST', `companies/${id}/session`)).body, 'token');
  return { id, token };
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
    const company = present(rowsOf(started, 'companies')[0], 'a company');
    assert.match(textOf(started, 'apiUrl'), /^http:\/\/127\.0\.0\.1:\d+\/v2$/);
    const session = await ask(`${textOf(started, 'apiUrl')}/token/session/:create`, {
      method: 'POST',
      body: JSON.stringify({ ...company, expirationDate: '2026-03-20' }),
    });
    assert.equal((await post(textOf(session.value, 'token'))).status, 201);
  });

  test('seeds a company and shows its books, its outbox and what was asked', async () => {
    const { id, token } = await newCompany();
    await post(token);
    const ledger = (await control('GET', `companies/${id}/ledger`)).body;
    assert.deepEqual([ledger['vouchers'], ledger['problems']], [[], []]);
    assert.match((await control('GET', `companies/${id}/journal`)).text, /^decimal-mark/);
    assert.equal((await control('GET', `companies/${id}/outbox`)).text, '[]');
    assert.equal((await control('GET', `companies/${id}/counters`)).body['calls'], 1);
    await control('DELETE', 'counters');
    assert.equal((await control('GET', 'counters')).body['calls'], 0);
    assert.equal((await control('GET', 'webhooks')).text, '[]');
  });

  test('is given faults, states, choices and rates', async () => {
    const { id, token } = await newCompany();
    await control('POST', 'faults', { fault: { kind: 'too-many-requests' }, company: id });
    assert.equal((await post(token)).status, 429);
    const [planned] = JSON.parse((await control('GET', 'faults')).text);
    assert.equal(planned.fallen, 1);
    await control('DELETE', `faults/${planned.id}`);
    assert.equal((await control('GET', 'faults')).text, '[]');
    await control('POST', `companies/${id}/state`, { language: 'en' });
    const reply = await ask(`${textOf(started, 'apiUrl')}/invoice`, { headers: basic(token) });
    assert.deepEqual(reply.problems, [
      'invoiceDateFrom: Cannot be null.',
      'invoiceDateTo: Cannot be null.',
    ]);
    const chosen = await control('POST', 'choices', { deadSession: 'proxy' });
    assert.equal(chosen.body['deadSession'], 'proxy');
    await control('POST', `companies/${id}/expire`);
    assert.equal((await post(token)).status, 403);
    await control('POST', 'choices', { deadSession: 'unauthorized' });
    await control('POST', 'rate', { requests: 0, windowMs: 1000 });
    assert.equal((await post((await newCompany()).token)).status, 429);
    await control('POST', 'rate', null);
  });

  test('moves its clock, and sessions end', async () => {
    const { id, token } = await newCompany();
    await control('POST', 'clock', { advanceMs: 3 * 24 * 3_600_000 });
    assert.equal((await post(token)).status, 401);
    const again = await control('POST', `companies/${id}/session`);
    assert.equal((await post(textOf(again.body, 'token'))).status, 201);
    await control('POST', `companies/${id}/withdraw`);
    assert.equal((await post(textOf(again.body, 'token'))).status, 401);
    const clock = (await control('GET', 'clock')).body;
    assert.equal(clock['today'], '2026-03-22');
  });

  test('goes off the network for a while', async () => {
    const { token } = await newCompany();
    await control('POST', 'offline', { ms: 1_000 });
    await assert.rejects(async () => {
      for (let tries = 0; tries < 100; tries += 1) await post(token);
    });
    await control('POST', 'clock', { advanceMs: 1_000 });
    assert.equal((await retried(() => post(token))).status, 201);
  });

  test('says what it does not know', async () => {
    assert.equal((await control('POST', 'nonsense')).status, 404);
    assert.equal((await control('GET', 'companies/999999/ledger')).status, 404);
    const url = `${textOf(started, 'controlUrl')}/_control/faults`;
    assert.equal((await ask(url, { method: 'POST', body: '{' })).status, 400);
    assert.equal((await control('GET', 'health')).body['ok'], true);
    assert.match((await control('GET', 'companies')).text, /^\[1001/);
  });
});
