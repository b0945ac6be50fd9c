import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { envOf, startChild } from './child.ts';
import { startShop } from './shop-bench.ts';
import { ledgerOf, startStage, statesOf, today, until, untilQuiet, type Stage } from './stage.ts';

const CLAIMS = ['invoicing.as=booked-invoice', 'invoicing.cashInvoices=false'];

/** The call whose answer never comes to the worker: it has taken effect when the worker dies. */
const CALLS = [
  { method: 'PUT', path: '/3/invoices/1/credit' },
  { method: 'PUT', path: '/3/invoices/2/bookkeep' },
  { method: 'POST', path: '/3/invoicepayments' },
  { method: 'POST', path: '/3/invoices' },
] as const;

describe('a worker that is killed while an invoice is credited and made anew', () => {
  let database: TestServer;
  let stage: Stage;
  before(async () => {
    database = await startTestServer();
    stage = await startStage({ databaseUrl: await database.newUrl(), hasWorker: false });
  });
  after(async () => {
    await stage.stop();
    await database.stop();
  });

  for (const call of CALLS) {
    it(`at ${call.method} ${call.path} leaves nothing half and nothing twice`, async () => {
      const choices = [...CLAIMS, 'invoicing.revised=credit'];
      const bench = await startShop(stage, choices);
      const worker = await stage.hub.startWorker();
      const id = bench.shop.buy({ lines: [{ sku: 'LAMPA-1', quantity: 2 }], payment: 'swish' });
      await bench.fetch();
      await worker.stop();
      const [line] = bench.shop.order(id)['line_items'] as readonly { readonly id: number }[];
      const one = { id: line?.id ?? 0, quantity: 1, subtotal: '159.20', total: '159.20' };
      bench.shop.editOrder({ id, fields: { line_items: [one] } });
      await bench.fetchOnly();
      const fault = { kind: 'hang', commits: true } as const;
      stage.simulator.faults.add({ fault, tenant: bench.player.tenantId, ...call });
      const fallen = (): number => stage.simulator.faults.list().at(-1)?.fallen ?? 0;
      const first = startChild(envOf(stage), 'worker');
      await until(() => fallen() > 0);
      first.process.kill('SIGKILL');
      await first.ended;
      // Its calls could be on their way for most of a minute; a test does not wait for that.
      const { db } = stage.hub.database;
      await db
        .updateTable('step')
        .set({ deadline: new Date(0) })
        .execute();
      const second = await stage.hub.startWorker();
      await untilQuiet(bench.player);
      await second.stop();
      await bench.stop();
      assert.deepEqual(await statesOf(bench.player), ['done', 'done']);
      const day = today();
      assert.deepEqual(
        ledgerOf(bench.player).map(([head]) => head),
        [
          'B 1 · 2026-11-20 · Kundfaktura 1',
          `B 2 · ${day} · Kundfaktura 2`,
          `B 3 · ${day} · Kundfaktura 3`,
          'C 1 · 2026-11-20 · Inbetalning faktura 1',
          `C 2 · ${day} · Inbetalning faktura 2`,
          `C 3 · ${day} · Inbetalning faktura 3`,
        ],
      );
    });
  }
});
