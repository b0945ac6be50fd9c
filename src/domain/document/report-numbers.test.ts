import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dayReport } from '../../testing/day-reports.ts';
import { day } from '../date.ts';
import { findNumberGaps, numbersMissing, serialOf } from './report-numbers.ts';

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

describe('serialOf', () => {
  it('gives the place of a day report among those of its store and till', () => {
    assert.deepEqual(serialOf(dayReport({ register: '2', reportNumber: 'Z-000412' })), {
      store: '1234',
      register: '2',
      number: { text: 'Z-000412', series: 'Z-#', count: 412 },
    });
  });

  it('gives none where a day stands for a number', () => {
    assert.equal(serialOf(dayReport({ reportNumber: '2026-05-04' })), null);
  });

  it('takes series and number of a ready voucher apart, whether it has a series or not', () => {
    const ready = {
      kind: 'ready-voucher',
      ref: { system: 'minbutik', account: '5555555555', id: 'A:64:2021-05-05' },
      date: day('2021-05-05'),
      text: '',
      number: 'A 64',
      currency: 'SEK',
      rows: [],
    } as const;
    const place = { store: '5555555555', number: { text: '64', series: '#', count: 64 } };
    assert.deepEqual(serialOf(ready), { ...place, register: 'A' });
    assert.deepEqual(serialOf({ ...ready, number: '64' }), { ...place, register: '' });
  });
});

describe('numbersMissing', () => {
  it('names one, or the first and the last, as the till writes them', () => {
    assert.equal(numbersMissing({ after: 'Z-000009', before: 'Z-000011', missing: 1 }), 'Z-000010');
    assert.equal(numbersMissing({ after: '5', before: '9', missing: 3 }), '6–8');
  });
});
