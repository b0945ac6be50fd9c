import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { ShopHandle } from '../../src/connectors/quickbutik/simulator/shop/shop-handle.ts';
import {
  startQuickbutikSimulator,
  type QuickbutikSimulator,
} from '../../src/connectors/quickbutik/simulator/simulator.ts';
import { day, plusDays } from '../../src/domain/date.ts';
import { listDeliveries } from '../../src/store/deliveries.ts';
import { findPickup } from '../../src/store/pickups.ts';
import { command, type Ended } from './command.ts';
import { commandWith, fetchFrom, forgetPlaces, received } from './fetching.ts';
import {
  addPlayer,
  ledgerOf,
  noonToday,
  startStage,
  statesOf,
  today,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';

const PRODUCTS = [
  { title: 'Kaffe', sku: 'KAF-500', price: '119.00', taxRate: 6 },
  { title: 'Mugg', sku: 'MUGG-BL', price: '149.00', taxRate: 25 },
] as const;
const DAY_MS = 86_400_000;

describe('a Quickbutik shop that is asked what is new', () => {
  let stage: Stage;
  let simulator: QuickbutikSimulator;
  let shop: ShopHandle;
  let player: Player;
  let count = 0;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());
  beforeEach(async () => {
    simulator = await startQuickbutikSimulator({ clock: { kind: 'frozen', atMs: noonToday() } });
    shop = simulator.shops.add({ products: PRODUCTS });
    count += 1;
    player = await addPlayer(stage, { name: `Kaffe ${count} AB` });
  });
  afterEach(async () => {
    await forgetPlaces(stage);
    await simulator.stop();
  });

  const connect = (key: string, ...more: readonly string[]): Promise<Ended> => {
    const company = ['--company', player.company.name];
    const where = ['--set', `apiUrl=${simulator.apiUrl}`, '--since', today()];
    const argv = ['connect', 'quickbutik', ...company, ...where, ...more];
    return commandWith(stage, { APIKEY: key }, ...argv);
  };
  /** Connects the shop and books what comes from it. */
  const begin = async (...choices: readonly string[]): Promise<void> => {
    // No document says which number a cancelled order has: the owner of the shop does.
    const connected = await connect(shop.apiKey, '--set', 'states={"3":"cancelled"}');
    assert.equal(connected.code, 0, connected.err);
    const company = ['--company', player.company.name];
    const set = ['series=K', ...choices].flatMap((one) => ['--set', one]);
    const added = await command(stage, 'flow', 'add', 'quickbutik', 'fortnox', ...set, ...company);
    assert.equal(added.code, 0, added.err);
  };
  /** Looks once, and says how many files were taken when all that they led to is done. */
  const look = async (): Promise<number> => {
    const end = await fetchFrom(stage.hub, 'quickbutik');
    assert.ok(end.kind === 'looked', JSON.stringify(end));
    await untilQuiet(player);
    return end.taken;
  };
  /** A week goes by since the orders of some months were looked through. */
  const letWeekPass = async (): Promise<void> => {
    const { db } = stage.hub.database;
    const { id } = (await findPickup(db, 'quickbutik')) ?? { id: '' };
    const { cursor } = await db
      .selectFrom('pickup')
      .select('cursor')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const aged = { ...(cursor as object), swept: Math.floor(Date.now() / 1_000) - 8 * 86_400 };
    await db
      .updateTable('pickup')
      .set({ cursor: JSON.stringify(aged) })
      .where('id', '=', id)
      .execute();
  };
  /** Two bags of coffee and a mug: 387.00, of which 13.47 and 29.80 is VAT. */
  const buy = (): number => {
    const lines = [
      { sku: 'KAF-500', qty: 2 },
      { sku: 'MUGG-BL', qty: 1 },
    ];
    return shop.buy({ lines, payment: { method: 'klarna3' } });
  };
  const rows = (at: number): readonly string[] =>
    (ledgerOf(player)[at] ?? []).slice(1).map((row) => row.split(' · ')[0] ?? '');
  const booked = (): readonly string[] => ledgerOf(player).map(([head = '']) => head);

  it('is connected with its key, and its orders are booked once, taxed as its articles are', async () => {
    const connected = await connect(shop.apiKey);
    assert.equal(connected.code, 0, connected.err);
    assert.match(connected.out, /Its keys work\. What has changed since .* is fetched each 300 s/);
    await begin();
    const id = buy();
    assert.equal(await look(), 1);
    assert.deepEqual(booked(), [`K 1 · ${today()} · Order ${id}`]);
    assert.deepEqual(rows(0).toSorted(), [
      '1580 387.00',
      '2611 -29.80',
      '2631 -13.47',
      '3001 -119.20',
      '3003 -224.53',
    ]);
    assert.equal(await look(), 0);
    assert.match((await received(stage)).at(-1) ?? '', /orders-\d+\.json feed read$/);
    const listed = await command(stage, 'fetch', 'list');
    assert.equal(listed.code, 0, listed.out);
    const tested = await command(stage, 'fetch', 'test', 'quickbutik');
    assert.deepEqual([tested.code, tested.out], [0, 'quickbutik: the keys work.\n']);
    const now = await command(stage, 'fetch', 'now', 'quickbutik');
    assert.deepEqual([now.code, now.out], [0, 'quickbutik: 0 files taken.\n']);
    const removed = await command(stage, 'fetch', 'remove', 'quickbutik');
    assert.equal(removed.code, 0);
  });

  it('has one order booked at once, by its number, before anybody has looked', async () => {
    await begin();
    const company = ['--company', player.company.name];
    const manual = ['--book-when', 'default=manual', ...company];
    const set = await command(stage, 'flow', 'set', 'quickbutik', 'fortnox', ...manual);
    assert.equal(set.code, 0, set.err);
    const id = buy();
    buy();
    const booking = await command(stage, 'sync', '--order', String(id), ...company);
    assert.equal(booking.code, 0, booking.out + booking.err);
    assert.match(booking.out, /K 1/);
    assert.deepEqual(booked(), [`K 1 · ${today()} · Order ${id}`]);
    const nobodys = await command(stage, 'sync', '--order', '99999', ...company);
    assert.notEqual(nobodys.code, 0);
    assert.equal(booked().length, 1);
  });

  it('tells an order again when it is sent, and the books stay as they are', async () => {
    await begin('revisions=ask');
    const id = buy();
    await look();
    shop.send(id);
    assert.equal(await look(), 1);
    assert.deepEqual(await statesOf(player), ['done', 'skipped order-unchanged']);
    assert.equal(booked().length, 1);
    const held = await command(stage, 'held', '--company', player.company.name);
    assert.match(held.out, /Nothing waits for you/);
    const skipped = await command(stage, 'held', '--skipped', '--company', player.company.name);
    assert.match(skipped.out, /Nothing is skipped/);
  });

  it('has an order that was edited after booking reversed and booked anew', async () => {
    await begin('revisions=correct');
    const id = buy();
    await look();
    shop.send(id);
    await look();
    shop.edit(id, { addLines: [{ sku: 'MUGG-BL', qty: 1 }] });
    assert.equal(await look(), 1);
    assert.equal(booked().length, 3, booked().join('\n'));
    assert.deepEqual(booked().slice(1), [
      `K 2 · ${today()} · Rättelse av K 1: återföring`,
      `K 3 · ${today()} · Rättelse av K 1: rätt bokning`,
    ]);
    // Another mug of 149.00, of which 29.80 is VAT.
    assert.deepEqual(rows(2).toSorted(), [
      '1580 536.00',
      '2611 -59.60',
      '2631 -13.47',
      '3001 -238.40',
      '3003 -224.53',
    ]);
    const [first, second] = [rows(0), rows(1)];
    assert.deepEqual(
      second.map((row) =>
        row
          .replace(/ -/, ' +')
          .replace(/ (?=\d)/, ' -')
          .replace('+', ''),
      ),
      first,
    );
  });

  it('has an invoiced order that was edited credited, and invoiced and paid anew', async () => {
    const claims = ['invoicing.as=booked-invoice', 'invoicing.cashInvoices=false'];
    await begin(...claims, 'invoicing.revised=credit');
    stage.simulator.tenants.get(player.tenantId).set({ setup: { roundsOff: false } });
    const id = buy();
    await look();
    shop.edit(id, { addLines: [{ sku: 'MUGG-BL', qty: 1 }] });
    shop.send(id);
    await look();
    assert.deepEqual(booked().toSorted(), [
      `B 1 · ${today()} · Kundfaktura 1`,
      `B 2 · ${today()} · Kundfaktura 2`,
      `B 3 · ${today()} · Kundfaktura 3`,
      `C 1 · ${today()} · Inbetalning faktura 1`,
      `C 2 · ${today()} · Inbetalning faktura 2`,
      `C 3 · ${today()} · Inbetalning faktura 3`,
    ]);
    const at = booked().findIndex((head) => head.startsWith('B 3'));
    // As the voucher of the same order, with the claim in place of the means of payment.
    assert.deepEqual(rows(at).toSorted(), [
      '1510 536.00',
      '2611 -59.60',
      '2631 -13.47',
      '3001 -119.20',
      '3001 -119.20',
      '3003 -224.53',
    ]);
    shop.cancel(id);
    await look();
    assert.deepEqual(await statesOf(player), ['done', 'done', 'done']);
    const { vouchers } = stage.simulator.tenants.get(player.tenantId).ledger();
    const left = new Map<number, number>();
    for (const { account, debitOre, creditOre } of vouchers.flatMap((one) => one.rows)) {
      left.set(account, (left.get(account) ?? 0) + debitOre - creditOre);
    }
    assert.deepEqual(
      [...left.values()].filter((ore) => ore !== 0),
      [],
    );
  });

  it('has an edit noticed by the weekly sweep when no status tells of it', async () => {
    await begin('revisions=correct');
    const since = plusDays(day(today()), -10);
    assert.equal((await connect(shop.apiKey, '--since', since)).code, 0);
    // Three days ago: the overlap of a day does not reach it.
    simulator.clock.advance(-3 * DAY_MS);
    const id = buy();
    simulator.clock.moveTo(noonToday());
    assert.equal(await look(), 1);
    shop.edit(id, { discount: '20.00' });
    assert.equal(await look(), 0);
    await letWeekPass();
    assert.equal(await look(), 1);
    assert.equal(booked().length, 3, booked().join('\n'));
    assert.equal(await look(), 0);
  });

  it('has a person asked about an edit, and corrects when so decided', async () => {
    await begin('revisions=ask');
    const id = buy();
    await look();
    shop.edit(id, { addLines: [{ sku: 'MUGG-BL', qty: 1 }] });
    await look();
    assert.deepEqual(await statesOf(player), ['done', 'held order-revised']);
    const company = ['--company', player.company.name];
    const held = await command(stage, 'held', ...company);
    assert.match(held.out, /387,00.*536,00.*149,00/s);
    const settled = await command(stage, 'held', 'resolve', 'all', '--correct', ...company);
    assert.equal(settled.code, 0, settled.err);
    assert.equal(booked().length, 3);
  });

  it('has refunds found and booked, and an order with none of its figures changed left alone', async () => {
    await begin();
    const id = shop.buy({ lines: [{ sku: 'MUGG-BL', qty: 2 }], payment: { method: 'swish' } });
    await look();
    shop.refund(id, { amount: '149.00' });
    assert.equal(await look(), 1);
    assert.equal(booked().length, 2);
    assert.deepEqual(rows(1).toSorted(), ['1580 -149.00', '2611 29.80', '3001 119.20']);
    assert.equal(await look(), 0);
  });

  it('has an order whose VAT cannot be proven settled by a choice, also when it is sent', async () => {
    await begin();
    const company = ['--company', player.company.name];
    const id = buy();
    // The articles are gone before the shop is asked: nobody tells their rates.
    shop.removeProduct(101);
    shop.removeProduct(102);
    await look();
    assert.deepEqual(await statesOf(player), ['held vat-not-proven']);
    const held = await command(stage, 'held', ...company);
    assert.match(held.out, /moms 43,27 .*1\) 6 %, 25 %/s);
    const [delivery] = await listDeliveries(stage.hub.database.db, {
      companyId: player.company.id,
    });
    const settle = ['held', 'resolve', delivery?.id ?? '', '--tax-as', '1', ...company];
    const settled = await command(stage, ...settle);
    assert.equal(settled.code, 0, settled.err);
    assert.deepEqual(rows(0).toSorted(), [
      '1580 387.00',
      '2611 -29.80',
      '2631 -13.47',
      '3001 -119.20',
      '3003 -224.53',
    ]);
    shop.send(id);
    assert.equal(await look(), 1);
    assert.deepEqual(await statesOf(player), ['done', 'skipped order-unchanged']);
    const days = ['--from', today(), '--to', today(), '--source', 'quickbutik'];
    const compared = await command(stage, 'reconcile', ...days, ...company);
    assert.equal(compared.code, 0, compared.out + compared.err);
  });

  it('says what is in the way, and goes on where it was', async () => {
    await begin();
    await fetchFrom(stage.hub, 'quickbutik');
    const told = async (): Promise<string> => {
      const end = await fetchFrom(stage.hub, 'quickbutik');
      assert.equal(end.kind, 'failed');
      return (await command(stage, 'fetch', 'list')).out;
    };
    const fault = (one: Parameters<typeof simulator.faults.add>[0]['fault']): void => {
      simulator.faults.add({ fault: one });
    };
    fault({ kind: 'unauthorized' });
    assert.match(await told(), /does not take our key.*Skapa nya nycklar där/s);
    fault({ kind: 'too-many-requests', waitS: 1 });
    assert.match(await told(), /asks us to wait.*Nytt försök görs/s);
    fault({ kind: 'server-error', status: 502, commits: false });
    assert.match(await told(), /Det misslyckades: 127.*Internal server error/s);
    fault({ kind: 'wrong-body', body: 'html' });
    assert.match(await told(), /something that is no data \(Underhåll\)/);
    await simulator.goOffline();
    assert.match(await told(), /could not be reached/);
    await simulator.goOnline();
    buy();
    assert.equal(await look(), 1);
    assert.equal(booked().length, 1);
    assert.equal((await command(stage, 'fetch', 'list')).code, 0);
  });

  it('with a wrong key is not connected in silence', async () => {
    const ended = await connect('fel');
    assert.notEqual(ended.code, 0);
    assert.match(ended.err, /does not take our key.*Skapa nya nycklar/s);
  });

  it('that is read from files alone asks for no key', async () => {
    const company = ['--company', player.company.name];
    const ended = await command(stage, 'connect', 'quickbutik', '--set', 'apiUrl=', ...company);
    assert.equal(ended.code, 0, ended.err);
    assert.equal(await findPickup(stage.hub.database.db, 'quickbutik'), null);
  });
});
