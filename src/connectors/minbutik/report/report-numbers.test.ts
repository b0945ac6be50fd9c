import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findNumberGaps } from './report-numbers.ts';

describe('findNumberGaps', () => {
  it('finds what is missing between two numbers, in any order', () => {
    assert.deepEqual(findNumberGaps(['Z-000415', 'Z-000412', 'Z-000413', 'Z-000419']), [
      { after: 'Z-000413', before: 'Z-000415', missing: 1 },
      { after: 'Z-000415', before: 'Z-000419', missing: 3 },
    ]);
  });

  it('keeps series apart by all but their last digits', () => {
    assert.deepEqual(findNumberGaps(['A1', 'B5', 'A2', 'B6', '7', '9']), [
      { after: '7', before: '9', missing: 1 },
    ]);
  });

  it('does not take days for a series: shops close', () => {
    assert.deepEqual(findNumberGaps(['2026-05-02', '2026-05-04', 'ingen', '']), []);
  });

  it('misses as many as were taken out, whichever and in whatever order', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 1 });
    fc.assert(
      fc.property(numbers, (some) => {
        const gaps = findNumberGaps(some.map((n) => `Z-${String(n).padStart(6, '0')}`));
        const missing = gaps.reduce((total, gap) => total + gap.missing, 0);
        return missing === Math.max(...some) - Math.min(...some) + 1 - some.length;
      }),
    );
  });
});
