import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Order, Refund } from '../../domain/document/sale.ts';
import { formatMoney } from '../../domain/money.ts';
import type { Reading } from '../../ports/source.ts';
import { settingsSchema } from './settings.ts';
import { quickbutikFiles } from './source.ts';

const RATES = { articleRates: { 'KAF*': '6', 'KVARN*': '25', 'MUGG*': '25' } };

type Json = Record<string, unknown>;

function fixture(name: string): Json {
  const path = new URL(`./fixtures/${name}`, import.meta.url);
  const [order = {}] = JSON.parse(readFileSync(path, 'utf8')) as Json[];
  return order;
}

async function readAll(content: unknown, settings = {}): Promise<readonly Reading[]> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const source = quickbutikFiles(settingsSchema.parse(settings));
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  };
  return Array.fromAsync(source.read({ name: 'any', open }));
}

function salesIn(readings: readonly Reading[]): readonly (Order | Refund)[] {
  return readings.flatMap((reading) => {
    if (reading.kind !== 'document') return [];
    const { document } = reading;
    return document.kind === 'order' || document.kind === 'refund' ? [document] : [];
  });
}

async function first(content: unknown, settings: object = RATES): Promise<Order | Refund> {
  const [sale] = salesIn(await readAll(content, settings));
  assert.ok(sale);
  return sale;
}

/** `kind rate net vat` of each part of each line. */
function partsOf({ lines }: Order | Refund): readonly string[] {
  return lines.flatMap(({ kind, parts }) =>
    parts.map(({ rate, net, vat }) =>
      [kind, rate === null ? '–' : rate / 100, formatMoney(net), formatMoney(vat)].join(' '),
    ),
  );
}

/** `means amount` of each means of payment. */
function paidIn({ settlements }: Order | Refund): readonly string[] {
  return settlements.map(({ means, amount }) => `${means} ${formatMoney(amount)}`);
}

function doubtsIn(readings: readonly Reading[]): readonly string[] {
  return readings.flatMap((one) =>
    one.kind === 'document' ? one.doubts.map(({ code }) => code) : [],
  );
}

