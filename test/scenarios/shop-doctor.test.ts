import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { command } from './command.ts';
import { forgetPlaces } from './fetching.ts';
import { startShopStage, type ShopStage } from './shop-stage.ts';
import { startStage, type Stage } from './stage.ts';

type Card = {
  readonly about: string;
  readonly items: readonly { item: string; state: string; says: string }[];
};

describe('the doctor looks at a web shop', () => {
  let on: Stage;
  let stage: ShopStage;
  let count = 0;
  before(async () => {
    on = await startStage();
  });
  after(() => on.stop());
  beforeEach(async () => {
    count += 1;
    stage = await startShopStage(on, { name: `Lampor ${count} AB` });
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
    return cards.find(({ about }) => about.endsWith('› woocommerce'))?.items ?? [];
  };
  /** What is not well, as `state item`. */
  const ills = async (): Promise<readonly string[]> =>
    (await items()).filter((one) => one.state !== 'ok').map((one) => `${one.state} ${one.item}`);
  const says = async (item: string): Promise<string> =>
    (await items()).find((one) => one.item === item)?.says ?? '';
  const option = (id: string, value: string): void => stage.shop.shop.setOption({ id, value });

  // The simulated shop is on this machine, without a certificate.
  const USUAL = ['warning not-encrypted'];

  it('that is as it should be, with eight calls that change nothing', async () => {
    const before = stage.shop.counts.calls;
    assert.deepEqual(await ills(), USUAL);
    assert.equal(stage.shop.counts.calls - before, 8);
    assert.match(await says('version'), /WooCommerce 11\.0\.1, WordPress 7\.0\.4/);
    assert.match(await says('rates'), /moms i SE: 25, 12, 6 %/);
    assert.match(await says('payments'), /betalas med .*swish/);
  });

  const states: readonly (readonly [string, readonly (readonly [string, string])[], string])[] = [
    ['another address', [['home', 'https://www.butik.se']], 'problem address-differs'],
    ['no WooCommerce', [['woocommerce', 'off']], 'problem api-missing'],
    ['another time zone', [['timezone_string', 'Europe/London']], 'warning zone-differs'],
    ['no time zone', [['timezone_string', '']], 'warning zone-offset'],
    ['no cron', [['wp_cron', 'no']], 'warning cron-off'],
    ['another currency', [['woocommerce_currency', 'EUR']], 'problem currency-not-booked'],
    ['no taxes', [['woocommerce_calc_taxes', 'no']], 'problem taxes-off'],
    ['taxes of its own address', [['woocommerce_tax_based_on', 'base']], 'warning tax-by-base'],
  ];
  for (const [name, options, expected] of states) {
    it(`with ${name}`, async () => {
      for (const [id, value] of options) option(id, value);
      const found = await ills();
      assert.ok(found.includes(expected), found.join());
    });
  }

  it('whose rates no law has, or that has none', async () => {
    const { consumerKey, consumerSecret } = stage.shop.shop.newKey();
    const pair = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
    const headers = { authorization: `Basic ${pair}`, 'content-type': 'application/json' };
    const taxes = `${stage.shop.url}/wp-json/wc/v3/taxes`;
    const all = (await (await fetch(taxes, { headers })).json()) as { id: number; rate: string }[];
    const twelve = all.find(({ rate }) => Number(rate) === 12);
    const body = JSON.stringify({ rate: '13' });
    await fetch(`${taxes}/${twelve?.id}`, { method: 'PUT', headers, body });
    assert.deepEqual(await ills(), [...USUAL, 'warning rate-not-in-law']);
    assert.match(await says('rate-not-in-law'), /Butiken tar 13 % i SE \(”Moms 12%”\)/);
    for (const { id } of all) {
      await fetch(`${taxes}/${id}?force=true`, { method: 'DELETE', headers });
    }
    assert.deepEqual(await ills(), [...USUAL, 'problem rates-missing']);
  });

  it('whose means of payment have no account, until each has one', async () => {
    await stage.book();
    stage.buy();
    const methods =
      /Betalsätten ([^ ]+(?:, [^ ]+)*) har inget eget konto/.exec(
        await says('payment-without-account'),
      )?.[1] ?? '';
    assert.ok(methods.includes('swish'), methods);
    const given = methods.split(', ').flatMap((one) => ['--account', `payment/${one}=1580`]);
    const company = ['--company', stage.player.company.name];
    const set = await command(
      stage.stage,
      'flow',
      'set',
      'woocommerce',
      'fortnox',
      ...given,
      ...company,
    );
    assert.equal(set.code, 0, set.err);
    assert.deepEqual(await ills(), USUAL);
  });

  it('whose orders show gift cards, other currencies and another bookkeeper', async () => {
    const id = stage.buy();
    const meta_data = [
      { key: '_fortnox_invoice_number', value: '17' },
      { key: '_wc_gift_card_amount', value: '100' },
    ];
    stage.shop.shop.editOrder({ id, fields: { meta_data, currency: 'EUR' } });
    assert.deepEqual(await ills(), [
      ...USUAL,
      'warning other-currencies',
      'warning gift-cards-unknown',
      'warning booked-by-others',
    ]);
  });

  it('that does not take the keys any more', async () => {
    stage.shop.faults.add({
      path: '*/orders',
      times: 'always',
      fault: { kind: 'page', page: 'firewall', commits: false },
    });
    assert.deepEqual(await ills(), [...USUAL, 'problem connection']);
    assert.match(await says('connection'), /keeps us out/);
  });
});
