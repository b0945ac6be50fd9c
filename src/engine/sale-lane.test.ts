import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { day } from '../domain/date.ts';
import type { Document } from '../domain/document/document.ts';
import type { Order } from '../domain/document/sale.ts';
import { countAside } from '../store/aside.ts';
import { listDeliveries, resolveDeliveries } from '../store/deliveries.ts';
import type { Decision } from '../domain/refusal.ts';
import { kr } from '../testing/day-reports.ts';
import { laneBench, type LaneBench } from '../testing/lane-bench.ts';
import { order, refund, soldLine } from '../testing/sales.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

/** What stands in the ledger, per voucher: `day account amount …`. */
function ledger({ target }: LaneBench): readonly string[] {
  return [...target.objects.values()].map(({ write }) => JSON.stringify(write.input));
}

const OPEN = { state: 'open', sourceState: 'on-hold', paidOn: null } as const;
const SENT = { state: 'shipped', sourceState: 'completed' } as const;
const DOUBLE = { lines: [soldLine('Kaffe', '160', '40')], total: kr('200') };
const paid = (amount: string) => ({
  settlements: [
    { method: 'card', title: 'Kort', means: 'other' as const, amount: kr(amount), transaction: null },
  ],
});

describe('orders of a shop in a lane', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  const bench = (documents: readonly Document[], own: object = {}): Promise<LaneBench> =>
    laneBench(server, documents, { attachFile: false, ...own });
  const come = async (lane: LaneBench, ...documents: readonly Document[]): Promise<void> => {
    await lane.rows.takeIn(documents);
    await lane.turn();
  };
  /** `state code` of each delivery, in the order of their coming. */
  const found = async (lane: LaneBench): Promise<readonly string[]> => {
    const { company, database } = lane.rows;
    const page = { after: '0', limit: 100 };
    const views = await listDeliveries(database.db, { companyId: company.id, page });
    return views.map(({ state, label, refusals, reason }) =>
      [state, label ?? reason, ...refusals.map(({ code }) => code)].filter(Boolean).join(' '),
    );
  };
  const decide = async (lane: LaneBench, decision: Decision | null): Promise<void> => {
    const { company, database, jobs } = lane.rows;
    const ids = await lane.rows.deliveryIds();
    const resolution = { kind: 'again', decision } as const;
    const act = { companyId: company.id, ids: ids.slice(-1), resolution, by: 'a test' };
    await resolveDeliveries(database.db, jobs, act);
    await lane.turn();
  };

  it('wait for what is chosen, and are booked by the version that brings it', async () => {
    const lane = await bench([order(OPEN)]);
    await lane.turn();
    assert.deepEqual(await found(lane), ['pending order-waits']);
    assert.deepEqual(await countAside(lane.rows.database.db, lane.rows.company.id), [
      { state: 'pending', code: 'order-waits', about: 'accepted on-hold', count: 1 },
    ]);
    assert.equal(ledger(lane).length, 0);
    await come(lane, order({}));
    assert.deepEqual(await found(lane), ['skipped superseded order-waits', 'done V 1']);
    // Completed, and back again: sold all the same.
    await come(lane, order(SENT));
    await come(lane, order({ state: 'open', sourceState: 'on-hold' }));
    assert.deepEqual((await found(lane)).slice(2), [
      'skipped order-unchanged',
      'skipped order-unchanged',
    ]);
    assert.equal(ledger(lane).length, 1);
  });

  it('that are edited when they are booked are asked about, and corrected', async () => {
    const lane = await bench([order({})]);
    await lane.turn();
    await come(lane, order({ ...DOUBLE, ...paid('200') }));
    assert.deepEqual(await found(lane), ['done V 1', 'held order-revised']);
    await decide(lane, { kind: 'correct' });
    assert.deepEqual(await found(lane), ['done V 1', 'done V 2, V 3']);
    // What was asked about once is known from then on.
    await come(lane, order({ ...DOUBLE, ...paid('200'), ...SENT }));
    assert.deepEqual((await found(lane)).at(-1), 'skipped order-unchanged');
  });

  it('that are cancelled when they are booked are reversed, and booked anew if sold', async () => {
    const lane = await bench([order({})], { revisions: 'correct' });
    await lane.turn();
    const cancelled: Partial<Order> = { state: 'cancelled', sourceState: 'cancelled' };
    await come(lane, order(cancelled));
    assert.deepEqual(await found(lane), ['done V 1', 'done V 2']);
    await come(lane, order({ ...cancelled, sourceState: 'trash' }));
    assert.equal((await found(lane)).at(-1), 'skipped order-unchanged');
    await come(lane, order({ ...SENT, paidOn: day('2026-05-06') }));
    assert.equal((await found(lane)).at(-1), 'done V 3');
    assert.equal(ledger(lane).length, 3);
  });

  it('that are cancelled are asked about, with what stands in the ledger', async () => {
    const lane = await bench([order({})]);
    await lane.turn();
    await come(lane, order({ state: 'cancelled', sourceState: 'cancelled' }));
    assert.deepEqual(await found(lane), ['done V 1', 'held order-cancelled-booked']);
    await decide(lane, { kind: 'correct' });
    assert.deepEqual(await found(lane), ['done V 1', 'done V 2']);
  });

  it('take their refunds with them when they are booked', async () => {
    const lane = await bench([order({}), refund({})], { bookWhen: { default: 'shipped' } });
    await lane.turn();
    const waiting = ['pending order-waits', 'pending refund-waits-for-order'];
    assert.deepEqual(await found(lane), waiting);
    await come(lane, order(SENT));
    await lane.turn();
    assert.deepEqual(await found(lane), [
      'skipped superseded order-waits',
      'done V 2',
      'done V 1',
    ]);
  });

  it('are booked by hand when they wait for that', async () => {
    const lane = await bench([order(OPEN)], { bookWhen: { card: 'manual' } });
    await lane.turn();
    assert.deepEqual(await found(lane), ['pending order-waits-for-you']);
    await decide(lane, { kind: 'book-now' });
    assert.deepEqual(await found(lane), ['done V 1']);
  });
});