describe('an order', () => {
  const mixed = fixture('order-10482-b2c-mixed-vat.json');

  it('is taxed as its articles are, when that comes to the shop’s own VAT', async () => {
    // 238 × 6/106 = 13.47; 499 × 20 % = 99.80; freight at the rate of most: 9.80. In all 123.07.
    assert.deepEqual(partsOf(await first([mixed])), [
      'goods 6 224.53 13.47',
      'goods 25 399.20 99.80',
      'shipping 25 39.20 9.80',
    ]);
  });

  it('has its freight split over the rates when that is what comes to the VAT', async () => {
    // 49.00 by 238 and 499: 15.82 at 6 % is 0.90, 33.18 at 25 % is 6.64. In all 120.81.
    const split = { ...mixed, tax_amount: '120.81' };
    assert.deepEqual(partsOf(await first([split])).slice(2), [
      'shipping 6 14.92 0.90',
      'shipping 25 26.54 6.64',
    ]);
  });

  it('of one rate needs no rate of any article, discount included', async () => {
    const order = await first([fixture('order-10483-discount-single-rate.json')], {});
    assert.deepEqual(partsOf(order), ['goods 25 400.00 100.00']);
  });

  it('of a bundle is taxed by its components', async () => {
    // 238.00 at 6 % and 261.00 at 25 %: 13.47 + 52.20 = 65.67.
    const order = await first([fixture('order-10485-bundle.json')]);
    assert.deepEqual(partsOf(order), ['goods 6 224.53 13.47', 'goods 25 208.80 52.20']);
    assert.equal(order.lines.length, 1);
  });

  it('whose VAT cannot be proven waits, with the ways that would come to it', async () => {
    const readings = await readAll([mixed]);
    const [doubt] = readings.flatMap((one) => (one.kind === 'document' ? one.doubts : []));
    assert.equal(doubt?.code, 'vat-not-proven');
    assert.deepEqual(doubt.candidates, ['6 %, 25 % + 25 %']);
    const odd = { ...mixed, tax_amount: '77.77' };
    assert.deepEqual(doubtsIn(await readAll([odd], RATES)), ['vat-not-proven']);
  });

  it('has its discount off the goods alone when that is what comes to the VAT', async () => {
    // Of 100.00, 32.29 falls on 238.00 and 67.71 on 499.00: 205.71 at 6 % is 11.64, 431.29 at 25 %
    // is 86.26, freight 9.80. In all 107.70.
    const off = { ...mixed, discount_amount: '100.00', tax_amount: '107.70' };
    const paid = { ...off, total_amount: '686.00', total_pay_amount: '686.00' };
    assert.deepEqual(partsOf(await first([paid])), [
      'goods 6 194.07 11.64',
      'goods 25 345.03 86.26',
      'shipping 25 39.20 9.80',
    ]);
  });

  it('whose discount leaves the VAT as it was is paid with a gift card', async () => {
    const card = { ...mixed, discount_amount: '100.00' };
    const order = await first([{ ...card, total_amount: '686.00', total_pay_amount: '686.00' }]);
    assert.deepEqual(paidIn(order), ['other 686.00', 'gift-card 100.00']);
    assert.equal(formatMoney(order.total), '786.00');
    assert.deepEqual(partsOf(order).slice(0, 1), ['goods 6 224.53 13.47']);
  });

  it('of which less is to be paid than it comes to is asked about, or has a card', async () => {
    const less = { ...mixed, total_pay_amount: '736.00' };
    const readings = await readAll([less], RATES);
    const [doubt] = readings.flatMap((one) => (one.kind === 'document' ? one.doubts : []));
    assert.ok(doubt?.code === 'order-paid-otherwise');
    const { total, toPay, difference } = doubt;
    assert.deepEqual([total, toPay, difference].map(formatMoney), ['786.00', '736.00', '50.00']);
    const settings = { ...RATES, lessToPay: 'gift-card' };
    assert.deepEqual(doubtsIn(await readAll([less], settings)), []);
    assert.deepEqual(paidIn(await first([less], settings)), ['other 736.00', 'gift-card 50.00']);
  });

  it('of which less is to be paid because it was given back is paid as a whole', async () => {
    const refunds = [{ id: '55', date_created: '2026-05-11 09:00:00', amount: '50.00' }];
    const less = { ...mixed, total_pay_amount: '736.00', refunds };
    const order = await first([less]);
    assert.deepEqual(paidIn(order), ['other 786.00']);
    // Of what is refunded of several rates nobody knows the VAT; of the order nothing is in doubt.
    assert.deepEqual(doubtsIn(await readAll([less], RATES)), ['refund-vat-estimated']);
  });

  it('with a gift card that is sold has no VAT on it, whatever else is bought', async () => {
    const [coffee = {}, mill = {}] = mixed['products'] as Json[];
    const card = { ...mill, sku: 'PK-500', title: 'Presentkort', price: '500.00' };
    const order = {
      ...{ ...mixed, products: [coffee, card], shipping_amount: '0.00' },
      ...{ tax_amount: '13.47', total_amount: '738.00', total_pay_amount: '738.00' },
    };
    const settings = { kinds: { 'PK-500': 'gift-card' } };
    assert.deepEqual(partsOf(await first([order], settings)), [
      'goods 6 224.53 13.47',
      'gift-card 0 500.00 0.00',
    ]);
  });

  it('has the rates of its articles in the shop, unless a person says otherwise', async () => {
    const bundle = { order: mixed, taxRates: { 310: '6', 402: '25.00' } };
    assert.deepEqual(doubtsIn(await readAll([bundle])), []);
    assert.equal(partsOf(await first([bundle], {}))[0], 'goods 6 224.53 13.47');
    const wrong = { order: mixed, taxRates: { 310: '25', 402: '25' } };
    assert.deepEqual(doubtsIn(await readAll([wrong])), ['vat-not-proven']);
    assert.deepEqual(doubtsIn(await readAll([wrong], RATES)), []);
  });

  it('has freight at the one rate that what is left of its VAT can be of', async () => {
    // Coffee alone, 238.00 with 13.47; freight of 49.00 with 9.80 is at 25 %: in all 23.27.
    const [coffee] = mixed['products'] as Json[];
    const order = {
      ...{ ...mixed, products: [coffee], items_amount: '238.00', tax_amount: '23.27' },
      ...{ total_amount: '287.00', total_pay_amount: '287.00' },
    };
    assert.deepEqual(partsOf(await first([order])), [
      'goods 6 224.53 13.47',
      'shipping 25 39.20 9.80',
    ]);
  });

  it('without VAT carries none', async () => {
    const order = await first([fixture('order-10484-b2b-eu-taxfree.json')]);
    assert.deepEqual(partsOf(order), ['goods – 1150.00 0.00', 'shipping – 50.00 0.00']);
    assert.equal(order.vatCountry, null);
  });

  it('has VAT on top for a business: what is paid is net and VAT', async () => {
    const order = {
      ...fixture('order-10483-discount-single-rate.json'),
      ...{ is_taxontop: true, items_amount: '400.00', discount_amount: '0.00' },
      products: [{ product_id: 512, price: '200.00', qty: 2, sku: 'TRO-1', title: 'Tröja' }],
    };
    assert.deepEqual(partsOf(await first([order])), ['goods 25 400.00 100.00']);
  });

  it('takes texts for numbers and numbers for texts', async () => {
    const order = { ...mixed, order_id: 10_482, total_pay_amount: 786 };
    assert.equal((await first([order])).ref.id, '10482');
  });

  it('keeps the e-mail in small letters: the shop’s own key for a customer', async () => {
    assert.equal((await first([mixed])).customer.email, 'eva.exempel@example.se');
  });

  it('of a state that nobody has told of is open', async () => {
    const order = await first([{ ...mixed, status: '7' }]);
    assert.equal(order.kind === 'order' && order.state, 'open');
    assert.equal(order.kind === 'order' && order.sourceState, '7');
  });
});

