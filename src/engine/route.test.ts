import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { customer } from '../testing/invoices.ts';
import { laneBench, type LaneBench } from '../testing/lane-bench.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

describe('a document of a kind that the ledger does not take', () => {
  let server: TestServer;
  let bench: LaneBench;
  before(async () => {
    server = await startTestServer();
    bench = await laneBench(server, [customer()]);
  });
  after(async () => {
    await bench.rows.stop();
    await server.stop();
  });

  test('is held in words before anything is called', async () => {
    await bench.turn();
    assert.deepEqual(bench.target.calls, []);
    assert.deepEqual(await bench.states(), ['held']);
    assert.deepEqual(await bench.codes(), [['kind-not-taken']]);
  });
});
