import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CATALOGUE, startEar, type Ear } from './hub-for-test.ts';

type Said = Record<string, unknown>;

let ear: Ear;
let child: ChildProcessWithoutNullStreams;
let controlUrl: string;
before(async () => {
  ear = await startEar();
  ear.answers = [{ status: 503, body: null }];
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
});

async function control(method: string, act: string, body?: unknown): Promise<[number, Said]> {
  const response = await fetch(`${controlUrl}/${act}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return [response.status, (await response.json()) as Said];
}

describe('the simulator as a process', () => {
  test('is driven: entered, delivered, invoiced, sent again', async () => {
    await control('POST', 'jobs', { job: CATALOGUE });
    await control('POST', 'deliver', { orderNo: '24117' });
    const [, made] = await control('POST', 'finish', { orderNo: '24117' });
    assert.equal(made['state'], 'waiting');
    const external_id = made['externalId'];
    ear.answers = [{ status: 201, body: { status: 'created', external_id, invoice_no: '7' } }];
    await control('POST', 'resend');
    const [, invoices] = await control('GET', 'invoices');
    assert.ok(Array.isArray(invoices));
    assert.deepEqual(
      [invoices[0].state, invoices[0].invoiceNo, invoices[0].jobStatus],
      ['created', '7', 'invoiced'],
    );
  });

  test('says what it does not know', async () => {
    assert.equal((await control('POST', 'nonsense'))[0], 404);
    assert.deepEqual(await control('POST', 'finish', {}), [409, { error: 'orderNo is missing' }]);
    assert.deepEqual(await control('POST', 'deliver', { orderNo: '1' }), [
      409,
      { error: 'there is no job 1' },
    ]);
    assert.equal((await control('POST', 'deliver', 5))[0], 400);
  });
});
