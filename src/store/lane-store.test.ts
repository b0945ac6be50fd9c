import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { present } from '../lib/assert.ts';
import type { LaneHold, NewStep, Settlement } from '../ports/store.ts';
import { goodsInvoice } from '../testing/invoices.ts';
import { knownTwin } from './known-documents.ts';
import { dayReport } from '../testing/day-reports.ts';
import { addLaneRows, type LaneRows } from '../testing/lane-rows.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { laneStore } from './lane-store.ts';

const HOUR_MS = 3_600_000;

let server: TestServer;
let rows: LaneRows;
let deliveryId: string;
before(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  rows = await addLaneRows(await server.newDatabase());
  await rows.takeIn([dayReport()]);
  deliveryId = present((await rows.deliveryIds())[0], 'the delivery');
});
afterEach(() => rows.stop());
after(() => server.stop());

function takeLane(workerId: string): Promise<LaneHold> {
  return rows.store.takeLane(rows.target.id, { workerId, lookAfterMs: 0 });
}

function voucherStep(change: Partial<NewStep> = {}): NewStep {
  return {
    seq: 0,
    write: { id: 'voucher-1', call: 'POST /3/vouchers', input: { Description: 'Dag' } },
    key: 'bb1-voucher-1',
    attempt: 1,
    deadlineMs: Date.UTC(2026, 4, 5),
    ...change,
  };
}

function beginning(change: Partial<Settlement> = {}): Settlement {
  return {
    deliveryId,
    expect: ['waiting'],
    state: 'sending',
    isAttempt: true,
    begin: [voucherStep()],
    events: [{ event: 'intent', seq: 0, attempt: 1, detail: 'POST /3/vouchers' }],
    ...change,
  };
}

/** Everything that a settlement can change. */
async function stands(): Promise<unknown> {
  const { db } = rows.database;
  const delivery = await db
    .selectFrom('delivery')
    .select(['state', 'attempts', 'label', 'reason'])
    .where('id', '=', deliveryId)
    .executeTakeFirstOrThrow();
  const steps = await db
    .selectFrom('step')
    .select(['seq', 'state', 'attempt', 'looks', 'remote', 'fence'])
    .where('delivery_id', '=', deliveryId)
    .orderBy('seq')
    .execute();
  const journal = await db
    .selectFrom('journal')
    .select(['event'])
    .where('delivery_id', '=', deliveryId)
    .orderBy('id')
    .execute();
  return { delivery, steps, journal: journal.map((row) => row.event) };
}

const UNTOUCHED = {
  delivery: { state: 'waiting', attempts: 0, label: null, reason: null },
  steps: [],
  journal: [],
};

