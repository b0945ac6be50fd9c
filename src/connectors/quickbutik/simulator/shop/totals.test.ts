import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_CHOICES, type Choices } from '../choices.ts';
import { seededChance } from '../../../../lib/stand-in/chance.ts';
import { amountText, readOre, spread, total, vatInside } from '../wire/amounts.ts';
import { buy, type Purchase } from './buy.ts';
import { newShop, type ShopSeed } from './seed.ts';
import { orderIn } from './shop.ts';
import { totalsOf, type Totals } from './totals.ts';

const SEED: ShopSeed = {
  products: [
    { title: 'Kaffe', sku: 'K', price: '106.00', taxRate: 6 },
    { title: 'Bok', sku: 'B', price: '53.00', taxRate: 6 },
    { title: 'Kvarn', sku: 'Q', price: '500.00', taxRate: 25 },
    {
      title: 'Paket',
      sku: 'P',
      price: '0',
      bundle: {
        priced: 'components',
        components: [
          { sku: 'K', qty: 1 },
          { sku: 'Q', qty: 1 },
        ],
      },
    },
  ],
  foreignRates: { DE: { 25: 19, 6: 7 } },
};

function totals(purchase: Purchase, choices: Partial<Choices> = {}): Totals {
  const chance = seededChance(1);
  const desk = {
    shop: newShop(1, SEED, { nowMs: 0, chance }),
    nowMs: 0,
    chance,
    choices: { ...DEFAULT_CHOICES, ...choices },
    tell: () => {},
  };
  return totalsOf(orderIn(desk.shop, buy(desk, purchase)), desk.choices);
}

/** 106 + 500 = 606. */
const MIXED = [
  { sku: 'K', qty: 1 },
  { sku: 'Q', qty: 1 },
];

