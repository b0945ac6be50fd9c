import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { day, dayAt, plusDays } from '../domain/date.ts';
import type { Document } from '../domain/document/document.ts';
import type { Order } from '../domain/document/sale.ts';
import { countAside } from '../store/aside.ts';
import { listDeliveries, resolveDeliveries } from '../store/deliveries.ts';
import { formatMoney } from '../domain/money.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import type { Decision } from '../domain/refusal.ts';
import { kr } from '../testing/day-reports.ts';
import { laneBench, type LaneBench } from '../testing/lane-bench.ts';
import { order, refund, soldLine } from '../testing/sales.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const OPEN = { state: 'open', sourceState: 'on-hold', paidOn: null } as const;
const SENT = { state: 'shipped', sourceState: 'completed' } as const;
const DOUBLE = { lines: [soldLine('Kaffe', '160', '40')], total: kr('200') };
const paid = (amount: string) => ({
  settlements: [
    {
      method: 'card',
      title: 'Kort',
      means: 'other' as const,
      amount: kr(amount),
      transaction: null,
    },
  ],
});

describe('orders of a shop in a lane', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  const lanes: LaneBench[] = [];
  afterEach(async () => {
    await Promise.all(lanes.splice(0).map(({ rows }) => rows.stop()));
  });
  after(() => server.stop());

  const bench = async (documents: readonly Document[], own: object = {}): Promise<LaneBench> => {
    const lane = await laneBench(server, documents, { attachFile: false, ...own });
    lanes.push(lane);
    return lane;
  };
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
    assert.equal(lane.target.made.size, 0);
    await come(lane, order({}));
    assert.deepEqual(await found(lane), ['skipped superseded order-waits', 'done K 1']);
    // Completed, and back again: sold all the same.
    await come(lane, order(SENT));
    await come(lane, order({ state: 'open', sourceState: 'on-hold' }));
    assert.deepEqual((await found(lane)).slice(2), [
      'skipped order-unchanged',
      'skipped order-unchanged',
    ]);
    assert.equal(lane.target.made.size, 1);
  });

  it('that are edited when they are booked are asked about, and corrected', async () => {
    const lane = await bench([order({})]);
    await lane.turn();
    await come(lane, order({ ...DOUBLE, ...paid('200') }));
    assert.deepEqual(await found(lane), ['done K 1', 'held order-revised']);
    await decide(lane, { kind: 'correct' });
    assert.deepEqual(await found(lane), ['done K 1', 'done K 2, K 3']);
    // What was asked about once is known from then on.
    await come(lane, order({ ...DOUBLE, ...paid('200'), ...SENT }));
    assert.deepEqual((await found(lane)).at(-1), 'skipped order-unchanged');
  });

  it('that are cancelled when they are booked are reversed, and booked anew if sold', async () => {
    const lane = await bench([order({})], { revisions: 'correct' });
    await lane.turn();
    const cancelled: Partial<Order> = { state: 'cancelled', sourceState: 'cancelled' };
    await come(lane, order(cancelled));
    assert.deepEqual(await found(lane), ['done K 1', 'done K 2']);
    await come(lane, order({ ...cancelled, sourceState: 'trash' }));
    assert.equal((await found(lane)).at(-1), 'skipped order-unchanged');
    await come(lane, order({ ...SENT, paidOn: day('2026-05-06') }));
    assert.equal((await found(lane)).at(-1), 'done K 3');
    assert.equal(lane.target.made.size, 3);
  });

  it('that are cancelled are asked about, with what stands in the ledger', async () => {
    const lane = await bench([order({})]);
    await lane.turn();
    await come(lane, order({ state: 'cancelled', sourceState: 'cancelled' }));
    assert.deepEqual(await found(lane), ['done K 1', 'held order-cancelled-booked']);
    await decide(lane, { kind: 'correct' });
    assert.deepEqual(await found(lane), ['done K 1', 'done K 2']);
  });

  it('that are cancelled when something was given back are asked about', async () => {
    const lane = await bench([order({}), refund({})], { revisions: 'correct' });
    await lane.turn();
    await come(lane, order({ state: 'cancelled', sourceState: 'cancelled' }));
    assert.deepEqual(await found(lane), ['done K 1', 'done K 2', 'held order-cancelled-booked']);
  });

  it('take their refunds with them when they are booked', async () => {
    const lane = await bench([order({}), refund({})], { bookWhen: { default: 'shipped' } });
    await lane.turn();
    const waiting = ['pending order-waits', 'pending refund-waits-for-order'];
    assert.deepEqual(await found(lane), waiting);
    await come(lane, order(SENT));
    await lane.turn();
    assert.deepEqual(await found(lane), ['skipped superseded order-waits', 'done K 2', 'done K 1']);
  });

  it('are booked by hand when they wait for that', async () => {
    const lane = await bench([order(OPEN)], { bookWhen: { card: 'manual' } });
    await lane.turn();
    assert.deepEqual(await found(lane), ['pending order-waits-for-you']);
    await decide(lane, { kind: 'book-now' });
    assert.deepEqual(await found(lane), ['done K 1']);
  });

  it('that are changed back are booked again; an old export of one changes nothing', async () => {
    const at = (hour: string) => ({ changedAt: `2026-05-04T${hour}:00:00` });
    const lane = await bench([order(at('10'))], { revisions: 'correct' });
    await lane.turn();
    const cancelled = order({ state: 'cancelled', sourceState: 'cancelled', ...at('11') });
    await come(lane, cancelled);
    await come(lane, order(at('12')));
    assert.deepEqual(await found(lane), ['done K 1', 'done K 2', 'done K 3']);
    await come(lane, cancelled, order(at('10')), order({ ...DOUBLE, ...paid('200'), ...at('09') }));
    assert.equal((await found(lane)).length, 3);
  });

  describe('that share the voucher of their day', () => {
    const DAILY = { perVoucher: 'day' };
    const another = (id: string, change: Partial<Order> = {}) =>
      order({ ref: { ...order({}).ref, id }, number: id, ...change });
    const daysOf = async ({ rows }: LaneBench) => {
      const views = await listDeliveries(rows.database.db, { companyId: rows.company.id });
      return views.flatMap(({ document, vouchers, state }) =>
        document.kind === 'sales-day'
          ? [`${document.ref.id} ${state}: ${vouchers.map(rowsText).join(' / ')}`]
          : [],
      );
    };
    const FIRST = 'day:2026-05-04:1 done: 1580 300.00, 3001 -240.00, 2611 -60.00';

    it('are booked together when it is over, and what comes late on another one', async () => {
      const more = another('1002', { ...DOUBLE, ...paid('200') });
      const lane = await bench([order({}), more, refund({ date: day('2026-05-05') })], DAILY);
      await lane.turn();
      assert.deepEqual(new Set(await found(lane)), new Set(['gathering day-not-over']));
      await lane.turn();
      assert.deepEqual(await daysOf(lane), [
        FIRST,
        'day:2026-05-05:1 done: 1580 -100.00, 3001 80.00, 2611 20.00',
      ]);
      assert.deepEqual((await found(lane)).slice(0, 3), ['done K 1', 'done K 1', 'done K 2']);
      await come(lane, another('1003'));
      await lane.turn();
      assert.deepEqual((await daysOf(lane)).slice(0, 2), [
        FIRST,
        'day:2026-05-04:2 done: 1580 100.00, 3001 -80.00, 2611 -20.00',
      ]);
    });

    it('wait until the day is over where the company is', async () => {
      const lane = await bench([], DAILY);
      const today = dayAt(new Date(lane.clock.nowMs()), 'Europe/Stockholm');
      await come(lane, order({ date: today }));
      const end = await lane.turn();
      assert.deepEqual(await found(lane), ['gathering day-not-over']);
      assert.ok(end.kind === 'worked' && end.nextMs !== null);
      const due = new Date(end.nextMs);
      assert.equal(dayAt(due, 'Europe/Stockholm'), plusDays(today, 1));
      const atStockholm = due.toLocaleTimeString('sv-SE', { timeZone: 'Europe/Stockholm' });
      assert.equal(atStockholm, '01:00:00');
      lane.clock.goOn(end.nextMs - lane.clock.nowMs());
      await lane.turn();
      assert.deepEqual(await daysOf(lane), [
        `day:${today}:1 done: 1580 100.00, 3001 -80.00, 2611 -20.00`,
      ]);
    });

    it('and are edited afterwards are asked about, and corrected on another one', async () => {
      const lane = await bench([order({}), another('1002', { ...DOUBLE, ...paid('200') })], DAILY);
      await lane.turn();
      await lane.turn();
      await come(lane, order({ ...DOUBLE, ...paid('200') }));
      assert.equal((await found(lane)).at(-1), 'held order-revised');
      await decide(lane, { kind: 'correct' });
      await lane.turn();
      assert.deepEqual(await daysOf(lane), [
        FIRST,
        'day:2026-05-04:2 done: 1580 100.00, 3001 -80.00, 2611 -20.00',
      ]);
      assert.equal(lane.target.made.size, 2);
    });

    it('are edited before it is over as if nothing had been', async () => {
      const lane = await bench([order({})], DAILY);
      await lane.turn();
      await lane.rows.takeIn([order({ ...DOUBLE, ...paid('200') })]);
      await lane.turn();
      await lane.turn();
      assert.deepEqual(await daysOf(lane), [
        'day:2026-05-04:1 done: 1580 200.00, 3001 -160.00, 2611 -40.00',
      ]);
    });

    it('come to nothing when the day takes back what it brought', async () => {
      const back = refund({ date: day('2026-05-04') });
      const lane = await bench([order({}), back], DAILY);
      await lane.turn();
      await lane.turn();
      assert.deepEqual(await daysOf(lane), ['day:2026-05-04:1 done: ']);
      assert.equal(lane.target.made.size, 0);
    });

    it('are booked once, wherever the hub is stopped in between', async () => {
      const sold = [order({}), another('1002', { ...DOUBLE, ...paid('200') })];
      for (let at = 0, wasStopped = true; wasStopped; at += 1) {
        const lane = await bench(sold, DAILY);
        const stopping = stopAt(lane, at);
        // Each turn that dies leaves the rest to one that does not.
        for (let turn = 0; turn < 3; turn += 1) await stopping.turn().catch(() => undefined);
        ({ wasStopped } = stopping);
        lane.clock.goOn(60_000);
        for (let turn = 0; turn < 4; turn += 1) {
          await lane.turn();
          lane.clock.goOn(60_000);
        }
        assert.deepEqual(await daysOf(lane), [FIRST], `stopped at ${at}`);
        assert.equal(lane.target.made.size, 1, `stopped at ${at}`);
        assert.deepEqual((await found(lane)).slice(0, 2), ['done K 1', 'done K 1']);
      }
    });
  });
});

/** Turns of a hub that dies at its n-th word with the database: before it, or when it is said. */
function stopAt(lane: LaneBench, at: number) {
  let said = 0;
  const die = <Given extends readonly unknown[], T>(act: (...given: Given) => Promise<T>) => {
    return async (...given: Given): Promise<T> => {
      const place = Math.floor(at / 2);
      said += 1;
      if (said > place && at % 2 === 0) throw new Error('the hub has died');
      const value = await act(...given);
      if (said > place) throw new Error('the hub has died');
      return value;
    };
  };
  const { store } = lane.rows;
  const dying = {
    ...store,
    settle: die(store.settle),
    gatherDays: die(store.gatherDays),
    readDue: die(store.readDue),
    leaveLane: die(store.leaveLane),
  };
  return {
    turn: () => lane.turn({ store: dying }),
    get wasStopped() {
      return said > Math.floor(at / 2);
    },
  };
}

function rowsText({ rows }: Voucher): string {
  return rows.map(({ account, amount }) => `${account} ${formatMoney(amount)}`).join(', ');
}