describe('settle', () => {
  test('writes a delivery, its step and the journal together', async () => {
    const hold = await takeLane('worker 1');
    assert.equal(await rows.store.settle(hold, beginning()), true);
    assert.deepEqual(await stands(), {
      delivery: { state: 'sending', attempts: 1, label: null, reason: null },
      steps: [{ seq: 0, state: 'sending', attempt: 1, looks: 0, remote: null, fence: '1' }],
      journal: ['intent'],
    });
  });

  test('changes nothing for a worker that lost its fence', async () => {
    const lost = await takeLane('worker 1');
    const hold = await takeLane('worker 2');
    assert.equal(await rows.store.settle(lost, beginning()), false);
    assert.deepEqual(await stands(), UNTOUCHED);
    assert.equal(await rows.store.settle(hold, beginning()), true);
  });

  test('keeps the answer of a worker that lost its fence out of the journal too', async () => {
    const lost = await takeLane('worker 1');
    await rows.store.settle(lost, beginning());
    await takeLane('worker 2');
    const remote = { id: '12', label: 'K 12' };
    const answer: Settlement = {
      deliveryId,
      state: 'done',
      label: 'K 12',
      changes: [{ seq: 0, state: 'done', remote }],
      events: [{ event: 'answer', seq: 0, detail: 'K 12' }],
    };
    assert.equal(await rows.store.settle(lost, answer), false);
    assert.deepEqual(await stands(), {
      delivery: {
        state: 'in doubt',
        attempts: 1,
        label: null,
        reason: 'the worker before stopped without telling',
      },
      steps: [{ seq: 0, state: 'in doubt', attempt: 1, looks: 0, remote: null, fence: '1' }],
      journal: ['intent', 'doubt'],
    });
  });

  test('changes nothing when the delivery is in another state than expected', async () => {
    const hold = await takeLane('worker 1');
    assert.equal(await rows.store.settle(hold, beginning({ expect: ['in doubt'] })), false);
    assert.deepEqual(await stands(), UNTOUCHED);
  });

  for (const [what, first, then] of [
    ['one call less', ['a', 'b', 'c'], ['a', 'c']],
    ['one call more', ['a', 'c'], ['a', 'b', 'c']],
    ['the same calls in another order', ['a', 'b', 'c'], ['c', 'a', 'b']],
    ['no call of the plan before', ['a', 'b', 'c'], ['d']],
  ] as const) {
    test(`begins what was put back and is planned anew with ${what}`, async () => {
      const hold = await takeLane('one');
      const begin = (ids: readonly string[]) =>
        ids.map((id, seq) => {
          const write = { id, call: `POST /${id}`, input: {} };
          return voucherStep({ seq, write, key: `bb1-${id}` });
        });
      await rows.store.settle(hold, beginning({ begin: begin(first) }));
      const changes = first.map((_, seq) => ({ seq, state: 'waiting' as const }));
      await rows.store.settle(hold, { deliveryId, state: 'waiting', changes });
      assert.equal(await rows.store.settle(hold, beginning({ begin: begin(then) })), true);
      const { db } = rows.database;
      const kept = await db
        .selectFrom('step')
        .select(['seq', 'key', 'state'])
        .where('delivery_id', '=', deliveryId)
        .orderBy('seq')
        .execute();
      assert.deepEqual(
        kept,
        then.map((id, seq) => ({ seq, key: `bb1-${id}`, state: 'sending' })),
      );
    });
  }

  test('lets only one of two beginnings that are made at once begin', async () => {
    const hold = await takeLane('worker 1');
    const both = [rows.store.settle(hold, beginning()), rows.store.settle(hold, beginning())];
    assert.deepEqual(await Promise.all(both), [true, false]);
    assert.deepEqual(await stands(), {
      delivery: { state: 'sending', attempts: 1, label: null, reason: null },
      steps: [{ seq: 0, state: 'sending', attempt: 1, looks: 0, remote: null, fence: '1' }],
      journal: ['intent'],
    });
  });

  test('writes what is settled at the same time in one transaction', async () => {
    await rows.takeIn([
      dayReport({ ref: { system: 'minbutik', account: '1234', id: '2026-05-04:1:Z-1' } }),
    ]);
    const hold = await takeLane('worker 1');
    const ids = await rows.deliveryIds();
    await Promise.all(
      ids.map((id) => rows.store.settle(hold, { deliveryId: id, reason: 'together' })),
    );
    const { rows: written } = await rows.database.pool.query(
      "select count(*) from delivery where reason = 'together' group by xmin",
    );
    assert.deepEqual(written, [{ count: '2' }]);
  });

  test('refuses one delivery of a transaction and writes the others', async () => {
    await rows.takeIn([
      dayReport({ ref: { system: 'minbutik', account: '1234', id: '2026-05-04:1:Z-1' } }),
    ]);
    const ids = await rows.deliveryIds();
    const hold = await takeLane('worker 1');
    const stale = { laneId: hold.laneId, fence: '0' };
    const settled = await Promise.all([
      rows.store.settle(hold, { deliveryId, reason: 'first' }),
      rows.store.settle(stale, { deliveryId, reason: 'stale' }),
      rows.store.settle(hold, { deliveryId: present(ids[1], 'two'), reason: 'other' }),
    ]);
    assert.deepEqual(settled, [true, false, true]);
    const reasons = await rows.database.db
      .selectFrom('delivery')
      .select('reason')
      .orderBy('id')
      .execute();
    assert.deepEqual(reasons, [{ reason: 'first' }, { reason: 'other' }]);
  });

  test('merges what happened to one delivery while it waited, in order', async () => {
    const hold = await takeLane('worker 1');
    const remote = { id: '12', label: 'K 12' };
    const settled = await Promise.all([
      rows.store.settle(hold, { deliveryId, reason: 'nothing yet' }),
      rows.store.settle(hold, beginning()),
      rows.store.settle(hold, {
        deliveryId,
        changes: [{ seq: 0, state: 'done', remote }],
        events: [{ event: 'answer', seq: 0 }],
      }),
      rows.store.settle(hold, {
        deliveryId,
        state: 'done',
        label: 'K 12',
        events: [{ event: 'done' }],
      }),
    ]);
    assert.deepEqual(settled, [true, true, true, true]);
    assert.deepEqual(await stands(), {
      delivery: { state: 'done', attempts: 1, label: 'K 12', reason: null },
      steps: [{ seq: 0, state: 'done', attempt: 1, looks: 0, remote, fence: '1' }],
      journal: ['intent', 'answer', 'done'],
    });
  });

  test('never changes a step that is done', async () => {
    const hold = await takeLane('worker 1');
    const remote = { id: '12', label: 'K 12' };
    await rows.store.settle(hold, beginning());
    await rows.store.settle(hold, { deliveryId, changes: [{ seq: 0, state: 'done', remote }] });
    await rows.store.settle(hold, {
      deliveryId,
      changes: [{ seq: 0, state: 'waiting', attempt: 9 }],
    });
    await rows.store.settle(hold, { deliveryId, begin: [voucherStep({ attempt: 7 })] });
    assert.deepEqual(await stands(), {
      delivery: { state: 'sending', attempts: 1, label: null, reason: null },
      steps: [{ seq: 0, state: 'done', attempt: 1, looks: 0, remote, fence: '1' }],
      journal: ['intent'],
    });
  });

  test('refuses a key that another step of the delivery has, and writes nothing', async () => {
    const hold = await takeLane('worker 1');
    const both = [voucherStep(), voucherStep({ seq: 1 })];
    await assert.rejects(rows.store.settle(hold, beginning({ begin: both })), /step_.*key/);
    assert.deepEqual(await stands(), UNTOUCHED);
  });
});

