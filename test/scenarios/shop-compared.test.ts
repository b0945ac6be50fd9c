import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Order, Refund } from '../../src/domain/document/sale.ts';
import type { Hub } from '../../src/hub/hub.ts';
import { command } from './command.ts';
import { fetchFrom, forgetPlaces, quick, received } from './fetching.ts';
import { startShopStage, type ShopStage } from './shop-stage.ts';
import { startStage, statesOf, untilQuiet, type Stage } from './stage.ts';

const DAY_MS = 24 * 60 * 60_000;

describe('what a web shop changes in silence', () => {
  let on: Stage;
  let stage: ShopStage;
  let count = 0;
  let days = 0;
  before(async () => {
    on = await startStage();
  });
  after(() => on.stop());
  const begin = async (storage: 'hpos' | 'posts' = 'hpos'): Promise<void> => {
    count += 1;
    days = 0;
    stage = await startShopStage(on, { name: `Lampor ${count} AB`, storage });
    await stage.connect('read');
    await stage.book();
  };
  beforeEach(() => begin());
  afterEach(async () => {
    await forgetPlaces(stage.stage);
    await stage.stop();
  });

  /** Looks, a day later than the look before. */
  const nextDay = async (): Promise<void> => {
    days += 1;
    const laterMs = days * DAY_MS;
    const end = await fetchFrom(later(laterMs), 'woocommerce');
    assert.equal(end.kind, 'looked');
    await untilQuiet(stage.player);
  };
  const later = (ms: number): Hub => quick(stage.stage, () => ms);
  /** Each version of each document as `kind id state total`, as it was read. */
  const told = async (): Promise<readonly string[]> => {
    const rows = await on.hub.database.db
      .selectFrom('document')
      .select('body')
      .where('company_id', '=', stage.player.company.id)
      .orderBy('id')
      .execute();
    return rows.map(({ body }) => {
      const sale = body as unknown as Order | Refund;
      const state = sale.kind === 'order' ? `${sale.state}/${sale.sourceState}` : 'back';
      return `${sale.kind} ${sale.ref.id} ${state} ${sale.total.minor}`;
    });
  };
  const calls = (): number => stage.shop.counts.calls;

  it('an order that is deleted for good becomes a version that is cancelled', async () => {
    const [kept, gone] = [stage.buy(), stage.buy(2)];
    await nextDay();
    stage.shop.shop.deleteForGood(gone);
    await nextDay();
    assert.deepEqual(await told(), [
      `order ${kept} accepted/processing 19900`,
      `order ${gone} accepted/processing 39800`,
      `order ${gone} cancelled/deleted 39800`,
    ]);
    // It was told once, and is not asked for again.
    const [files, before] = [(await received(on)).length, calls()];
    await nextDay();
    assert.equal((await received(on)).length, files);
    assert.equal(calls() - before, 3, 'what is new; all there are; how open orders are kept');
  });

  it('an order in the trash is cancelled, and one that comes back is not', async () => {
    const id = stage.buy();
    await nextDay();
    stage.shop.shop.trash(id);
    await nextDay();
    assert.equal((await told()).at(-1), `order ${id} cancelled/trash 19900`);
    stage.shop.shop.restore(id);
    stage.shop.shop.setStatus({ id, status: 'completed' });
    await nextDay();
    assert.equal((await told()).at(-1), `order ${id} shipped/completed 19900`);
  });

  it('a refund that is deleted becomes a version of nothing, and what it took back is reversed', async () => {
    const id = stage.buy();
    const refund = stage.shop.shop.refund({ orderId: id, amount: '99.00', reason: 'Trasig' });
    await nextDay();
    stage.shop.shop.deleteRefund(refund);
    await nextDay();
    assert.deepEqual((await told()).slice(1), [
      `refund refund:${refund} back -9900`,
      `refund refund:${refund} back 0`,
    ]);
    assert.deepEqual(await statesOf(stage.player), ['done', 'done', 'held report-revised']);
    const { company } = stage.player;
    const corrected = ['held', 'resolve', 'all', '--correct', '--company', company.name];
    const ended = await command(stage.stage, ...corrected);
    assert.equal(ended.code, 0, ended.err + ended.out);
    await untilQuiet(stage.player);
    assert.deepEqual(await statesOf(stage.player), ['done', 'done', 'done']);
    assert.equal(stage.texts().length, 3, stage.texts().join('\n'));
    await nextDay();
    assert.equal((await told()).length, 3);
  });

  it('an open order of a shop that keeps posts is told again when its payment gets a number', async () => {
    await forgetPlaces(stage.stage);
    await stage.stop();
    await begin('posts');
    const id = stage.buy();
    await nextDay();
    stage.shop.shop.editOrder({ id, fields: { transaction_id: 'PAYOUT-7' } });
    await nextDay();
    const { body } = await on.hub.database.db
      .selectFrom('document')
      .select('body')
      .where('company_id', '=', stage.player.company.id)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    const sale = body as unknown as Order;
    assert.equal(sale.settlements[0]?.transaction, 'PAYOUT-7');
  });

  it('a shop that is emptied is not believed before somebody says so', async () => {
    const ids = Array.from({ length: 25 }, () => stage.buy());
    await nextDay();
    for (const id of ids) stage.shop.shop.deleteForGood(id);
    await nextDay();
    assert.equal((await told()).length, 25);
    const listed = await command(stage.stage, 'fetch', 'list');
    assert.match(listed.out, /! 25 beställningar och återbetalningar .* högst 20 på en gång/);
    const more = await stage.connect('read', '--set', 'deletedMax=25');
    assert.equal(more.code, 0, more.err);
    await nextDay();
    assert.equal((await told()).filter((one) => one.includes('cancelled/deleted')).length, 25);
  });

  it('three hundred orders are compared with four calls, and one that is cut off goes on', async () => {
    const ids = Array.from({ length: 300 }, () => stage.buy());
    await nextDay();
    stage.shop.shop.deleteForGood(ids[120] ?? 0);
    // What is new, the first list and the second one are answered; the third is not.
    stage.shop.faults.add({
      path: '/wp-json/wc/v3/orders',
      skip: 3,
      fault: { kind: 'too-many-requests' },
    });
    const laterMs = 2 * DAY_MS;
    assert.equal((await fetchFrom(later(laterMs), 'woocommerce')).kind, 'failed');
    days = 1;
    await nextDay();
    assert.deepEqual((await told()).slice(300), [`order ${ids[120]} cancelled/deleted 19900`]);
  });
});
