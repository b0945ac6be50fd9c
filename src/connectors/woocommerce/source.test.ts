import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Order, Refund, SaleLine } from '../../domain/document/sale.ts';
import { formatMoney, type Money } from '../../domain/money.ts';
import type { Reading } from '../../ports/source.ts';
import { fixtureOrder, readAll, salesIn } from './read-for-test.ts';

const MIXED = 'order-excl-mixed-vat.json';
const REFUNDED = 'order-excl-refunds-partial-amount-shipping.json';

/** `kind rate net vat` of each part of each line. */
function partsOf({ lines }: Order | Refund): readonly string[] {
  return lines.flatMap(({ kind, parts }: SaleLine) =>
    parts.map(({ rate, net, vat }) =>
      [kind, rate === null ? '–' : rate / 100, amount(net), amount(vat)].join(' '),
    ),
  );
}

function amount(money: Money): string {
  return formatMoney(money);
}

function fixtureText(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
}

async function only(content: unknown, settings = {}): Promise<Order> {
  const [first, ...others] = salesIn(await readAll(content, settings));
  assert.deepEqual(others, []);
  assert.equal(first?.kind, 'order');
  return first;
}

function codesOf(readings: readonly Reading[]): readonly string[] {
  return readings.flatMap((reading) => {
    if (reading.kind === 'notice') return [reading.notice.code];
    const isProblem = reading.kind === 'unreadable' || reading.kind === 'rejected';
    return isProblem
      ? reading.problems.map(({ code, facts }) => `${code} ${facts['field'] ?? ''}`)
      : [];
  });
}

