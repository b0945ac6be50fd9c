import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { startShop, type ShopBench } from '../scenarios/shop-bench.ts';
import { ledgerOf, startStage, statesOf, untilQuiet, type Stage } from '../scenarios/stage.ts';
import { firstOwner, PASSWORD, signedIn, type Visitor } from './people.ts';

const PURCHASE = { lines: [{ sku: 'LAMPA-1', quantity: 1 }], payment: 'swish' };

describe('POST /companies/{company}/orders/sync', () => {
  let stage: Stage;
  let web: HubServer;
  let owner: Visitor;
  let bench: ShopBench;
  before(async () => {
    stage = await startStage();
    web = await openServer({ host: '127.0.0.1', port: 0 });
    web.ready(stage.hub);
    owner = await firstOwner(web);
  });
  after(async () => {
    await web.close();
    await stage.stop();
  });
  beforeEach(async () => {
    bench = await startShop(stage, []);
    const manual = ['--book-when', 'default=manual'];
    const set = await bench.bokbro('flow', 'set', bench.name, 'fortnox', ...manual);
    assert.equal(set.code, 0, set.err);
  });
  afterEach(() => bench.stop());

  const at = (): string => `/api/companies/${bench.player.company.id}`;
  const sync = (by: Visitor, number: string) =>
    by.ask(`${at()}/orders/sync`, { method: 'POST', json: { number } });

  it('fetches an order that nobody has asked for, and books it and no other', async () => {
    const id = bench.shop.buy(PURCHASE);
    bench.shop.buy(PURCHASE);
    const answer = await sync(owner, `#${id}`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    assert.equal(answer.body['trouble'], null);
    await untilQuiet(bench.player);
    assert.deepEqual(await statesOf(bench.player), ['done']);
    assert.match(ledgerOf(bench.player)[0]?.[0] ?? '', new RegExp(`Order ${id}$`));
    const again = await sync(owner, String(id));
    const [delivery] = again.body['deliveries'] as readonly Record<string, unknown>[];
    assert.equal(delivery?.['isBooked'], true);
    assert.equal(ledgerOf(bench.player).length, 1);
    const { body } = await owner.ask(`${at()}/audit`);
    const acts = (body['entries'] as readonly Record<string, unknown>[]).map(({ act }) => act);
    assert.ok(acts.includes('order.sync'), acts.join(', '));
  });

  it('books what waits as it came before when its shop is away, and says why', async () => {
    const id = bench.shop.buy(PURCHASE);
    await bench.fetchOnly();
    await untilQuiet(bench.player);
    assert.deepEqual(await statesOf(bench.player), ['pending order-waits-for-you']);
    await bench.goOffline();
    const answer = await sync(owner, String(id));
    assert.equal(answer.status, 200);
    assert.notEqual(answer.body['trouble'], null);
    await untilQuiet(bench.player);
    assert.deepEqual(await statesOf(bench.player), ['done']);
    const unknown = await sync(owner, '99999');
    assert.equal(unknown.status, 502);
  });

  it('knows no order that no shop has, and is nothing for who may only read', async () => {
    assert.equal((await sync(owner, '99999')).status, 404);
    const person = { name: 'Rolf', email: `rolf-${bench.name}@byran.example`, role: 'reader' };
    const json = { ...person, password: PASSWORD, companyId: bench.player.company.id };
    assert.equal((await owner.ask('/api/people', { method: 'POST', json })).status, 200);
    const reader = await signedIn(web, person.email);
    const id = bench.shop.buy(PURCHASE);
    assert.equal((await sync(reader, String(id))).status, 403);
    assert.deepEqual(await statesOf(bench.player), []);
  });
});
