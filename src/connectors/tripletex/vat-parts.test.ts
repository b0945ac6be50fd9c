import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { grossOfVat, grossParts, usualVat } from './vat-parts.ts';

/** As Tripletex is documented to do it: the VAT in each gross, rounded to the øre. */
function madeOf(gross: bigint, rate: number): bigint {
  const [size, sign] = gross < 0n ? [-gross, -1n] : [gross, 1n];
  const whole = BigInt(10_000 + rate);
  return sign * ((2n * size * BigInt(rate) + whole) / (2n * whole));
}

function madeOfAll(parts: readonly bigint[], rate: number): bigint {
  return parts.reduce((sum, part) => sum + madeOf(part, rate), 0n);
}

const RATES = [2500, 1500, 1200, 1111];

describe('grossParts', () => {
  test('is one posting where the VAT is what its net comes to', () => {
    // 800.00 at 25 %: 200.00, gross 1 000.00.
    assert.deepEqual(grossParts(-800_00n, -200_00n, 2500), [-1_000_00n]);
    // 100.00 at 15 %: 15.00.
    assert.deepEqual(grossParts(100_00n, 15_00n, 1500), [115_00n]);
  });

  test('is some more where a till has come to an øre more', () => {
    // 89.38 with 13.42 is 102.80, in which 102.80 × 15 / 115 = 13.4087: 13.41. Two small parts that
    // are each rounded up by nearly half an øre bring what is missing.
    const parts = grossParts(-89_38n, -13_42n, 1500) ?? [];
    assert.equal(parts.length, 3);
    assert.equal(
      parts.reduce((sum, one) => sum + one, 0n),
      -102_80n,
    );
    assert.equal(madeOfAll(parts, 1500), -13_42n);
  });

  test('comes to net and VAT for every amount and rate that is off by up to two øre', () => {
    const amount = fc.bigInt({ min: 10_00n, max: 99_999_999_99n });
    const off = fc.bigInt({ min: -2n, max: 2n });
    fc.assert(
      fc.property(
        amount,
        off,
        fc.constantFrom(...RATES),
        fc.boolean(),
        (size, by, rate, isSold) => {
          const net = isSold ? -size : size;
          const vat = usualVat(net, rate) + by;
          const parts = grossParts(net, vat, rate);
          assert.ok(parts !== null);
          assert.equal(
            parts.reduce((sum, one) => sum + one, 0n),
            net + vat,
          );
          assert.equal(madeOfAll(parts, rate), vat);
          assert.ok(parts.every((one) => one !== 0n));
        },
      ),
    );
  });

  test('gives up where the VAT is far from its net', () => {
    assert.equal(grossParts(-800_00n, -190_00n, 2500), null);
  });
});

describe('grossOfVat', () => {
  test('has the VAT, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 99_999_999n }),
        fc.constantFrom(...RATES),
        (vat, rate) => {
          assert.equal(madeOf(grossOfVat(vat, rate), rate), vat);
          assert.equal(madeOf(grossOfVat(-vat, rate), rate), -vat);
        },
      ),
    );
  });
});
