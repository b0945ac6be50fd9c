import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Refusal } from '../domain/refusal.ts';
import { present } from '../lib/assert.ts';
import type { LaneHold } from '../ports/store.ts';
import { dayReport, kr } from '../testing/day-reports.ts';
import { addLaneRows, type LaneRows } from '../testing/lane-rows.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const NOT_OPEN: Refusal = {
  code: 'invoice-not-open',
  entry: '1',
  amount: kr('-100'),
  names: ['4711'],
  candidates: [],
};

let server: TestServer;
let rows: LaneRows;
let hold: LaneHold;
let waiting: string;
let booked: string;
before(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  rows = await addLaneRows(await server.newDatabase());
  const ref = { system: 'minbutik', account: '1234', id: '2026-05-05:ALL:Z-413' };
  await rows.takeIn([dayReport(), dayReport({ ref })]);
  const [first, second] = await rows.deliveryIds();
  waiting = present(first, 'a delivery');
  booked = present(second, 'another');
  hold = await rows.store.takeLane(rows.target.id, { workerId: 'worker 1', lookAfterMs: 0 });
});
afterEach(() => rows.stop());
after(() => server.stop());

async function stateOf(id: string): Promise<unknown> {
  const { state, refusals } = await rows.database.db
    .selectFrom('delivery')
    .select(['state', 'refusals'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return [state, (refusals as unknown as readonly Refusal[]).map(({ code }) => code)];
}

async function holdFor(...refusals: readonly Refusal[]): Promise<void> {
  await rows.store.settle(hold, { deliveryId: waiting, state: 'held', refusals });
}

async function book(by: LaneHold = hold): Promise<boolean> {
  const done = { deliveryId: booked, state: 'done', label: 'D 1' } as const;
  return rows.store.settle(by, { ...done, wakes: 'invoice-not-open' });
}

describe('settle, when what it settles wakes others', () => {
  test('plans again what is held for that reason, and says so in the journal', async () => {
    await holdFor({ code: 'empty-document' }, NOT_OPEN);
    assert.equal(await book(), true);
    assert.deepEqual(await stateOf(waiting), ['waiting', []]);
    assert.deepEqual(await stateOf(booked), ['done', []]);
    const events = await rows.database.db
      .selectFrom('journal')
      .select('event')
      .where('delivery_id', '=', waiting)
      .execute();
    assert.deepEqual(events, [{ event: 'again' }]);
    const due = { nowMs: Date.now() + 1_000, after: '0', limit: 50 };
    const found = await rows.store.readDue(rows.target.id, due);
    assert.deepEqual(
      found.map(({ id }) => id),
      [waiting],
    );
  });

  test('leaves what is held for another reason', async () => {
    await holdFor({ code: 'empty-document' });
    await book();
    assert.deepEqual(await stateOf(waiting), ['held', ['empty-document']]);
  });

  test('wakes what is held in the same transaction', async () => {
    await Promise.all([holdFor(NOT_OPEN), book()]);
    assert.deepEqual(await stateOf(waiting), ['waiting', []]);
  });

  test('leaves what another lane holds', async () => {
    const other = await addLaneRows(rows.database, { name: 'Andra AB' });
    await holdFor(NOT_OPEN);
    const ref = { system: 'minbutik', account: '9', id: 'x' };
    await other.takeIn([dayReport({ ref })]);
    const id = present((await rows.deliveryIds()).at(-1), 'a delivery');
    const theirs = await other.store.takeLane(other.target.id, { workerId: 'w', lookAfterMs: 0 });
    await other.store.settle(theirs, { deliveryId: id, state: 'done', wakes: 'invoice-not-open' });
    assert.deepEqual(await stateOf(waiting), ['held', ['invoice-not-open']]);
    await other.stop();
  });
});
