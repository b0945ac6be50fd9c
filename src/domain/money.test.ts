import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { formatMoney, money, multiply, negate, parseMoney, split, sum } from './money.ts';

describe('parseMoney', () => {
  for (const [text, minor] of [
    ['1234.50', 123450n],
    ['-0,05', -5n],
    ['7', 700n],
    ['1.500', 150n],
    [' 12 ', 1200n],
  ] as const) {
    test(`reads "${text}" as ${minor} öre`, () => {
      assert.deepEqual(parseMoney(text, 'SEK'), money(minor, 'SEK'));
    });
  }

  for (const text of [
    '',
    '1e3',
    '0x10',
    '1,234.50',
    '1.505',
    'NaN',
    '12345678901234567890',
    '1 0',
  ]) {
    test(`refuses ${JSON.stringify(text)} rather than guess`, () => {
      assert.equal(parseMoney(text, 'SEK'), null);
    });
  }

  test('takes no fraction in a currency without minor units', () => {
    assert.deepEqual(parseMoney('1200', 'ISK'), money(1200n, 'ISK'));
    assert.equal(parseMoney('1200.5', 'ISK'), null);
  });
});

const anyMinor = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

describe('formatMoney', () => {
  test('writes what parseMoney reads', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), (minor) => {
        assert.deepEqual(parseMoney(formatMoney(money(minor, 'NOK')), 'NOK'), money(minor, 'NOK'));
      }),
    );
  });
});

describe('multiply', () => {
  test('rounds a half öre away from zero, both ways', () => {
    assert.equal(multiply(money(2n, 'SEK'), 1n, 4n).minor, 1n);
    assert.equal(multiply(money(-2n, 'SEK'), 1n, 4n).minor, -1n);
  });

  test('is never more than half a minor unit off', () => {
    const part = fc.bigInt({ min: 0n, max: 10_000n });
    const whole = fc.bigInt({ min: 1n, max: 12_550n });
    fc.assert(
      fc.property(anyMinor, part, whole, (minor, n, d) => {
        const off = 2n * (multiply(money(minor, 'SEK'), n, d).minor * d - minor * n);
        assert.ok(off <= d && off >= -d);
      }),
    );
  });

  test('of the opposite is the opposite', () => {
    fc.assert(
      fc.property(anyMinor, (minor) => {
        const vat = multiply(money(minor, 'SEK'), 1200n, 11200n);
        assert.deepEqual(multiply(money(-minor, 'SEK'), 1200n, 11200n), negate(vat));
      }),
    );
  });
});

describe('split', () => {
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 9_999n }), { minLength: 1 })
    .filter((w) => w.some((x) => x > 0n));

  test('gives the odd öre to the largest remainder, the first of equals', () => {
    assert.deepEqual(
      split(money(100n, 'SEK'), [1n, 1n, 1n]).map((m) => m.minor),
      [34n, 33n, 33n],
    );
    assert.deepEqual(
      split(money(-100n, 'SEK'), [1n, 2n]).map((m) => m.minor),
      [-33n, -67n],
    );
  });

  test('never loses or invents an öre', () => {
    fc.assert(
      fc.property(anyMinor, weights, (minor, ws) => {
        assert.equal(sum(split(money(minor, 'SEK'), ws), 'SEK').minor, minor);
      }),
    );
  });

  test('gives nothing to a weight of zero', () => {
    fc.assert(
      fc.property(anyMinor, weights, (minor, ws) => {
        const parts = split(money(minor, 'SEK'), ws);
        assert.ok(parts.every((part, i) => ws[i] !== 0n || part.minor === 0n));
      }),
    );
  });
});
