import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import type { Party } from '../domain/document/party.ts';
import { twinOf } from '../domain/document/twin.ts';
import { kr } from '../testing/day-reports.ts';
import { goodsInvoice, party } from '../testing/invoices.ts';
import { addLaneRows } from '../testing/lane-rows.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const MIGRATION = join(import.meta.dirname, 'migrations/0006_supplier_invoices.sql');

/** What the migration does with documents that are there already. */
function fillIn(): string {
  const [update] = /^update document d$[^;]*;/m.exec(readFileSync(MIGRATION, 'utf8')) ?? [];
  return update ?? assert.fail('the migration fills in twins');
}

describe('twins of invoices from before there were any', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  test('are those that new ones are given', async () => {
    const nobody = party('Grossisten ab', null);
    const suppliers: readonly Party[] = [
      party('Kedjegrossisten AB', '5599990032'),
      party('Kedjegrossisten AB', '165599990032'),
      { ...nobody, vatNumber: 'SE559999003201' },
      { ...nobody, vatNumber: 'NO999999999MVA' },
      { ...nobody, vatNumber: 'DE123456789', endpoint: '0007:5599990032' },
      { ...nobody, endpoint: '0007:5599990032' },
      { ...nobody, endpoint: '0088:7300010000001' },
      nobody,
    ];
    const { total } = goodsInvoice();
    const invoices = suppliers.map((supplier, index) => {
      const ref = { system: 'peppol', account: '1', id: String(index) };
      const gross = index % 2 === 0 ? total.gross : kr('-1');
      return goodsInvoice({ ref, supplier, number: `00 a-${index}`, total: { ...total, gross } });
    });
    const rows = await addLaneRows(await server.newDatabase());
    await rows.takeIn(invoices);
    const { db } = rows.database;
    const twins = async () => {
      const found = await db.selectFrom('document').select('twin').orderBy('id').execute();
      return found.map(({ twin }) => twin);
    };
    assert.deepEqual(await twins(), invoices.map(twinOf));
    await db.updateTable('document').set({ twin: null }).execute();
    await sql.raw(fillIn()).execute(db);
    assert.deepEqual(await twins(), invoices.map(twinOf));
    await rows.stop();
  });
});
