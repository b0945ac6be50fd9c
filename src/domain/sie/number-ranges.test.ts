import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { NumberRanges } from './number-ranges.ts';

describe('NumberRanges', () => {
  it('tells numbers that ascend, go back and are taken', () => {
    const ranges = new NumberRanges();
    const orders = [1, 2, 5, 4, 3, 3, 5, 1, 6].map((number) => ranges.add(number));
    assert.deepEqual(orders, [
      'ascending',
      'ascending',
      'ascending',
      'lower',
      'lower',
      'taken',
      'taken',
      'taken',
      'ascending',
    ]);
  });

  it('finds exactly the numbers that came before, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 60 }), { maxLength: 120 }), (numbers) => {
        const ranges = new NumberRanges();
        const seen = new Set<number>();
        for (const number of numbers) {
          assert.equal(ranges.add(number) === 'taken', seen.has(number));
          seen.add(number);
        }
      }),
    );
  });

  it('stops remembering when the gaps become too many', () => {
    const ranges = new NumberRanges();
    for (let number = 0; number < 10_000; number += 1) ranges.add(number * 2);
    assert.equal(ranges.add(20_002), 'not-remembered');
    assert.equal(ranges.add(19_998), 'taken');
    assert.equal(ranges.add(19_997), 'lower');
  });
});