describe('a refund', () => {
  const refunded = fixture('order-10482-after-partial-refund.json');

  it('of an amount is spread over what is left, and looked at by a person', async () => {
    const readings = await readAll([refunded], RATES);
    const [, back] = salesIn(readings);
    assert.equal(back?.kind, 'refund');
    assert.equal(back.ref.id, '10482:refund:55');
    assert.equal(formatMoney(back.total), '-119.00');
    assert.equal(back.date, '2026-05-11');
    assert.deepEqual(doubtsIn(readings), ['refund-vat-estimated']);
  });

  it('of everything takes back each rate to the öre', async () => {
    const refunds = [{ id: '56', date_created: '2026-05-12 08:00:00', amount: '786.00' }];
    const readings = await readAll([{ ...refunded, refunds }], RATES);
    const [, back] = salesIn(readings);
    assert.deepEqual(back && partsOf(back), [
      'goods 6 -224.53 -13.47',
      'goods 25 -399.20 -99.80',
      'shipping 25 -39.20 -9.80',
    ]);
    assert.deepEqual(doubtsIn(readings), []);
  });

  it('without a number is known by day, amount and place', async () => {
    const refunds = [{ date_created: '2026-05-12 08:00:00', amount: '10.00' }];
    const [, back] = salesIn(await readAll([{ ...refunded, refunds }], RATES));
    assert.equal(back?.ref.id, '10482:refund:2026-05-12:10.00:1');
  });
});

describe('a file', () => {
  it('that is something else is told what was expected', async () => {
    for (const text of ['<html>', '{"code":404,"error":"Resource not found"}', '[]', '[1]']) {
      const [last] = (await readAll(text)).slice(-1);
      assert.equal(last?.kind, 'rejected', text);
    }
  });
});