describe('totalsOf', () => {
  // 106 holds 6; 500 holds 100; shipping 60.60 at 25 % holds 12.12.
  test('takes shipping at the rate most is sold at', () => {
    const { taxOre, totalOre } = totals({ lines: MIXED, shipping: { price: '60.60' } });
    assert.deepEqual([taxOre, totalOre], [11_812, 66_660]);
  });

  // Shipping 60.60 as 106 to 500: 10.60 holds 0.60 and 50.00 holds 10.00.
  test('or in proportion to all rates', () => {
    const purchase = { lines: MIXED, shipping: { price: '60.60' } };
    assert.equal(totals(purchase, { shippingVat: 'proportional' }).taxOre, 11_660);
  });

  // 60.60 off 606 is a tenth: 95.40 holds 5.40, 450 holds 90.
  test('spreads a discount over the rates', () => {
    const { taxOre, discountOre, totalOre, payOre } = totals({ lines: MIXED, discount: '60.60' });
    assert.deepEqual([taxOre, discountOre, totalOre, payOre], [9_540, 6_060, 54_540, 54_540]);
  });

  // 650 off 606 and shipping 60.60: nothing is left of the lines, 16.60 of shipping holds 3.32.
  test('takes what a discount has left off shipping', () => {
    const purchase = { lines: MIXED, shipping: { price: '60.60' }, discount: '650' };
    const { taxOre, totalOre } = totals(purchase);
    assert.deepEqual([taxOre, totalOre], [332, 1_660]);
  });

  // 66.66 off 666.60 is a tenth of everything: 5.40 + 90 + 54.54 at 25 %, which holds 10.91.
  test('or spreads a discount over shipping too', () => {
    const purchase = { lines: MIXED, shipping: { price: '60.60' }, discount: '66.66' };
    assert.equal(totals(purchase, { discountVat: 'everything' }).taxOre, 10_631);
  });

  test('adds up, whatever is bought', () => {
    const line = fc.record({
      sku: fc.constantFrom('K', 'B', 'Q', 'P'),
      qty: fc.integer({ min: 1, max: 50 }),
      price: fc.integer({ min: 1, max: 1e6 }).map(amountText),
    });
    const bought = fc.record({
      lines: fc.array(line, { minLength: 1, maxLength: 8 }),
      shippingOre: fc.nat(100_000),
      offPercent: fc.integer({ min: 0, max: 100 }),
    });
    const roundings = fc.constantFrom<Choices['vatRounding']>('per-line', 'per-rate');
    fc.assert(
      fc.property(bought, roundings, ({ lines, shippingOre, offPercent }, vatRounding) => {
        const shipping = { price: amountText(shippingOre) };
        const full = totals({ lines, shipping }, { vatRounding });
        assert.equal(full.totalOre, full.itemsOre + shippingOre);
        const discountOre = Math.floor((full.totalOre * offPercent) / 100);
        const off = totals({ lines, shipping, discount: amountText(discountOre) }, { vatRounding });
        assert.equal(off.totalOre, full.totalOre - discountOre);
        assert.ok(off.taxOre >= 0 && off.taxOre <= full.taxOre + lines.length * 2 + 1);
        // No more than 25 % of what is sold without VAT, but for what rounding adds.
        assert.ok(off.taxOre * 5 <= off.totalOre + 5 * (lines.length * 2 + 1));
      }),
    );
  });

  test('may show the total before the discount', () => {
    const purchase = { lines: MIXED, discount: '60.60' };
    const { totalOre, payOre } = totals(purchase, { totalAmount: 'before-discount' });
    assert.deepEqual([totalOre, payOre], [60_600, 54_540]);
  });

  test('shows a gift card as less to pay, or as a discount that moves no VAT', () => {
    const purchase = { lines: MIXED, giftCard: '100' };
    const paid = totals(purchase);
    assert.deepEqual([paid.totalOre, paid.payOre, paid.discountOre], [60_600, 50_600, 0]);
    const off = totals(purchase, { giftCards: 'as-discount' });
    assert.deepEqual([off.totalOre, off.payOre, off.discountOre], [50_600, 50_600, 10_000]);
    assert.deepEqual([paid.taxOre, off.taxOre], [10_600, 10_600]);
  });

  // Without VAT: 106 at 6 % is 6.36, 500 at 25 % is 125, shipping 40 at 25 % is 10.
  test('puts VAT on top of prices that are without', () => {
    const { itemsOre, taxOre, totalOre } = totals({
      lines: MIXED,
      shipping: { price: '40' },
      isTaxontop: true,
      customer: { type: 'company' },
    });
    assert.deepEqual([itemsOre, taxOre, totalOre], [60_600, 14_136, 78_736]);
  });

  test('has no VAT where the order is free of it', () => {
    assert.equal(totals({ lines: MIXED, isTaxfree: true }).taxOre, 0);
  });

  // 500 at 19 % holds 79.83; a company there is sold to at the shop's rate unless it is tax free.
  test('takes the rates of a consumer’s own country', () => {
    const address = { country: 'DE' };
    const lines = [{ sku: 'Q', qty: 1 }];
    assert.equal(totals({ lines, customer: { address } }).taxOre, 7_983);
    assert.equal(totals({ lines, customer: { type: 'company', address } }).taxOre, 10_000);
    assert.equal(totals({ lines, customer: { address: { country: 'FI' } } }).taxOre, 10_000);
  });

  test('takes the price of a free bundle from its components', () => {
    const { itemsOre, taxOre } = totals({ lines: [{ sku: 'P', qty: 2 }] });
    assert.deepEqual([itemsOre, taxOre], [121_200, 21_200]);
  });

  // 0.99 and 0.99 at 6 %: each holds 0.056 → 0.06, together 1.98 hold 0.112 → 0.11.
  test('rounds VAT for each line, or for each rate', () => {
    const lines = [
      { sku: 'K', qty: 1, price: '0.99' },
      { sku: 'B', qty: 1, price: '0.99' },
    ];
    assert.equal(totals({ lines }).taxOre, 12);
    assert.equal(totals({ lines }, { vatRounding: 'per-rate' }).taxOre, 11);
  });

  test('refuses a discount that is larger than the order', () => {
    assert.throws(() => totals({ lines: MIXED, discount: '606.01' }), /larger than the order/);
  });
});

describe('amounts', () => {
  test('are read as texts and as numbers', () => {
    const cases: readonly (readonly [unknown, number | null])[] = [
      ['119.00', 11_900],
      ['119', 11_900],
      ['119,5', 11_950],
      [119.5, 11_950],
      ['-0.05', -5],
      ['1.005', null],
      ['1.0500', 105],
      ['', null],
      ['1e3', null],
      [null, null],
    ];
    for (const [value, ore] of cases) assert.equal(readOre(value), ore, String(value));
  });

  test('are read back as they were written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (ore) => {
        assert.equal(readOre(amountText(ore)), ore === 0 ? 0 : ore);
      }),
    );
  });

  test('lose nothing when they are spread', () => {
    const weights = fc.array(fc.nat(1e9), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.nat(1e11), weights, (ore, parts) => {
        assert.equal(total(spread(ore, parts)), ore);
      }),
    );
  });

  test('hold VAT that is rounded half away from zero', () => {
    // 0.10 at 25 % holds 0.02; 2.50 at 6 % holds 0.1415; 0.53 at 6 % holds 0.03.
    assert.deepEqual(
      [vatInside(10, 2_500), vatInside(250, 600), vatInside(53, 600), vatInside(-250, 600)],
      [2, 14, 3, -14],
    );
  });
});
