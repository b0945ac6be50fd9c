import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../date.ts';
import { money } from '../money.ts';
import {
  isRateInForce,
  parsePercent,
  percentText,
  rateOf,
  roundingAllowance,
  vatInGross,
  vatOnNet,
} from './rates.ts';

const kr = (öre: bigint) => money(öre, 'SEK');

describe('rateOf', () => {
  for (const [date, rate] of [
    ['2026-03-31', 1200],
    ['2026-04-01', 600],
    ['2027-12-31', 600],
    ['2028-01-01', 1200],
  ] as const) {
    test(`Swedish food is ${rate / 100} % on ${date}`, () => {
      assert.equal(rateOf('SE', 'food', day(date)), rate);
    });
  }

  test('a meal in a restaurant stays at 12 % when food is 6 %', () => {
    assert.equal(rateOf('SE', 'restaurant_catering', day('2026-05-04')), 1200);
  });
});

describe('isRateInForce', () => {
  test('knows a rate that something is sold at, and zero', () => {
    assert.equal(isRateInForce('SE', 600, day('2026-05-04')), true);
    assert.equal(isRateInForce('SE', 0, day('2026-05-04')), true);
    assert.equal(isRateInForce('SE', 1500, day('2026-05-04')), false);
    assert.equal(isRateInForce('NO', 1500, day('2026-05-04')), true);
  });
});

describe('vatInGross', () => {
  // 99.00 at 25 %: 19.80. 100.00 at 12 %: 10.714 → 10.71. 22.00 at 6 %: 1.2452 → 1.25.
  for (const [gross, rate, vat] of [
    [9900n, 2500, 1980n],
    [10000n, 1200, 1071n],
    [2200n, 600, 125n],
    [-10000n, 1200, -1071n],
    [12345n, 0, 0n],
  ] as const) {
    test(`${vat} öre stand in ${gross} öre at ${rate / 100} %`, () => {
      assert.equal(vatInGross(kr(gross), rate).minor, vat);
    });
  }
});

describe('vatOnNet', () => {
  // Skatteverket 321578: 4 467.75 at 25 % is 1 116.9375, rounded to 1 116.94.
  test('rounds as in the example of Skatteverket', () => {
    assert.equal(vatOnNet(kr(446775n), 2500).minor, 111694n);
  });

  test('takes a rate with a half percent', () => {
    assert.equal(vatOnNet(kr(100000n), 2550).minor, 25500n);
  });
});

describe('percentText', () => {
  test('writes what parsePercent reads', () => {
    for (const [rate, text] of [
      [2500, '25'],
      [2550, '25.5'],
      [1111, '11.11'],
      [0, '0'],
    ] as const) {
      assert.equal(percentText(rate), text);
      assert.equal(parsePercent(text), rate);
    }
    assert.equal(parsePercent('25,5 %'), 2550);
    assert.equal(parsePercent('2500'), null);
    assert.equal(parsePercent('six'), null);
  });
});

describe('roundingAllowance', () => {
  test('is half an öre for each receipt, and never less than the company allows', () => {
    assert.equal(roundingAllowance(3187, kr(100n)).minor, 1594n);
    assert.equal(roundingAllowance(10, kr(100n)).minor, 100n);
  });
});
