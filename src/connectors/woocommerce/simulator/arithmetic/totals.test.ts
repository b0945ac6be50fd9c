import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { rowsOf, textOf, type Fields } from '../api/fields.ts';
import { clientOf, startTestShop, type Client } from '../test-client.ts';
import type { ShopSeed } from '../shop/seed.ts';

/** Orders of shops whose taxes were not recorded, reckoned by hand. */
const QUEBEC: ShopSeed = {
  options: { woocommerce_prices_include_tax: 'no', woocommerce_default_country: 'CA' },
  taxRates: [
    { country: 'CA', rate: '5', name: 'GST' },
    { country: 'CA', rate: '9.975', name: 'QST', priority: 2, isCompound: true },
  ],
  products: [{ name: 'Sirap', sku: 'S', regularPrice: '19.99' }],
};

let client: Client;
before(async () => {
  client = clientOf(await startTestShop({ shop: QUEBEC }));
});
after(() => client.simulator.stop());

async function bought(given: Parameters<Client['simulator']['shop']['buy']>[0]): Promise<Fields> {
  const id = client.simulator.shop.buy(given);
  return (await client.get(`orders/${id}`)).body;
}

const AT_HOME = { billing: { country: 'CA' } };

describe('an order', () => {
  // 3 × 19.99 = 59.97; 5 % is 2.9985, 3.00; 9.975 % of 62.9685 is 6.281 107…, 6.28.
  test('with a tax on a tax', async () => {
    const fields = await bought({ ...AT_HOME, lines: [{ sku: 'S', quantity: 3 }] });
    assert.equal(fields['total'], '69.25');
    assert.deepEqual(
      rowsOf(fields, 'tax_lines').map((tax) => [
        tax['rate_code'],
        tax['compound'],
        tax['tax_total'],
      ]),
      [
        ['CA-GST-1', false, '3.00'],
        ['CA-QST-2', true, '6.28'],
      ],
    );
  });

  // A fee of 10.00 has 0.50 and 1.047 375, 1.05; a discount of −5.00 has −0.25 and −0.52.
  test('with a fee, and with a fee that takes off', async () => {
    const lines = [{ sku: 'S', quantity: 1 }];
    const fees = [{ name: 'Kort', total: '10.00' }];
    const [fee] = rowsOf(await bought({ ...AT_HOME, lines, fees }), 'fee_lines');
    assert.equal(fee?.['total_tax'], '1.55');
    const less = [{ name: 'Rabatt', total: '-5.00' }];
    const [discount] = rowsOf(await bought({ ...AT_HOME, lines, fees: less }), 'fee_lines');
    assert.equal(discount?.['total_tax'], '-0.77');
  });

  test('takes off no more than there is', async () => {
    const fields = await bought({
      ...AT_HOME,
      lines: [{ sku: 'S', quantity: 1 }],
      fees: [{ name: 'Rabatt', total: '-100' }],
    });
    assert.equal(fields['total'], '0.00');
    assert.equal(rowsOf(fields, 'fee_lines')[0]?.['total'], '-19.99');
    assert.equal(textOf(fields, 'status'), 'processing', 'nothing to pay is paid');
  });

  test('is taxed where the settings say', async () => {
    const set = (value: string): void =>
      client.simulator.shop.setOption({ id: 'woocommerce_tax_based_on', value });
    const lines = [{ sku: 'S', quantity: 1 }];
    const away = { billing: { country: 'CA' }, shipping: { country: 'SE' }, lines };
    const taxes = [];
    for (const value of ['shipping', 'billing', 'base']) {
      set(value);
      taxes.push((await bought(away))['total_tax']);
    }
    set('shipping');
    // 5 % of 19.99 is 1.00, and 9.975 % of 20.9895 is 2.09.
    assert.deepEqual(taxes, ['0.00', '3.09', '3.09']);
  });

  test('that is picked up is taxed at the shop', async () => {
    const fields = await bought({
      billing: { country: 'SE' },
      lines: [{ sku: 'S', quantity: 1 }],
      shippingMethod: 3,
    });
    assert.equal(fields['total_tax'], '3.09');
  });

  // A fifth of 0.625 is 0.125: to the shop that has it inside 0.12, and to the other 0.13 of 0.50.
  test('rounds half an öre of tax down where prices include it, else up', async () => {
    const found = [];
    for (const [price, included] of [
      ['0.625', 'yes'],
      ['0.5', 'no'],
    ] as const) {
      const products = [{ name: 'Skruv', sku: 'S', regularPrice: price }];
      const options = { woocommerce_prices_include_tax: included };
      const other = clientOf(await startTestShop({ shop: { products, options } }));
      const id = other.simulator.shop.buy({ lines: [{ sku: 'S', quantity: 1 }] });
      const { body } = await other.get(`orders/${id}`);
      found.push([body['total_tax'], body['total']]);
      await other.simulator.stop();
    }
    assert.deepEqual(found, [
      ['0.12', '0.62'],
      ['0.13', '0.63'],
    ]);
  });

  test('of someone without tax has none, also where prices include it', async () => {
    const shop: ShopSeed = { products: [{ name: 'Lampa', sku: 'L', regularPrice: '199' }] };
    const other = clientOf(await startTestShop({ shop }));
    const lines = [{ sku: 'L', quantity: 1 }];
    const id = other.simulator.shop.buy({ lines, isVatExempt: true, billing: { country: 'DE' } });
    const { body } = await other.get(`orders/${id}`);
    // 199.00 with 25 % in it is 159.20 without.
    assert.deepEqual([body['total'], body['tax_lines']], ['159.20', []]);
    await other.simulator.stop();
  });
});