describe('an intent', () => {
  test('is refused over a step that may be on its way, and changes nothing', async () => {
    const hold = await takeLane('worker 1');
    await rows.store.settle(hold, beginning());
    const stood = await stands();
    await rows.store.settle(hold, { deliveryId, changes: [{ seq: 0, state: 'in doubt' }] });
    const again = beginning({ expect: ['sending'] });
    assert.equal(await rows.store.settle(hold, again), false);
    await rows.store.settle(hold, { deliveryId, changes: [{ seq: 0, state: 'sending' }] });
    assert.deepEqual(await stands(), stood);
  });

  test('can be read from another connection when settling has returned', async () => {
    const hold = await takeLane('worker 1');
    await rows.store.settle(hold, beginning());
    const other = server.openAgain(rows.database);
    const step = await other.db
      .selectFrom('step')
      .select(['state', 'key', 'deadline'])
      .executeTakeFirstOrThrow();
    assert.deepEqual(step, {
      state: 'sending',
      key: 'bb1-voucher-1',
      deadline: new Date('2026-05-05T00:00:00Z'),
    });
  });
});

describe('takeLane', () => {
  test('gives two that take it at once each a fence, and only the later may write', async () => {
    const other = laneStore(server.openAgain(rows.database));
    const [first, second] = await Promise.all([
      takeLane('worker 1'),
      other.takeLane(rows.target.id, { workerId: 'worker 2', lookAfterMs: 0 }),
    ]);
    assert.deepEqual([first.fence, second.fence].sort(), ['1', '2']);
    const [early, late] = first.fence === '1' ? [first, second] : [second, first];
    assert.equal(await rows.store.settle(early, beginning()), false);
    assert.equal(await rows.store.settle(late, beginning()), true);
  });

  test('puts what the holder before had on its way in doubt, and leaves its deadline', async () => {
    const hold = await takeLane('worker 1');
    const steps = [
      voucherStep(),
      voucherStep({ seq: 1, key: 'bb1-file-1-upload' }),
      voucherStep({ seq: 2, key: 'bb1-file-1-connect' }),
    ];
    await rows.store.settle(hold, beginning({ begin: steps }));
    const remote = { id: '12', label: 'K 12' };
    await rows.store.settle(hold, {
      deliveryId,
      changes: [
        { seq: 0, state: 'done', remote },
        { seq: 2, state: 'waiting' },
      ],
    });
    await rows.store.takeLane(rows.target.id, { workerId: 'worker 2', lookAfterMs: HOUR_MS });
    assert.deepEqual(await rows.store.readDue(rows.target.id, dueNow()), []);
    const [due] = await rows.store.readDue(rows.target.id, dueNow(2 * HOUR_MS));
    assert.equal(due?.state, 'in doubt');
    assert.deepEqual(
      due.steps.map((step) => [step.seq, step.state, step.deadlineMs]),
      [
        [0, 'done', Date.UTC(2026, 4, 5)],
        [1, 'in doubt', Date.UTC(2026, 4, 5)],
        [2, 'waiting', Date.UTC(2026, 4, 5)],
      ],
    );
  });

  test('waits for a settlement that is on its way to disk, and sees what it wrote', async () => {
    const hold = await takeLane('worker 1');
    const client = await rows.database.pool.connect();
    await client.query('begin');
    await client.query('select settle($1, $2, $3, $4)', [
      JSON.stringify([{ id: deliveryId, lane: hold.laneId, fence: hold.fence, state: 'done' }]),
      ...['[]', '[]', '[]'],
    ]);
    const taken = takeLane('worker 2');
    await client.query('commit');
    client.release();
    assert.equal((await taken).fence, '2');
    const { delivery } = (await stands()) as { delivery: { state: string } };
    assert.equal(delivery.state, 'done');
  });
});