describe('an order', () => {
  it('has lines with net and VAT as the shop says them, and its own rates', async () => {
    const order = await only(fixtureOrder(MIXED));
    assert.deepEqual(partsOf(order), [
      'goods 25 199.00 49.75',
      'goods 6 298.00 17.88',
      'goods 12 99.99 12.00',
      'shipping 25 39.20 9.80',
    ]);
    assert.equal(amount(order.total), '725.62');
    assert.equal(amount(order.rounding), '0.00');
    assert.equal(order.vatCountry, 'SE');
  });

  it('is of the day in the shop’s own time zone, whatever the day is elsewhere', async () => {
    // 00:26 on the 22nd in Stockholm is 23:26 on the 21st in Greenwich.
    assert.equal((await only(fixtureOrder(MIXED))).date, '2026-11-22');
  });

  it('has names as a person wrote them', async () => {
    const { lines } = await only(fixtureOrder(MIXED));
    assert.equal(lines[1]?.text, 'Kokbok "Smörgåsbord" & annat');
  });

  it('splits a fee over a mixed basket by rate, VAT as given', async () => {
    // −40.00 with 6.36 at 25 % and 0.87 at 6 %: 6.36 ÷ 0.25 = 25.44, and 14.56 is left.
    const order = await only(fixtureOrder('order-excl-fees.json'));
    const fees = partsOf(order).filter((part) => part.startsWith('fee'));
    assert.ok(fees.includes('fee 25 -25.44 -6.36'), fees.join(', '));
    assert.ok(fees.includes('fee 6 -14.56 -0.87'), fees.join(', '));
  });

  it('splits freight over a mixed basket by rate, and asks no table for a rate', async () => {
    // 50.00 with 7.50 at 25 % and 1.20 at 6 %: 7.50 ÷ 0.25 = 30.00, and 20.00 is left.
    const mixed = fixtureOrder('order-excl-fees.json');
    const [freight] = mixed['shipping_lines'] as readonly object[];
    const taxes = (mixed['tax_lines'] as readonly { rate_id: number; rate_percent: number }[]).map(
      ({ rate_id: id, rate_percent: rate }) => ({ id, total: rate === 25 ? '7.50' : '1.20' }),
    );
    const shipping_lines = [{ ...freight, total: '50.00', total_tax: '8.70', taxes }];
    const order = await only({ ...mixed, shipping_lines, total: '447.46', total_tax: '60.16' });
    assert.deepEqual(
      partsOf(order).filter((part) => part.startsWith('shipping')),
      ['shipping 25 30.00 7.50', 'shipping 6 20.00 1.20'],
    );
  });

  it('keeps a fee that rounds to whole kronor out of the lines', async () => {
    const order = await only(fixtureOrder('order-excl-fees.json'));
    assert.ok(order.lines.every(({ text }) => !/avrundning/i.test(text)));
    assert.equal(amount(order.rounding), '0.30');
  });

  it('is taxed in the country whose rate it names, not where its bill goes', async () => {
    const finnish = fixtureOrder('order-excl-oss-fi.json');
    const billing = { ...(finnish['billing'] as object), country: 'SE' };
    const order = await only({ ...finnish, billing });
    assert.equal(order.vatCountry, 'FI');
    const rates = new Set(order.lines.flatMap(({ parts }) => parts.map(({ rate }) => rate)));
    assert.ok(rates.has(2550));
  });

  it('is paid in part by a gift card that has lowered its total', async () => {
    const order = await only(fixtureOrder('order-simulated-yith-giftcard-total-reduced.json'));
    // 596.99 of goods, 100.00 by gift card, 496.99 by the payment method.
    assert.equal(amount(order.total), '596.99');
    assert.deepEqual(
      order.settlements.map(({ means, amount: paid }) => `${means} ${amount(paid)}`),
      ['gift-card 100.00', 'other 496.99'],
    );
  });

  it('leaves what nobody tells in its sums, where it is asked about', async () => {
    const order = fixtureOrder('order-simulated-yith-giftcard-total-reduced.json');
    const { total, rounding } = await only({ ...order, meta_data: [] });
    assert.equal(amount(total), '496.99');
    assert.equal(amount(rounding), '0.00');
  });

  it('of a known article is a service or gift card', async () => {
    const kinds = { 'LAMPA-1': 'gift-card', 'BOK*': 'service' };
    const { lines } = await only(fixtureOrder(MIXED), { kinds });
    assert.deepEqual(
      lines.map(({ kind }) => kind),
      ['gift-card', 'service', 'goods', 'shipping'],
    );
  });

  it('that another plugin has booked says so, by its fields and those of its refunds', async () => {
    const before = async (...meta: readonly unknown[]) =>
      (await only({ ...fixtureOrder(MIXED), meta_data: meta })).bookedElsewhere;
    const number = { key: 'fortnox_invoice_number', value: 1207 };
    assert.deepEqual(await before(number), { by: number.key, number: '1207' });
    const done = { key: '_fortnox_order_synced', value: '1' };
    assert.deepEqual(await before(done), { by: done.key, number: '' });
    assert.deepEqual(await before(done, number), { by: number.key, number: '1207' });
    const visma = { key: 'visma_voucher_id', value: '6f1c-22' };
    assert.deepEqual(await before(visma), { by: visma.key, number: '6f1c-22' });
    const legacy = { key: 'FORTNOX_ORDER_DOCUMENTNUMBER', value: '88' };
    assert.deepEqual(await before(legacy), { by: legacy.key, number: '88' });
    assert.equal(await before({ key: '_fortnox_invoice_number', value: '' }), undefined);
    assert.equal(await before({ key: '_fortnox_order_synced', value: 'no' }), undefined);
    const refund = { id: 900, date_created: '2026-11-30T10:00:00', amount: '10.00' };
    const bundle = {
      order: { ...fixtureOrder(MIXED), meta_data: [number] },
      refunds: [refund, { ...refund, id: 901, meta_data: [{ ...visma, value: 'K2' }] }],
    };
    const [, one, two] = salesIn(await readAll(bundle));
    assert.equal(one?.bookedElsewhere, undefined);
    assert.deepEqual(two?.bookedElsewhere, { by: visma.key, number: 'K2' });
  });

  it('tells how it came to be, and the order that it is a part of', async () => {
    const { createdVia, partOf } = await only({
      ...{ ...fixtureOrder(MIXED), created_via: 'dokan', parent_id: 80 },
    });
    assert.deepEqual([createdVia, partOf], ['dokan', '80']);
    assert.equal((await only({ ...fixtureOrder(MIXED), parent_id: 0 })).partOf, undefined);
  });

  it('stands where the shop or the settings say', async () => {
    const state = async (status: string, states = {}) =>
      (await only({ ...fixtureOrder(MIXED), status }, { states })).state;
    assert.equal(await state('on-hold'), 'open');
    assert.equal(await state('completed'), 'shipped');
    assert.equal(await state('failed'), 'cancelled');
    assert.equal(await state('checkout-draft'), 'draft');
    assert.equal(await state('delvis-skickad'), 'unknown');
    assert.equal(await state('delvis-skickad', { 'delvis-skickad': 'accepted' }), 'accepted');
  });

  it('never takes an empty e-mail or number for a key', async () => {
    const order = fixtureOrder(MIXED);
    const billing = { ...(order['billing'] as object), email: ' ', company: '' };
    const meta_data = [{ key: '_billing_vat_number', value: 'se 556036-0793 01' }];
    const { customer } = await only({ ...order, billing, meta_data });
    assert.equal(customer.email, null);
    assert.equal(customer.orgNumber, null);
    assert.equal(customer.vatNumber, 'SE556036079301');
  });

  it('takes numbers for texts, as plugins write them', async () => {
    const order = fixtureOrder(MIXED);
    assert.equal(amount((await only({ ...order, total: 725.62 })).total), '725.62');
  });

  it('is unreadable with a field and what stood there', async () => {
    const order = fixtureOrder(MIXED);
    assert.deepEqual(codesOf(await readAll({ ...order, total: 'gratis' })), ['not-a-number total']);
    assert.deepEqual(codesOf(await readAll({ ...order, currency: 'XYZ' })), [
      'unknown-value currency',
    ]);
    const taxed = { ...order, tax_lines: [] };
    const unknown = codesOf(await readAll(taxed));
    assert.ok(unknown.includes('unknown-value line_items[0].taxes'), unknown.join());
  });

  it('of another shop is not taken', async () => {
    const order = fixtureOrder(MIXED);
    assert.deepEqual(codesOf(await readAll(order, { shop: 'https://annan.example.se/' })), [
      'unknown-value shop',
    ]);
    const { ref } = await only({ ...order, payment_url: '' }, { shop: 'annan.example.se' });
    assert.equal(ref.account, 'annan.example.se');
  });

  it('that comes twice in a file is read once, and not at all when the two differ', async () => {
    const order = fixtureOrder(MIXED);
    assert.equal(salesIn(await readAll([order, order])).length, 1);
    const readings = await readAll([order, { ...order, number: '46' }]);
    assert.deepEqual(codesOf(readings), ['identity-differs id']);
  });
});

