import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { inSek, oreOf, shareOf, twoDecimals, vatOn, withoutVat } from './amounts.ts';

describe('oreOf', () => {
  const cases: readonly (readonly [kronor: number, ore: number])[] = [
    [1.123, 112],
    [1.125, 113],
    // In binary 1.005 lies just below the half.
    [1.005, 101],
    [-1.125, -113],
    [0.1 + 0.2, 30],
    [-0.001, 0],
    [-9_999_999_999, -999_999_999_900],
    [1e-9, 0],
  ];
  for (const [kronor, ore] of cases) {
    test(`reads ${kronor} as ${ore}`, () => assert.equal(oreOf(kronor), ore));
  }

  test('gives back every whole number of öre', () => {
    const amounts = fc.integer({ min: -1e12, max: 1e12 });
    fc.assert(fc.property(amounts, (ore) => assert.equal(oreOf(ore / 100), ore)));
  });
});

describe('twoDecimals', () => {
  test('rounds as Fortnox was recorded to', () => {
    assert.equal(twoDecimals(1.123), 1.12);
    assert.equal(twoDecimals(1.125), 1.13);
    assert.equal(twoDecimals(-1e14), -1e14);
  });
});

describe('shareOf', () => {
  test('rounds half away from zero on both sides', () => {
    assert.equal(shareOf(5, 1, 2), 3);
    assert.equal(shareOf(-5, 1, 2), -3);
    assert.equal(shareOf(4, 1, 3), 1);
  });
});

describe('VAT', () => {
  test('goes on and comes off', () => {
    // 1 590.00 × 25 % = 397.50; 125.00 with VAT is 100.00 without.
    assert.equal(vatOn(159_000, 25), 39_750);
    assert.equal(withoutVat(12_500, 25), 10_000);
    assert.equal(vatOn(1_000, 1.23), 12);
  });
});

describe('inSek', () => {
  test('takes the unit of the rate into account', () => {
    // 100.00 at 11.25 for 1 is 1 125.00; at 70.5 for 100 it is 70.50.
    assert.equal(inSek(10_000, 11.25, 1), 112_500);
    assert.equal(inSek(10_000, 70.5, 100), 7_050);
  });
});
