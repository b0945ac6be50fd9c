import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { amountOf, cutTo, fixed, numberFrom, roundTo, trimmed } from './amount.ts';

describe('an amount', () => {
  test('is read as PHP reads a number: what is none is nothing', () => {
    const read = ['1', '1.5', '-0.30', '.5', '12,50', '', 'gratis'].map((text) =>
      trimmed(amountOf(text)),
    );
    assert.deepEqual(read, ['1', '1.5', '-0.3', '0.5', '12.5', '0', '0']);
    assert.equal(trimmed(amountOf(1e-7), 8), '0.0000001');
    assert.equal(trimmed(amountOf(null)), '0');
  });

  test('is written with so many decimals, and zero without a sign', () => {
    assert.equal(fixed(amountOf('67.425'), 2), '67.43');
    assert.equal(fixed(amountOf('-0.002'), 2), '0.00');
    assert.equal(fixed(amountOf('-67.425'), 2), '-67.43');
    assert.equal(fixed(amountOf('1105.7'), 0), '1106');
  });

  test('rounds a half away from zero, or towards it where taxes are inside', () => {
    const half = amountOf('44.775');
    assert.equal(fixed(roundTo(half, 2, 'up'), 2), '44.78');
    assert.equal(fixed(roundTo(half, 2, 'down'), 2), '44.77');
    assert.equal(fixed(roundTo(-half, 2, 'down'), 2), '-44.77');
    assert.equal(fixed(cutTo(amountOf('16.669'), 2), 2), '16.66');
  });

  test('keeps its digits through writing and reading', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (micro) => {
        const sign = micro < 0 ? '-' : '';
        const digits = String(Math.abs(micro)).padStart(7, '0');
        const text = `${sign}${digits.slice(0, -6)}.${digits.slice(-6)}`;
        assert.equal(fixed(amountOf(text), 6), micro === 0 ? '0.000000' : text);
        assert.equal(numberFrom(amountOf(text)), Number(text));
      }),
    );
  });
});
