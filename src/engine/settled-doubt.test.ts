import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Decision } from '../domain/refusal.ts';
import type { LaneStore } from '../ports/store.ts';
import type { Found } from '../ports/target.ts';
import { resolveDeliveries } from '../store/deliveries.ts';
import { dayReport } from '../testing/day-reports.ts';
import { laneBench, type LaneBench } from '../testing/lane-bench.ts';
import { fails } from '../testing/scripted-target.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let bench: LaneBench;
before(async () => {
  server = await startTestServer();
});
afterEach(() => bench.rows.stop());
after(() => server.stop());

const FIRST: Found = { remote: { id: '1', label: 'K 1' }, differences: [] };
const SECOND: Found = { remote: { id: '2', label: 'K 2' }, differences: [] };
const DIFFERENT: Found = {
  remote: { id: '1', label: 'K 1' },
  differences: [{ code: 'read-back-differs', what: '3001', id: 'K 1', sent: '8', booked: '9' }],
};

async function lane(choices?: unknown): Promise<LaneBench> {
  bench = await laneBench(server, [dayReport()], choices);
  return bench;
}

/** A delivery whose answer was lost, and whose look finds what a person has to judge. */
async function heldAfterLook(found: readonly Found[]): Promise<LaneBench> {
  const { turn, target, clock, states } = await lane();
  target.writes.push(fails({ kind: 'unanswered' }));
  await turn();
  target.finds.push(() => found);
  clock.goOn(200);
  await turn();
  assert.deepEqual(await states(), ['held']);
  return bench;
}

async function resolve(decision: Decision | null): Promise<void> {
  const { rows } = bench;
  const ids = await rows.deliveryIds();
  const resolution = { kind: 'again', decision } as const;
  const act = { companyId: rows.company.id, ids, resolution, by: 'Anna' };
  assert.deepEqual(await resolveDeliveries(rows.database.db, rows.jobs, act), ids);
}

/** Some turns, far enough apart for every look there may be. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    bench.clock.goOn(10_000);
    await bench.turn();
  }
}

function writes(): readonly string[] {
  return bench.target.calls.filter((call) => call.startsWith('write'));
}

describe('a delivery that a person settles while a call of it may have arrived', () => {
  test('is looked for and never sent anew when it stood twice in the ledger', async () => {
    const { target, states, codes } = await heldAfterLook([FIRST, SECOND]);
    await resolve(null);
    assert.deepEqual(await states(), ['in doubt']);
    target.finds.push(() => [FIRST, SECOND]);
    await turns();
    assert.deepEqual(await codes(), [['found-twice']]);
    assert.equal(writes().length, 1);
  });

  test('is the first of two that a person accepts', async () => {
    const { target, states } = await heldAfterLook([FIRST, SECOND]);
    await resolve({ kind: 'accept', code: 'found-twice' });
    target.finds.push(() => [FIRST, SECOND]);
    await turns();
    assert.deepEqual(await states(), ['done K 1']);
    assert.equal(writes().length, 1);
  });

  test('is what stands in the ledger when a person accepts that it differs', async () => {
    const { target, states } = await heldAfterLook([DIFFERENT]);
    await resolve({ kind: 'accept', code: 'read-back-differs' });
    target.finds.push(() => [DIFFERENT]);
    await turns();
    assert.deepEqual(await states(), ['done K 1']);
    assert.equal(writes().length, 1);
  });

  test('is sent after all when it is not found any more', async () => {
    const { states } = await heldAfterLook([FIRST, SECOND]);
    await resolve(null);
    await turns();
    assert.deepEqual(await states(), ['done K 1']);
    assert.equal(writes().length, 2);
  });

  test('is sent beyond the most attempts only when a person says so', async () => {
    const { target, rows, states, codes } = await lane();
    target.writes.push(fails({ kind: 'unanswered' }));
    await bench.turn();
    await rows.database.db.updateTable('step').set({ attempt: 20 }).execute();
    await turns();
    assert.deepEqual(await codes(), [['attempts-exhausted']]);
    await resolve(null);
    await turns();
    assert.deepEqual(await codes(), [['attempts-exhausted']]);
    assert.equal(writes().length, 1);
    await resolve({ kind: 'accept', code: 'attempts-exhausted' });
    await turns();
    assert.deepEqual(await states(), ['done K 1']);
    assert.equal(writes().length, 2);
  });
});

describe('an answer that could not be written down', () => {
  /** Loses what the first voucher came to; everything else reaches the database. */
  function losingAnswer(store: LaneStore): LaneStore {
    return {
      ...store,
      settle: async (hold, settlement) => {
        const isAnswer = settlement.events?.some(
          ({ event, seq }) => event === 'answer' && seq === 0,
        );
        if (isAnswer === true) throw new Error('Connection terminated unexpectedly');
        return store.settle(hold, settlement);
      },
    };
  }

  test('leaves the delivery in doubt: its call is not made again', async () => {
    const { turn, rows, states } = await lane({ attachFile: true });
    await assert.rejects(turn({ store: losingAnswer(rows.store) }), /Connection terminated/);
    await turns();
    assert.deepEqual(await states(), ['done K 1, K 2']);
    assert.deepEqual(
      writes().filter((call) => call === 'write voucher-1'),
      ['write voucher-1'],
    );
  });
});
