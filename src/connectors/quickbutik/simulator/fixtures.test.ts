import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { CustomerSeed } from './shop/buy.ts';
import type { QuickbutikSimulator } from './simulator.ts';
import {
  MORNING_MS,
  startListener,
  startTestSimulator,
  visitIn,
  type Visit,
} from './test-client.ts';
import { isFields, type Fields } from './wire/fields.ts';

/**
 * The fixtures were written by hand, from the documentation, with sums that were checked. Here the
 * same things are bought in the simulated shop: what it calculates and how it spells it must agree
 * in every field that a fixture has.
 */
let simulator: QuickbutikSimulator;
let visit: Visit;
before(async () => {
  simulator = await startTestSimulator();
});
beforeEach(() => {
  simulator.clock.moveTo(MORNING_MS);
  simulator.setChoices({ ids: 'number', quantities: 'text' });
  visit = visitIn(simulator);
});
after(() => simulator.stop());

const EVA: CustomerSeed = {
  email: 'Eva.Exempel@example.se',
  phone: '0701740605',
  address: {
    full_name: 'Eva Exempel',
    address: 'Provvägen 1',
    city: 'Teststad',
    zipcode: '123 45',
    country: 'SE',
  },
};

/** 2 × 119 at 6 % = 238: VAT 13.47. 499 at 25 %: 99.80. Shipping 49 at 25 %: 9.80. Sum 123.07. */
function coffeeAndGrinder(): number {
  const id = visit.shop.buy({
    lines: [
      { sku: 'KAF-500', qty: 2 },
      { sku: 'KVARN-SV', qty: 1 },
    ],
    customer: EVA,
    shipping: { id: '4' },
    payment: { method: 'klarna3', transactionId: 'c0ffee00-0000-4000-8000-000000010482' },
    isPaid: false,
  });
  simulator.clock.advance(38_000);
  visit.shop.pay(id);
  return id;
}

describe('orders of the fixtures', () => {
  test('two VAT rates and shipping', async () => {
    simulator.setChoices({ quantities: 'mixed' });
    expectFixture(await visit.order(coffeeAndGrinder()), 'order-10482-b2c-mixed-vat.json');
  });

  test('the same after it was sent, its customer edited and a part paid back', async () => {
    const id = coffeeAndGrinder();
    visit.shop.send(id);
    visit.shop.edit(id, { customer: { email: 'eva.exempel@example.se' } });
    simulator.clock.moveTo(Date.UTC(2026, 4, 11, 7));
    visit.shop.refund(id, { amount: '119.00', returned: [{ sku: 'KAF-500', qty: 1 }] });
    expectFixture(await visit.order(id), 'order-10482-after-partial-refund.json');
  });

  // 2 × 299 = 598 less 98 = 500, all at 25 %: VAT 100.
  test('a discount at one rate', async () => {
    simulator.setChoices({ ids: 'text' });
    skipTo(10_483);
    simulator.clock.moveTo(Date.UTC(2026, 4, 4, 9, 2, 11));
    const id = visit.shop.buy({
      lines: [{ sku: 'TRO-1', qty: 2 }],
      customer: {
        email: 'nils@example.se',
        address: {
          full_name: 'Nils Prov',
          address: 'Gatan 2',
          zipcode: '11122',
          city: 'Stockholm',
          country: 'SE',
        },
      },
      shipping: { id: '9' },
      payment: { method: 'swish', transactionId: 'ABCD1234' },
      discount: '98.00',
      isPaid: false,
    });
    simulator.clock.advance(1_000);
    visit.shop.pay(id);
    visit.shop.send(id);
    expectFixture(await visit.order(id), 'order-10483-discount-single-rate.json');
  });

  // 5 × 230 + 50 = 1 200 EUR, no VAT, on invoice and not paid.
  test('a company in another country of the EU', async () => {
    skipTo(10_484);
    simulator.clock.moveTo(Date.UTC(2026, 4, 5, 6, 30));
    const id = visit.shop.buy({
      lines: [{ sku: 'KVARN-SV', qty: 5, price: '230.00' }],
      customer: {
        type: 'company',
        email: 'einkauf@example.com',
        address: {
          company_name: 'Beispiel GmbH',
          full_name: 'Max Muster',
          address: 'Musterweg 3',
          zipcode: '10115',
          city: 'Berlin',
          country: 'DE',
        },
      },
      shipping: { name: 'Spedition', price: '50.00' },
      payment: { method: 'invoice', transactionId: '' },
      currency: 'EUR',
      isTaxfree: true,
      isPaid: false,
    });
    expectFixture(await visit.order(id), 'order-10484-b2b-eu-taxfree.json');
  });

  // 238 of coffee at 6 %: VAT 13.47; 261 of mugs at 25 %: 52.20. Sum 65.67 on 499.
  test('a bundle of two rates', async () => {
    skipTo(10_485);
    simulator.clock.moveTo(Date.UTC(2026, 4, 6, 10));
    const id = visit.shop.buy({
      lines: [{ sku: 'PAKET-1', qty: 1 }],
      customer: { email: 'anna@example.se', address: { full_name: 'Anna Prov', country: 'SE' } },
      payment: { method: 'klarna3', transactionId: 't-10485' },
      isPaid: false,
    });
    simulator.clock.advance(30_000);
    visit.shop.pay(id);
    expectFixture(await visit.order(id, '&apps_load=true'), 'order-10485-bundle.json');
  });
});