describe('a refund', () => {
  it('by lines, of freight, and of an amount alone is each read with its VAT', async () => {
    const [, lamp, goodwill, freight] = salesIn(await readAll(fixtureText(REFUNDED)));
    assert.deepEqual(lamp && partsOf(lamp), ['goods 25 -179.10 -44.77']);
    assert.deepEqual(freight && partsOf(freight), ['shipping 25 -39.20 -9.80']);
    assert.equal(goodwill && amount(goodwill.total), '-25.00');
    assert.equal(goodwill?.lines.length, 4);
  });

  it('of an amount alone is looked at by a person, for the shop says nothing of VAT', async () => {
    const readings = await readAll(fixtureText(REFUNDED));
    const doubts = readings.flatMap((one) => (one.kind === 'document' ? one.doubts : []));
    assert.deepEqual(
      doubts.map(({ code }) => code),
      ['refund-vat-estimated'],
    );
  });

  it('of all that is left takes back each rate to the öre', async () => {
    const order = fixtureOrder(MIXED);
    const refund = {
      ...{ id: 900, date_created: '2026-11-30T10:00:00', reason: 'Order fully refunded.' },
      ...{ amount: '725.62', line_items: [], shipping_lines: [], fee_lines: [], tax_lines: [] },
    };
    const [, back] = salesIn(await readAll({ order, refunds: [refund] }));
    assert.deepEqual(back && partsOf(back), [
      'goods 25 -199.00 -49.75',
      'goods 6 -298.00 -17.88',
      'goods 12 -99.99 -12.00',
      'shipping 25 -39.20 -9.80',
    ]);
    const doubts = (await readAll({ order, refunds: [refund] })).flatMap((one) =>
      one.kind === 'document' ? one.doubts : [],
    );
    assert.deepEqual(doubts, []);
  });

  it('made twice exceeds the order', async () => {
    const order = fixtureOrder(MIXED);
    const refund = (id: number) => ({
      ...{ id, date_created: '2026-11-30T10:00:00', amount: '725.62', line_items: [] },
    });
    const readings = await readAll({ order, refunds: [refund(900), refund(901)] });
    const doubts = readings.flatMap((one) => (one.kind === 'document' ? one.doubts : []));
    assert.deepEqual(
      doubts.map(({ code }) => code),
      ['refund-exceeds-order'],
    );
  });

  it('that is named and has not come with its order is told', async () => {
    const order = { ...fixtureOrder(MIXED), refunds: [{ id: 77, total: '-10.00' }] };
    assert.deepEqual(codesOf(await readAll(order)), ['refund-not-told']);
  });
});

describe('a file', () => {
  it('that is something else is told what was expected', async () => {
    for (const text of ['<html>', '{"code":"rest_no_route"}', '[]', '[1]', '{"id":80}']) {
      const [last] = (await readAll(text)).slice(-1);
      assert.equal(last?.kind, 'rejected', text);
    }
  });

  it('with PHP’s notices before the JSON is no JSON', async () => {
    const text = `<br />\n<b>Notice</b>: …${JSON.stringify(fixtureOrder(MIXED))}`;
    assert.deepEqual(codesOf(await readAll(text)), ['format-unknown ']);
  });
});
