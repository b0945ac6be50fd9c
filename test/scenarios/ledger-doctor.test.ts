import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { command } from './command.ts';
import { fetchFrom, forgetPlaces } from './fetching.ts';
import { startShopStage, type ShopStage } from './shop-stage.ts';
import { settle, startStage, statesOf, untilQuiet, type Stage } from './stage.ts';

type Card = {
  readonly about: string;
  readonly items: readonly { item: string; state: string; says: string }[];
};

const FI = { first_name: 'Aino', country: 'FI', city: 'Helsinki', postcode: '00100' };

describe('the doctor looks at a ledger that a shop sells into', () => {
  let on: Stage;
  let stage: ShopStage;
  let count = 0;
  before(async () => {
    on = await startStage();
  });
  after(() => on.stop());
  beforeEach(async () => {
    count += 1;
    stage = await startShopStage(on, { name: `Mattor ${count} AB` });
    const connected = await stage.connect('read');
    assert.equal(connected.code, 0, connected.err);
  });
  afterEach(async () => {
    await forgetPlaces(stage.stage);
    await stage.stop();
  });

  const items = async (): Promise<Card['items']> => {
    const args = ['doctor', '--json', '--company', stage.player.company.name];
    const cards = JSON.parse((await command(stage.stage, ...args)).out) as readonly Card[];
    return cards.find(({ about }) => about.endsWith('› fortnox'))?.items ?? [];
  };
  const of = async (item: string): Promise<readonly string[]> =>
    (await items()).filter((one) => one.item === item).map(({ state, says }) => `${state} ${says}`);

  it('and says in the reader’s language that all is ready, with no voucher made', async () => {
    stage.buy();
    await stage.book();
    assert.deepEqual(await of('rehearsed'), [
      'ok de senaste 1 beställningarna i woocommerce kan alla bokföras',
    ]);
    assert.deepEqual(await of('sales-vat-codes'), [
      'ok försäljningskontona passar momsen i SE, DE, FI',
    ]);
    assert.deepEqual(await of('series'), ['ok serie K tar emot verifikationer']);
    assert.deepEqual(stage.texts(), []);
  });

  it('and names the order that would be held, and why, before it is fetched', async () => {
    const lines = [{ sku: 'LAMPA-1', quantity: 1 }];
    const id = stage.shop.shop.buy({ lines, payment: 'swish', billing: FI, shipping: FI });
    await stage.book();
    const [said = '', ...more] = await of('rehearsal-held');
    assert.deepEqual(more, []);
    assert.match(said, /^warning 1 av de senaste 1 beställningarna i woocommerce skulle vänta/);
    assert.ok(said.includes(`(${id})`), said);
  });

  it('and names the VAT code of an account that a country’s sales would come on', async () => {
    on.simulator.tenants
      .get(stage.player.tenantId)
      .set({ accounts: [{ number: 3107, vatCode: 'MP1' }] });
    await stage.book('--account', 'sales.oss/DE=3108');
    const differs = await of('sales-vat-code-differs');
    assert.equal(differs.length, 1, differs.join('\n'));
    assert.match(
      differs[0] ?? '',
      /^warning 3107 för Frakt till .*\(OSS\), Försäljning .*\(OSS\) \(DE, FI\) har .* MP1/,
    );
    assert.match((await of('oss-accounts-shared')).join(), /Moms i DE, FI .*2670.*vat\.oss\/DE=/);
  });

  it('and what its registers will not take of articles and buyers', async () => {
    const { consumerKey, consumerSecret } = stage.shop.shop.newKey();
    const pair = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
    const made = await fetch(`${stage.shop.url}/wp-json/wc/v3/products`, {
      method: 'POST',
      headers: { authorization: `Basic ${pair}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Matta', type: 'simple', sku: 'MATTA Ö', regular_price: '80' }),
    });
    assert.equal(made.status, 201);
    stage.shop.shop.buy({ lines: [{ sku: 'MATTA Ö', quantity: 1 }], payment: 'swish' });
    await stage.book('--set', 'invoicing.as=booked-invoice');
    assert.match((await of('articles-renamed')).join(), /MATTA Ö → MATTA---[0-9a-f]{6}/);
  });

  it('and the customer whose card would have the order refused, as it then is', async () => {
    const tenant = on.simulator.tenants.get(stage.player.tenantId);
    const card = { CustomerNumber: '77', Name: 'Öbergs', Email: 'marta@example.test' };
    tenant.set({
      objects: { customers: [{ ...card, WayOfDelivery: 'B' }] },
      removedObjects: { wayofdeliveries: ['B'] },
    });
    stage.buy();
    await stage.book('--set', 'invoicing.as=booked-invoice', '--set', 'invoicing.articles=text');
    const [said = ''] = await of('buyer-card-way-gone');
    assert.match(said, /^problem På kunders kort .*\(Öbergs 77: B\).*\(2001412\).*Välj ett annat/);
    await fetchFrom(stage.stage.hub, 'woocommerce');
    await untilQuiet(stage.player);
    assert.deepEqual(await statesOf(stage.player), ['held target-refused']);
    tenant.set({ objects: { customers: [card] } });
    assert.match((await of('buyer-cards')).join(), /^ok korten för 1 kunder/);
    await settle(stage.player, { kind: 'again', decision: null });
    assert.deepEqual(await statesOf(stage.player), ['done']);
  });

  it('and tells when the shop does not answer, with all else on its card', async () => {
    await stage.book();
    const page = { kind: 'page', page: 'firewall', commits: false } as const;
    stage.shop.faults.add({ path: '*/orders', times: 'always', fault: page });
    assert.match((await of('shop-not-asked')).join(), /^warning woocommerce gick inte att fråga/);
    assert.equal((await of('chart')).length, 1);
  });
});
