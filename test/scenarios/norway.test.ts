import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ask, basic } from '../../src/connectors/tripletex/simulator/test-client.ts';
import { day } from '../../src/domain/date.ts';
import { listOf, objectOf, textOf, type WireObject } from '../../src/lib/json-object.ts';
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

/** What a person does in Tripletex: moves food to other goods, and reverses another voucher. */
async function tamperWith({
  simulator,
  books,
}: Norwegian): Promise<{ readonly changed: string; readonly reversed: string }> {
  const headers = basic(books.session());
  const url = `${simulator.apiUrl}/ledger/voucher`;
  const range = `dateFrom=${OCTOBER.from}&dateTo=${OCTOBER.to}`;
  const fields = 'id,version,number,year,date,postings(*,account(id,number),vatType(id))';
  const { values } = await ask(`${url}?${range}&fields=${fields}`, { headers });
  const [one, other] = values.filter(({ date }) => String(date) < `${OCTOBER.from.slice(0, 8)}04`);
  assert.ok(one !== undefined && other !== undefined);
  const goods = await ask(`${simulator.apiUrl}/ledger/account?number=3900&fields=id`, { headers });
  const rows = listOf(one, 'postings').filter((row) => row['row'] !== 0);
  const postings = rows.map((row) => {
    const isFood = textOf(objectOf(row, 'account'), 'number') === '3030';
    const account = { id: isFood ? goods.values[0]?.['id'] : objectOf(row, 'account')['id'] };
    const { row: at, date, amountGross } = row;
    const vatType = { id: objectOf(row, 'vatType')['id'] };
    return { row: at, date, amountGross, amountGrossCurrency: amountGross, account, vatType };
  });
  const body = JSON.stringify({ version: one['version'], date: one['date'], postings });
  await ask(`${url}/${textOf(one, 'id')}`, { method: 'PUT', headers, body });
  const reverse = `${url}/${textOf(other, 'id')}/:reverse?date=${OCTOBER.to}`;
  await ask(reverse, { method: 'PUT', headers });
  const nameOf = (of: WireObject): string => `${textOf(of, 'number')}-${textOf(of, 'year')}`;
  return { changed: nameOf(one), reversed: nameOf(other) };
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

  it('is found out when somebody has changed a voucher, or reversed one', async () => {
    const own = await tamperWith(norwegian);
    const days = ['--from', OCTOBER.from, '--to', OCTOBER.to];
    const of = ['--source', 'minbutik', '--company', norwegian.company.name];
    const proof = await command(stage, 'reconcile', ...days, ...of);
    assert.equal(proof.code, 1);
    const { changed, reversed } = own;
    assert.match(proof.out, new RegExp(`voucher ${changed} differs: sent .*3030 -10000`, 's'));
    assert.match(proof.out, new RegExp(`voucher ${reversed} has been reversed in the ledger`));
    assert.match(proof.out, /differences 4\b/);
  });

  it('is found well by the doctor', async () => {
    const card = await command(stage, 'doctor', '--company', norwegian.company.name);
    assert.match(card.out, /ansluten till Fjell Dagligvare AS/);
    assert.match(card.out, /momsregistrerat, med varje momskod/);
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
      assert.match(card.out, /ansluten till Fjell Dagligvare AS/);
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
