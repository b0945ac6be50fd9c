import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Hub } from '../../src/hub/hub.ts';
import { addConnection, addFlow, type Company, type Connection } from '../../src/store/registry.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { listConnections } from '../../src/store/registry.ts';
import { present } from '../../src/lib/assert.ts';
import { Lives, untilDone, workerTask } from './lives.ts';
import { QUOTE_LEDGERS } from './quote-ledgers.ts';
import { startStage } from './stage.ts';

const FIXTURE = '../../src/connectors/winner/fixtures/quote-24017-accepted.json';
/** A process takes seconds to begin on a busy machine: most lives see the quote through. */
const CHANCES = { kill: 0.006, database: 0.004, twice: 0.05 };

type Wire = Readonly<Record<string, unknown>> & { readonly groups: readonly object[] };

/** A kitchen for 212 500.00, a fifth of it in advance; or for 215 000.00, when fitting costs more. */
function quoteFile(name: string, currency: string, fitting: 'as before' | 'dearer') {
  const wire = JSON.parse(readFileSync(new URL(FIXTURE, import.meta.url), 'utf8')) as Wire;
  const [kitchen, tops, goods, before] = wire.groups;
  const dearer = { ...before, net: '20350.00', gross: '25437.50' };
  const groups = [kitchen, tops, goods, fitting === 'dearer' ? dearer : before];
  const totals =
    fitting === 'dearer'
      ? { net: '172000.00', vat: '43000.00', gross: '215000.00' }
      : { net: '170000.00', vat: '42500.00', gross: '212500.00' };
  const revision = fitting === 'dearer' ? 3 : 2;
  return { name, content: JSON.stringify({ ...wire, currency, groups, totals, revision }) };
}

async function addWinner(hub: Hub, company: Company): Promise<Connection> {
  const { db } = hub.database;
  const about = { companyId: company.id, connector: 'winner', name: 'winner', settings: {} };
  const source = await addConnection(db, about);
  const connections = await listConnections(db, company.id);
  const target = present(
    connections.find(({ connector }) => connector === 'fortnox' || connector === 'tripletex'),
    'a ledger',
  );
  await addFlow(db, { source, target, mode: 'automatic', choices: {}, startDate: null });
  return source;
}

describe('a quote and its revision while processes are killed and answers lost', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  for (const { name, currency, open } of QUOTE_LEDGERS) {
    for (const seed of [1, 2]) {
      it(`is in ${name} as after a calm day (seed ${seed})`, async () => {
        const databaseUrl = await server.newUrl();
        const stage = await startStage({ databaseUrl, hasWorker: false });
        const books = await open(stage, 'Storm AS');
        const source = await addWinner(stage.hub, books.company);
        let wentWrong = 0;
        const run = async (file: ReturnType<typeof quoteFile>, count: number, more: number) => {
          const lives = new Lives();
          const endTrouble = books.trouble();
          const files = [{ ...file, source }];
          const task = { databaseUrl, seed: seed + more, chances: CHANCES, files };
          lives.begin(workerTask(stage, task));
          try {
            await untilDone(stage, books.company, count);
          } finally {
            await lives.end();
            wentWrong += endTrouble();
          }
        };
        try {
          await run(quoteFile('first.json', currency, 'as before'), 1, 0);
          const [first, second, ...others] = await books.orders();
          assert.ok(first !== undefined && second !== undefined);
          assert.deepEqual([first.gross, second.gross, others], [42_500_00, 170_000_00, []]);
          await books.invoice(first);
          await run(quoteFile('again.json', currency, 'dearer'), 2, 100);
          assert.deepEqual(
            (await books.orders()).map(({ id, gross, vat }) => [id, gross, vat]),
            [
              [first.id, 42_500_00, 8_500_00],
              [second.id, 172_500_00, 34_500_00],
            ],
          );
          assert.equal(await books.countCustomers(), 1);
          assert.equal((await books.articles()).length, 4);
          assert.equal((await books.projects()).length, 1);
          assert.ok(wentWrong > 0, 'calls went wrong');
        } finally {
          await books.stop();
          await stage.stop();
        }
      });
    }
  }
});