describe('answers of the fixtures', () => {
  test('no order matches', async () => {
    const reply = await visit.get('orders?status=unpaid');
    assert.equal(reply.status, 404);
    assert.deepEqual(reply.body, fixture('fixtures/error-404-no-orders.json'));
  });

  test('stock is set, item by item', async () => {
    visit.shop.removeProduct(310);
    const { request, response } = fixture('fixtures/put-products-stock.json') as Fields;
    const reply = await visit.put('products', request);
    assert.equal(reply.status, 200);
    assert.deepEqual(reply.body, response);
    assert.equal(visit.shop.stock('KVARN-SV'), 14);
  });

  test('webhooks, to the byte', async () => {
    const listener = await startListener();
    visit.shop.listen(listener.url);
    const [paid, invoiced] = [coffeeAndGrinder(), 10_484];
    visit.shop.changeProduct('KVARN-SV', { price: '479.00' });
    skipTo(invoiced);
    visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: 1 }], isPaid: false });
    await simulator.webhooks.settled();
    simulator.setChoices({ webhooks: 'post' });
    visit.shop.cancel(invoiced);
    await simulator.webhooks.settled();
    await listener.stop();
    simulator.setChoices({ webhooks: 'get' });
    const heard = listener.heard.map((said) => said.replace(/\/hook ?/, ''));
    assert.equal(paid, 10_482);
    assert.deepEqual(heard, requests());
  });
});

/** Other customers' orders, so that the next one has this number. */
function skipTo(order: number): void {
  for (;;) {
    const id = visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: 1 }], isPaid: false });
    if (id === order - 1) return;
    assert.ok(id < order - 1, `${order} is taken`);
  }
}

function fixture(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

/** The first order of a fixture, as far as it tells. */
function expectFixture(order: Fields, name: string): void {
  const expected = fixture(`../fixtures/${name}`);
  assert.ok(Array.isArray(expected));
  assert.deepEqual(asFarAs(order, expected[0]), expected[0]);
}

/** A value without the fields that the fixture does not have: fixtures leave fields out. */
function asFarAs(value: unknown, expected: unknown): unknown {
  if (Array.isArray(value) && Array.isArray(expected)) {
    return value.map((item, index) => asFarAs(item, expected[index]));
  }
  if (!isFields(value) || !isFields(expected)) return value;
  return Object.fromEntries(
    Object.keys(expected).map((name) => [name, asFarAs(value[name], expected[name])]),
  );
}

/** Method, query or form of each request in the fixture. */
function requests(): string[] {
  const text = readFileSync(new URL('fixtures/webhook-requests.http', import.meta.url), 'utf8');
  return text.split(/\n\n(?=GET|POST)/).map((request) => {
    const [head = '', form = ''] = request.trim().split('\n\n');
    const [method = '', target = ''] = head.split(' ');
    const said = target.replace('/hooks/quickbutik/3f9a-secret', '');
    return [method, said, form].filter((part) => part !== '').join(' ');
  });
}