describe('leaveLane', () => {
  test('does not take the lane from the worker that holds it now', async () => {
    const lost = await takeLane('worker 1');
    const hold = await takeLane('worker 2');
    const worker = () =>
      rows.database.db.selectFrom('lane').select('worker').where('id', '=', rows.target.id);
    await rows.store.leaveLane(lost);
    assert.deepEqual(await worker().execute(), [{ worker: 'worker 2' }]);
    await rows.store.leaveLane(hold);
    assert.deepEqual(await worker().execute(), [{ worker: null }]);
  });
});

describe('readDue', () => {
  test('gives what is due, oldest delivery first, with everything needed to plan it', async () => {
    await rows.takeIn([
      dayReport({ ref: { system: 'minbutik', account: '1234', id: '2026-05-05:ALL:Z-413' } }),
    ]);
    const due = await rows.store.readDue(rows.target.id, dueNow());
    assert.deepEqual(
      due.map((delivery) => [delivery.document.ref.id, delivery.state, delivery.flowId]),
      [
        ['2026-05-04:ALL:Z-000412', 'waiting', rows.flowId],
        ['2026-05-05:ALL:Z-413', 'waiting', rows.flowId],
      ],
    );
    assert.deepEqual(due[0]?.document, dayReport());
    const rest = await rows.store.readDue(rows.target.id, { ...dueNow(), after: deliveryId });
    assert.deepEqual(
      rest.map((delivery) => delivery.document.ref.id),
      ['2026-05-05:ALL:Z-413'],
    );
  });

  test('leaves out what is not due yet, and says when the next is', async () => {
    const hold = await takeLane('worker 1');
    const dueAtMs = Date.UTC(2030, 0, 1);
    await rows.store.settle(hold, { deliveryId, dueAtMs });
    assert.deepEqual(await rows.store.readDue(rows.target.id, dueNow()), []);
    assert.equal(await rows.store.nextDueMs(rows.target.id), dueAtMs);
    await rows.store.markConnection(rows.target.id, 'reconnect', {
      code: 'login-ended',
      facts: { why: 'the consent is gone' },
    });
    assert.equal(await rows.store.nextDueMs(rows.target.id), null);
  });

  test('tells of the version before, and what it became', async () => {
    const hold = await takeLane('worker 1');
    await rows.store.settle(hold, { deliveryId, state: 'done', label: 'K 12', vouchers: [] });
    await rows.takeIn([dayReport({ lines: [] })]);
    const [due] = await rows.store.readDue(rows.target.id, dueNow());
    assert.deepEqual([due?.follows?.state, due?.follows?.label], ['done', 'K 12']);
  });

  test("names the other report when a store's day came whole and by till", async () => {
    const till = { system: 'minbutik', account: '1234', id: '2026-05-04:1:Z-1' };
    await rows.takeIn([dayReport({ ref: till, register: '1' })]);
    const due = await rows.store.readDue(rows.target.id, dueNow());
    assert.deepEqual(
      due.map((delivery) => delivery.overlaps),
      ['minbutik/1234/2026-05-04:1:Z-1', 'minbutik/1234/2026-05-04:ALL:Z-000412'],
    );
  });

  test('names the first invoice to the one that came after it by another way', async () => {
    const ref = { system: 'minbutik', account: '1234', id: 'invoice:7004512881' };
    await rows.takeIn([goodsInvoice()]);
    await rows.takeIn([goodsInvoice({ ref, number: '07004512881' })]);
    const overlaps = async () =>
      (await rows.store.readDue(rows.target.id, dueNow()))
        .filter(({ document }) => document.kind === 'supplier-invoice')
        .map((delivery) => delivery.overlaps);
    const first = 'peppol/5599990016/5599990032:7004512881';
    assert.deepEqual(await overlaps(), [null, first]);
    const place = { companyId: rows.company.id, laneId: rows.target.id };
    const twin = '5599990032/7004512881';
    const known = (key: string) => knownTwin(rows.database.db, { ...place, twin, key });
    assert.equal(await known('minbutik/1234/invoice:7004512881'), first);
    await rows.database.db
      .updateTable('delivery')
      .set({ state: 'skipped' })
      .where('id', '=', (await rows.deliveryIds()).at(-2) ?? '')
      .execute();
    assert.deepEqual(await overlaps(), [null]);
  });
});

describe('countCalls', () => {
  test('adds to what the day has come to', async () => {
    await rows.store.countCalls(rows.target.id, { calls: 3, rateLimited: 1 });
    await rows.store.countCalls(rows.target.id, { calls: 4, rateLimited: 0 });
    const counted = await rows.database.db
      .selectFrom('call_count')
      .select(['calls', 'rate_limited'])
      .execute();
    assert.deepEqual(counted, [{ calls: '7', rate_limited: '1' }]);
  });
});

function dueNow(laterMs = 0): { nowMs: number; after: string; limit: number } {
  return { nowMs: Date.now() + 1_000 + laterMs, after: '0', limit: 50 };
}
