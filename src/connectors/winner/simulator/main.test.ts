import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { KITCHEN, startEar, type Ear } from './hub-for-test.ts';

type Said = Record<string, unknown>;

let ear: Ear;
let child: ChildProcessWithoutNullStreams;
let controlUrl: string;
let folder: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'winner-'));
  ear = await startEar();
  ear.answers = [
    { status: 503, body: null },
    { status: 201, body: { status: 'created' } },
  ];
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  child = spawn(process.execPath, [main, '--url', ear.url, '--key', 'k']);
  child.stderr.pipe(process.stderr);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  controlUrl = (JSON.parse(String(line)) as { controlUrl: string }).controlUrl;
});
after(async () => {
  child.kill('SIGTERM');
  await once(child, 'exit');
  await ear.stop();
  rmSync(folder, { recursive: true });
});

async function control(method: string, act: string, body?: unknown): Promise<[number, Said]> {
  const response = await fetch(`${controlUrl}/${act}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return [response.status, (await response.json()) as Said];
}

describe('the simulator as a process', () => {
  test('is driven: accepted, sent again, invoiced, paid, exported', async () => {
    await control('POST', 'projects', { project: KITCHEN });
    const acceptance = { alternatives: [3], date: '2026-05-08' };
    const [, { externalId }] = await control('POST', 'accept', { projectNo: '24017', acceptance });
    await control('POST', 'resend');
    const [, quotes] = await control('GET', 'quotes');
    assert.deepEqual(quotes, [
      { externalId, revision: 1, state: 'taken', attempts: 2, errors: [] },
    ]);
    const invoice = { externalId, seq: 1, date: '2026-05-15', number: 30_112 };
    assert.deepEqual(await control('POST', 'invoice', invoice), [200, { invoiceNo: 30_112 }]);
    const paid = { invoiceNo: 30_112, amount: '42500', date: '2026-05-29' };
    assert.deepEqual(await control('POST', 'pay', paid), [200, { paymentNo: 1 }]);
    await control('POST', 'reverse', { paymentNo: 1, date: '2026-05-30' });
    await control('POST', 'credit', { invoiceNo: 30_112, amount: '100', date: '2026-06-01' });
    const journal = { from: '2026-05-01', to: '2026-06-30', locale: 'sv' };
    const [, names] = await control('POST', 'journal', { journal, folder });
    assert.deepEqual(readdirSync(folder).sort(), (names as unknown as string[]).sort());
  });

  test('says what it does not know', async () => {
    assert.equal((await control('GET', 'nonsense'))[0], 404);
    assert.deepEqual(await control('POST', 'accept', {}), [
      409,
      { error: 'acceptance is missing' },
    ]);
    assert.equal((await control('POST', 'accept', 'text'))[0], 400);
  });
});
