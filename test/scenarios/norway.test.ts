import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { day } from '../../src/domain/date.ts';
import { reconcileFlow } from '../../src/hub/reconcile-flow.ts';
import { countDeliveries } from '../../src/store/deliveries.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import type { Fault } from '../../src/connectors/tripletex/simulator/faults/fault.ts';
import type { WorkerTask } from '../torture/worker.ts';
import { command } from './command.ts';
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
import { QUICK, startStage, take, until, type Stage } from './stage.ts';

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

/** Each way in which a call can go wrong, each a few times on any call but those of a session. */
const FAULTS: readonly Fault[] = [
  { kind: 'reset' },
  { kind: 'too-many-requests' },
  { kind: 'session-expired', forGood: false },
  { kind: 'session-expired', forGood: true },
  { kind: 'server-error', commits: false },
  { kind: 'server-error', commits: true },
  { kind: 'hang', commits: true },
  { kind: 'lose-answer' },
  { kind: 'cut-answer' },
  { kind: 'late-commit', ms: 60 },
  { kind: 'wrong-body', body: 'html', commits: true },
  { kind: 'wrong-body', body: 'error', commits: true },
];

const WORKER = join(import.meta.dirname, '../torture/worker.ts');

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
        lives.begin(taskOf({ stage, norwegian, databaseUrl, seed }));
        await settled(stage, norwegian);
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

/** Processes take long to begin on a busy machine, and some die at once. */
const PATIENCE_MS = 240_000;

/** Resolves when everything is booked. @throws AssertionError when something waits for a person */
async function settled(stage: Stage, { company }: Norwegian): Promise<void> {
  const endMs = Date.now() + PATIENCE_MS;
  for (;;) {
    const { done, held } = await countDeliveries(stage.hub.database.db, company.id);
    assert.equal(held, 0, 'nothing waits for a person');
    if (done === DOCUMENTS) return;
    assert.ok(Date.now() < endMs, `${done} of ${DOCUMENTS} are booked`);
    await sleep(100);
  }
}

function taskOf(of: {
  readonly stage: Stage;
  readonly norwegian: Norwegian;
  readonly databaseUrl: string;
  readonly seed: number;
}): WorkerTask {
  const { stage, norwegian, databaseUrl, seed } = of;
  const put = (source: { readonly id: string }, file: { name: string; content: string }) => {
    const path = join(stage.config.home, file.name);
    writeFileSync(path, file.content);
    return { path, connectionId: source.id };
  };
  return {
    databaseUrl,
    home: stage.config.home,
    masterKey: readFileSync(join(stage.config.home, 'master.key'), 'utf8').trim(),
    publicUrl: stage.config.publicUrl,
    seed,
    chances: { kill: 0.003, database: 0.002, twice: 0.02 },
    files: [
      ...tillFiles().map((file) => put(norwegian.till.source, file)),
      put(norwegian.shop.source, shopFile()),
    ],
    timing: { ...QUICK, callMs: 350, deadlineMs: 900, secondLookMs: 500 },
    rate: { requests: 60, perMs: 600 },
  };
}

/** A worker process, and the next one when it has died. */
class Lives {
  #child: ChildProcess | null = null;
  #isOver = false;
  #count = 0;

  begin(task: WorkerTask): void {
    const seed = task.seed + 1_000 * this.#count;
    this.#count += 1;
    const given = JSON.stringify({ ...task, seed });
    const child = spawn(process.execPath, [WORKER, given], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.once('exit', () => {
      if (!this.#isOver) this.begin(task);
    });
    this.#child = child;
  }

  async end(): Promise<void> {
    this.#isOver = true;
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }
}
