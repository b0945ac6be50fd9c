import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { atMost } from './at-most.ts';

describe('atMost', () => {
  it('runs two at a time, in order; one that failed gives its place to the next', async () => {
    const began: number[] = [];
    const ends = new Map<number, (isFine: boolean) => void>();
    const two = atMost(2);
    const run = (number: number): Promise<number> =>
      two(async () => {
        began.push(number);
        const isFine = await new Promise<boolean>((resolve) => ends.set(number, resolve));
        if (!isFine) throw new Error(`number ${number}`);
        return number;
      });
    const [first, second, third, fourth] = [run(1), run(2), run(3), run(4)];
    await Promise.resolve();
    assert.deepEqual(began, [1, 2]);
    ends.get(1)?.(false);
    await assert.rejects(first, /number 1/);
    assert.deepEqual(began, [1, 2, 3]);
    ends.get(2)?.(true);
    ends.get(3)?.(true);
    assert.deepEqual(await Promise.all([second, third]), [2, 3]);
    assert.deepEqual(began, [1, 2, 3, 4]);
    ends.get(4)?.(true);
    assert.equal(await fourth, 4);
  });
});
