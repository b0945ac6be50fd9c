import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { money, type Money } from '../money.ts';
import { alongside, twoWaySplit } from './two-way-split.ts';

const nok = (minor: number | bigint): Money => money(BigInt(minor), 'NOK');
const minors = (cells: readonly (readonly Money[])[]): bigint[][] =>
  cells.map((row) => row.map(({ minor }) => minor));

test('a fifth and the rest of a kitchen, group by group', () => {
  const groups = [12_250_000, 2_800_000, 3_906_250, 2_293_750].map(nok);
  const orders = [4_250_000, 17_000_000].map(nok);
  assert.deepEqual(minors(twoWaySplit(orders, groups)), [
    [2_450_000n, 560_000n, 781_250n, 458_750n],
    [9_800_000n, 2_240_000n, 3_125_000n, 1_835_000n],
  ]);
});

test('an øre that does not divide goes by largest remainder, and comes back in the last', () => {
  assert.deepEqual(minors(twoWaySplit([50, 50].map(nok), [33, 33, 34].map(nok))), [
    [17n, 16n, 17n],
    [16n, 17n, 17n],
  ]);
});

test('a discount is divided as well', () => {
  assert.deepEqual(minors(twoWaySplit([180, 720].map(nok), [1_000, -100].map(nok))), [
    [200n, -20n],
    [800n, -80n],
  ]);
});

test('nothing is lost either way, and no cell is far from its share', () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 90_000_000 }), { minLength: 1, maxLength: 9 });
  const shares = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(amounts, shares, (columnMinors, parts) => {
      const total = columnMinors.reduce((a, b) => a + b, 0);
      const whole = parts.reduce((a, b) => a + b, 0);
      fc.pre(total > 0 && whole > 0);
      const most = parts.slice(0, -1).map((part) => Math.floor((total * part) / whole));
      const rowMinors = [...most, total - most.reduce((a, b) => a + b, 0)];
      const cells = twoWaySplit(rowMinors.map(nok), columnMinors.map(nok));
      for (const [r, row] of cells.entries()) {
        assert.equal(Number(row.reduce((a, b) => a + b.minor, 0n)), rowMinors[r]);
        for (const [c, { minor }] of row.entries()) {
          const share = ((rowMinors[r] ?? 0) * (columnMinors[c] ?? 0)) / total;
          assert.ok(minor >= 0n, 'no part of what is sold is below nothing');
          assert.ok(Math.abs(Number(minor) - share) < cells.length + 1, `${minor} is not ${share}`);
        }
      }
      for (const [c, column] of columnMinors.entries()) {
        const back = cells.reduce((a, row) => a + (row[c]?.minor ?? 0n), 0n);
        assert.equal(Number(back), column);
      }
    }),
  );
});

test('VAT goes with its base, the last part taking what rounding left', () => {
  const parts = [3_333_000, 3_333_000, 3_333_999].map(nok);
  assert.deepEqual(
    alongside(nok(2_000_000), parts).map(({ minor }) => minor),
    [666_600n, 666_600n, 666_800n],
  );
});
