import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choices, kr } from '../../../testing/day-reports.ts';
import { order, soldLine } from '../../../testing/sales.ts';
import type { Order, SaleLine } from '../../document/sale.ts';
import { formatMoney } from '../../money.ts';
import { postSale } from './sale.ts';

/** `account amount` of each row, or the reasons not to book. */
function booked(sale: Order, own: Parameters<typeof choices>[0] = {}): readonly string[] {
  const outcome = postSale(sale, choices(own));
  if (outcome.kind === 'refused') return outcome.refusals.map(({ code }) => code);
  return outcome.vouchers.flatMap(({ rows }) =>
    rows.map(({ account, amount }) => `${account} ${formatMoney(amount)}`),
  );
}

/** An order of lines, paid by these methods. */
function paid(lines: readonly SaleLine[], by: Readonly<Record<string, string>>): Order {
  const settlements = Object.entries(by).map(([method, amount]) => {
    const means = method === 'card' ? ('other' as const) : ('gift-card' as const);
    return { method, title: method, means, amount: kr(amount), transaction: null };
  });
  const total = kr(String(Object.values(by).reduce((sum, one) => sum + Number(one), 0)));
  return order({ lines, settlements, total, vatCountry: 'SE' });
}

const untaxed = (net: string) => ({ parts: [{ rate: null, net: kr(net), vat: kr('0') }] });

describe('postSale, of what is sold under a scheme', () => {
  it('taxes used goods on what they are sold for above what they cost', () => {
    // 1 500.00 − 1 000.00 = 500.00, of which VAT is 20 %: 100.00.
    const own = { saleSchemes: { 'BEG*': 'margin' as const } };
    const line = soldLine('Byrå', '0', '0', { sku: 'BEG-7', ...untaxed('1500') });
    const sale = paid([{ ...line, cost: kr('1000') }], { card: '1500' });
    assert.deepEqual(booked(sale, own), ['account-not-chosen']);
    const accounts = { 'sales.margin-cost': '3223' };
    assert.deepEqual(booked(sale, { ...own, accounts }), [
      '1580 1500.00',
      '3211 -400.00',
      '3223 -1000.00',
      '2616 -100.00',
    ]);
    assert.deepEqual(booked(paid([line], { card: '1500' }), own), ['margin-cost-missing']);
    assert.deepEqual(booked(sale), ['vat-not-charged']);
  });

  it('leaves the VAT of building services to a buyer who is known by a number', () => {
    const own = { saleSchemes: { BYGG: 'construction' as const } };
    const line = soldLine('Takbyte', '0', '0', { sku: 'BYGG', ...untaxed('10000') });
    const sale = paid([line], { card: '10000' });
    assert.deepEqual(booked(sale, own), ['buyer-number-missing']);
    const customer = { ...sale.customer, vatNumber: 'SE556677889901' };
    assert.deepEqual(booked({ ...sale, customer }, own), ['1580 10000.00', '3231 -10000.00']);
    // A consumer is charged VAT, and it is booked so.
    const taxed = paid([soldLine('Takbyte', '80', '20', { sku: 'BYGG' })], { card: '100' });
    assert.deepEqual(booked(taxed, own), ['1580 100.00', '3001 -80.00', '2611 -20.00']);
  });

  it('accounts once for the VAT of gift cards that are sold with VAT', () => {
    const card = soldLine('Presentkort', '400', '100', { kind: 'gift-card' });
    assert.deepEqual(booked(paid([card], { card: '500' })), [
      '1580 500.00',
      '2429 -400.00',
      '2611 -100.00',
    ]);
    const own = { singlePurposeCards: ['pw_gift_card'] };
    const goods = [soldLine('Lampa', '480', '120')];
    // 500.00 by the card, of which VAT is 100.00; 100.00 by card at 20.00.
    assert.deepEqual(booked(paid(goods, { pw_gift_card: '500', card: '100' }), own), [
      '1580 100.00',
      '3001 -80.00',
      '2611 -20.00',
      '2429 400.00',
      '3001 -400.00',
    ]);
    const book = {
      ...soldLine('Bok', '0', '0'),
      parts: [{ rate: 600, net: kr('100'), vat: kr('6') }],
    };
    const mixed = paid([...goods, book], { pw_gift_card: '500', card: '206' });
    assert.deepEqual(booked(mixed, own), ['single-card-rate-unclear']);
  });
});
