import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { day } from '../../src/domain/date.ts';
import { reconcileFlow } from '../../src/hub/reconcile-flow.ts';
import { countDeliveries } from '../../src/store/deliveries.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { command } from './command.ts';
import { FAULTS, Lives, untilDone, workerTask } from './lives.ts';
import {
  addNorwegian,
  OCTOBER,
  SHOP_SUMS,
  shopFile,
  sumsIn,
  TILL_SUMS,
  tillFiles,
  together,
  type Norwegian,
} from './norway.ts';
import { startStage, take, until, type Stage } from './stage.ts';

const DOCUMENTS = 11;
const PERIOD = { from: day(OCTOBER.from), to: day(OCTOBER.to) };
const ALL_SUMS = together(TILL_SUMS, SHOP_SUMS);
const HAS_HLEDGER = spawnSync('hledger', ['--version']).status === 0;

async function doneIn(stage: Stage, { company }: Norwegian): Promise<number> {
  return (await countDeliveries(stage.hub.database.db, company.id)).done;
}

/** Each key of the hub that stands in the ledger. */
function keysIn({ books }: Norwegian): readonly string[] {
  return books.ledger().vouchers.map((one) => one.externalVoucherNumber);
}

describe("a Norwegian company's month", () => {
  let stage: Stage;
  let norwegian: Norwegian;
  before(async () => {
    stage = await startStage();
    norwegian = await addNorwegian(stage.hub, 'Fjell Dagligvare AS');
  });
  after(async () => {
    await stage.stop();
    await norwegian.simulator.stop();
  });

  it('is previewed without a call that writes', async () => {
    const path = join(stage.config.home, 'z.csv');
    writeFileSync(path, tillFiles()[4]?.content ?? '');
    const of = ['--company', norwegian.company.name];
    const shown = await command(stage, 'plan', path, '--from', 'minbutik', ...of);
    assert.equal(shown.code, 0, shown.err);
    assert.match(shown.out, /3030 .*89,38 /);
    assert.match(shown.out, /2701 .*13,42 /);
    assert.deepEqual(norwegian.books.ledger().vouchers, []);
  });

  it('comes to the øre in Tripletex, each document once', async () => {
    for (const file of tillFiles()) await take({ stage, source: norwegian.till.source }, file);
    await take({ stage, source: norwegian.shop.source }, shopFile());
    await until(async () => (await doneIn(stage, norwegian)) === DOCUMENTS);
    assert.deepEqual(sumsIn(norwegian.books), ALL_SUMS);
    assert.equal(new Set(keysIn(norwegian)).size, DOCUMENTS);
    const attached = norwegian.books.ledger().vouchers.filter((one) => one.attachment !== null);
    assert.equal(attached.length, 10, 'each till report has its file');
    assert.deepEqual(norwegian.books.outbox(), []);
  });

  it('is reconciled without a difference', async () => {
    const { company, till, shop } = norwegian;
    for (const { flow } of [till, shop]) {
      const result = await reconcileFlow(stage.hub, { company, flow, period: PERIOD });
      assert.deepEqual(result.differences, []);
    }
  });

  it('is found well by the doctor', async () => {
    const card = await command(stage, 'doctor', '--company', norwegian.company.name);
    assert.match(card.out, /connected to Fjell Dagligvare AS/);
    assert.match(card.out, /registered, with every VAT code/);
    assert.doesNotMatch(card.out, /there is no kind of voucher/);
  });

  it('balances by hledger too', { skip: HAS_HLEDGER ? false : 'hledger is not installed' }, () => {
    const input = norwegian.books.journal();
    assert.doesNotThrow(() => execFileSync('hledger', ['-f', '-', 'check'], { input }));
  });

  it('is connected with tokens that are typed in, and kept sealed', async () => {
    const { credentials } = norwegian.books;
    process.env['BOKBRO_SECRET_CONSUMERTOKEN'] = credentials.consumerToken;
    process.env['BOKBRO_SECRET_EMPLOYEETOKEN'] = credentials.employeeToken;
    try {
      await command(stage, 'company', 'add', 'Dal AS', '--country', 'NO');
      const where = ['--set', `apiUrl=${norwegian.simulator.apiUrl}`, '--company', 'Dal AS'];
      const connected = await command(stage, 'connect', 'tripletex', ...where);
      assert.equal(connected.code, 0, connected.err);
      const card = await command(stage, 'doctor', '--company', 'Dal AS');
      assert.match(card.out, /connected to Fjell Dagligvare AS/);
      for (const token of Object.values(credentials)) assert.ok(!card.out.includes(token));
    } finally {
      delete process.env['BOKBRO_SECRET_CONSUMERTOKEN'];
      delete process.env['BOKBRO_SECRET_EMPLOYEETOKEN'];
    }
  });
});

describe('a Norwegian month while processes are killed and answers lost', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  for (const seed of [1, 2, 3]) {
    it(`ends in the same ledger as a calm one (seed ${seed})`, async () => {
      const databaseUrl = await server.newUrl();
      const stage = await startStage({ databaseUrl, hasWorker: false });
      const norwegian = await addNorwegian(stage.hub, 'Storm AS');
      const lives = new Lives();
      try {
        for (const fault of FAULTS) {
          norwegian.simulator.faults.add({ fault, path: '/v2/*', chance: 0.04, times: 3 });
        }
        const { till, shop, company } = norwegian;
        const files = [
          ...tillFiles().map((file) => ({ ...file, source: till.source })),
          { ...shopFile(), source: shop.source },
        ];
        const chances = { kill: 0.003, database: 0.002, twice: 0.02 };
        lives.begin(workerTask(stage, { databaseUrl, seed, chances, files }));
        await untilDone(stage, company, DOCUMENTS);
      } finally {
        await lives.end();
        await stage.stop();
        await norwegian.simulator.stop();
      }
      const fallen = norwegian.simulator.faults.list().reduce((sum, one) => sum + one.fallen, 0);
      assert.ok(fallen >= 5, `${fallen} calls went wrong`);
      assert.deepEqual(sumsIn(norwegian.books), ALL_SUMS);
      assert.equal(keysIn(norwegian).length, DOCUMENTS);
      assert.equal(new Set(keysIn(norwegian)).size, DOCUMENTS);
    });
  }
});
