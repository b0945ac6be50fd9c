import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { amountOf, sum, trimmed } from './amount.ts';
import { byLine, discountsOf, type Discount, type Discountable } from './discounts.ts';

function line(productId: number, quantity: number, price: string): Discountable {
  return { productId, variationId: 0, quantity, price: amountOf(price) };
}

function coupon(type: Discount['type'], amount: string, more: Partial<Discount> = {}): Discount {
  return {
    code: type,
    type,
    amount: amountOf(amount),
    piecesMax: null,
    isFor: () => true,
    ...more,
  };
}

const RULES = { decimals: 2, discountsSequentially: false };

function taken(
  lines: readonly Discountable[],
  coupons: readonly Discount[],
  rules: typeof RULES = RULES,
): string[] {
  const all = byLine(discountsOf(lines, coupons, rules), lines.length);
  return all.map((amount) => trimmed(amount));
}

const CART = [line(1, 1, '199'), line(2, 2, '298'), line(3, 3, '99.99')];

describe('discountsOf', () => {
  // 19.90, 29.80 and 9.99 (of 9.999) are 59.69; 10 % of 596.99 is 59.70: the dearest piece is the
  // lamp at 199.00, and gets the öre.
  test('gives the odd coin of a percentage to the dearest piece', () => {
    assert.deepEqual(taken(CART, [coupon('percent', '10')]), ['19.91', '29.8', '9.99']);
  });

  // 100.00 over 6 pieces is 16.66 each, 99.96; the 4 öre left go to the lamp, twice to the book,
  // and to the chocolate.
  test('shares an amount over pieces', () => {
    assert.deepEqual(taken(CART, [coupon('fixed_cart', '100')]), ['16.67', '33.34', '49.99']);
  });

  test('takes no more of a line than it costs', () => {
    assert.deepEqual(taken([line(1, 3, '30')], [coupon('fixed_product', '20')]), ['30']);
  });

  test('is given on some products, and on some pieces', () => {
    const one = coupon('fixed_product', '20', { isFor: (id) => id === 2 });
    assert.deepEqual(taken(CART, [one]), ['0', '40', '0']);
    const two = coupon('fixed_product', '20', { piecesMax: 2 });
    assert.deepEqual(taken(CART, [two]), ['20', '20', '0']);
  });

  // 20 each first, whatever is entered first: then 10 % of the price, or of what is left of it.
  test('takes amounts on products before percentages', () => {
    const both = [coupon('percent', '10'), coupon('fixed_product', '20')];
    assert.deepEqual(taken([line(1, 1, '200')], both), ['40']);
    const one = { decimals: 2, discountsSequentially: true };
    assert.deepEqual(taken([line(1, 1, '200')], both, one), ['38']);
  });

  // Whole kronor: 19, 29 and 10 (of 100, which 99.99 is) are 58; 10 % of 597 is 60.
  test('reckons in the coins of the shop', () => {
    const whole = { decimals: 0, discountsSequentially: false };
    assert.deepEqual(taken(CART, [coupon('percent', '10')], whole), ['20', '30', '10']);
  });

  test('gives an amount out to the last coin, when there is as much to take from', () => {
    const priced = fc.record({
      quantity: fc.integer({ min: 1, max: 20 }),
      ore: fc.integer({ min: 100, max: 500_000 }),
    });
    fc.assert(
      fc.property(fc.array(priced, { minLength: 1, maxLength: 6 }), (rows) => {
        const lines = rows.map(({ quantity, ore }, at) =>
          line(at, quantity, `${Math.trunc(ore / 100)}.${String(ore % 100).padStart(2, '0')}`),
        );
        const all = taken(lines, [coupon('fixed_cart', '1')]).map((text) => amountOf(text));
        assert.equal(trimmed(sum(all)), '1');
      }),
    );
  });
});
