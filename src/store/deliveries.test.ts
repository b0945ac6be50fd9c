import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { UNKNOWN_BOOKS } from '../domain/books.ts';
import { day } from '../domain/date.ts';
import { dayReport } from '../testing/day-reports.ts';
import { addLaneRows, type LaneRows } from '../testing/lane-rows.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import {
  countDeliveries,
  listDeliveries,
  readJournal,
  resolveDeliveries,
  type Resolution,
} from './deliveries.ts';
import { claimAccounts } from './registry.ts';

let server: TestServer;
let rows: LaneRows;
before(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  rows = await addLaneRows(await server.newDatabase());
  await rows.takeIn([dayReport()]);
});
afterEach(() => rows.stop());
after(() => server.stop());

async function hold(): Promise<string> {
  const id = (await rows.deliveryIds())[0] ?? '';
  const refusals = JSON.stringify([{ code: 'empty-document' }]);
  await rows.database.db
    .updateTable('delivery')
    .set({ state: 'held', refusals })
    .where('id', '=', id)
    .execute();
  return id;
}

function resolve(ids: readonly string[], resolution: Resolution, companyId = rows.company.id) {
  return resolveDeliveries(rows.database.db, rows.jobs, {
    ...{ companyId, ids, resolution },
    by: 'Anna',
  });
}

describe('resolveDeliveries', () => {
  test('plans a held delivery again with the decision, and wakes its lane', async () => {
    const id = await hold();
    await rows.jobs.finish(await rows.jobs.take(5));
    const decision = { kind: 'accept', code: 'cash-difference-large' } as const;
    assert.deepEqual(await resolve([id], { kind: 'again', decision }), [id]);
    const due = await rows.store.readDue(rows.target.id, {
      nowMs: Date.now() + 1_000,
      after: '0',
      limit: 5,
    });
    assert.deepEqual(
      due.map((delivery) => [delivery.id, delivery.decisions]),
      [[id, [decision]]],
    );
    assert.equal((await rows.jobs.take(5)).length, 1);
    const journal = await readJournal(rows.database.db, id);
    assert.deepEqual(
      journal.map((entry) => [entry.event, entry.detail]),
      [['resolved', 'again (Anna)']],
    );
  });

  test('forgets what it knows of the ledger, so that what was mended there is seen', async () => {
    const id = await hold();
    const period = { from: day('2026-05-01'), to: day('2026-05-31') };
    await rows.store.writeBooks(rows.target.id, { period, books: UNKNOWN_BOOKS });
    assert.deepEqual((await rows.store.readBooks(rows.target.id, null))?.period, period);
    await resolve([id], { kind: 'again', decision: null });
    assert.equal(await rows.store.readBooks(rows.target.id, null), null);
  });

  test('skips for good, with the reason', async () => {
    const id = await hold();
    assert.deepEqual(await resolve([id], { kind: 'skip', why: 'booked by hand' }), [id]);
    const [view] = await listDeliveries(rows.database.db, { companyId: rows.company.id });
    assert.deepEqual([view?.state, view?.reason], ['skipped', 'booked by hand']);
    assert.equal((await countDeliveries(rows.database.db, rows.company.id)).skipped, 1);
  });

  test('leaves alone what does not wait for a person', async () => {
    const [id = ''] = await rows.deliveryIds();
    for (const state of ['waiting', 'sending', 'in doubt', 'done', 'skipped'] as const) {
      await rows.database.db.updateTable('delivery').set({ state }).execute();
      assert.deepEqual(await resolve([id], { kind: 'skip', why: 'no' }), [], state);
    }
  });

  test('leaves alone what belongs to another company', async () => {
    const id = await hold();
    const other = await addLaneRows(rows.database, { name: 'Annat AB' });
    await other.stop();
    assert.deepEqual(await resolve([id], { kind: 'skip', why: 'no' }, other.company.id), []);
    assert.equal((await countDeliveries(rows.database.db, rows.company.id)).held, 1);
  });
});

describe('listDeliveries', () => {
  test('gives only what is asked for, by day', async () => {
    const ref = { system: 'minbutik', account: '1234', id: 'Z-9' };
    await rows.takeIn([dayReport({ ref, businessDate: day('2026-04-01') })]);
    const list = async (query: object): Promise<string[]> => {
      const found = await listDeliveries(rows.database.db, {
        companyId: rows.company.id,
        ...query,
      });
      return found.map((view) => view.document.ref.id);
    };
    assert.deepEqual(await list({}), ['Z-9', '2026-05-04:ALL:Z-000412']);
    assert.deepEqual(await list({ from: '2026-05-01' }), ['2026-05-04:ALL:Z-000412']);
    assert.deepEqual(await list({ to: '2026-04-30' }), ['Z-9']);
    assert.deepEqual(await list({ states: ['held'] }), []);
    assert.deepEqual(await list({ ids: [] }), []);
    assert.deepEqual(await list({ flowId: '999' }), []);
  });
});

describe('claimAccounts', () => {
  test('gives a store to one connection only', async () => {
    const { db } = rows.database;
    const other = await addLaneRows(rows.database, { name: 'Annat AB' });
    await other.stop();
    assert.deepEqual(await claimAccounts(db, rows.source, ['1234', '1235']), []);
    assert.deepEqual(await claimAccounts(db, rows.source, ['1234']), []);
    assert.deepEqual(await claimAccounts(db, other.source, ['1235', '1236']), ['1235']);
  });
});
