import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gather } from './gather.ts';

/** An act that waits to be let go, and what it was given each time. */
function heldBack() {
  const acts: { readonly asked: readonly number[]; readonly go: () => void }[] = [];
  const act = async (asked: readonly number[]): Promise<readonly string[]> => {
    await new Promise<void>((resolve) => acts.push({ asked, go: resolve }));
    return asked.map((one) => `answer ${one}`);
  };
  const acting = async (count: number): Promise<void> => {
    while (acts.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  return { act, acts, acting };
}

describe('gather', () => {
  test('answers in one act what is asked in one turn, each with its own', async () => {
    const acts: (readonly number[])[] = [];
    const ask = gather(async (asked: readonly number[]) => {
      acts.push(asked);
      return asked.map((one) => one * 10);
    });
    assert.deepEqual(await Promise.all([ask(1), ask(2), ask(3)]), [10, 20, 30]);
    assert.deepEqual(acts, [[1, 2, 3]]);
  });

  test('gathers for the next act while one is on its way', async () => {
    const { act, acts, acting } = heldBack();
    const ask = gather(act);
    const first = ask(1);
    await acting(1);
    const [second, third] = [ask(2), ask(3)];
    acts[0]?.go();
    assert.equal(await first, 'answer 1');
    await acting(2);
    acts[1]?.go();
    assert.deepEqual(await Promise.all([second, third]), ['answer 2', 'answer 3']);
    assert.deepEqual(
      acts.map((one) => one.asked),
      [[1], [2, 3]],
    );
  });

  test('takes no more together than it is told to, in the order of asking', async () => {
    const acts: (readonly number[])[] = [];
    const ask = gather(
      async (asked: readonly number[]) => {
        acts.push(asked);
        return asked;
      },
      ({ length }) => Math.min(length, 2),
    );
    assert.deepEqual(await Promise.all([ask(1), ask(2), ask(3), ask(4), ask(5)]), [1, 2, 3, 4, 5]);
    assert.deepEqual(acts, [[1, 2], [3, 4], [5]]);
  });

  test('gives an error to all that were asked together, and goes on', async () => {
    const ask = gather(async (asked: readonly number[]) => {
      if (asked.includes(2)) throw new Error('no answer');
      return asked;
    });
    const answers = await Promise.allSettled([ask(1), ask(2)]);
    assert.deepEqual(
      answers.map((one) => one.status),
      ['rejected', 'rejected'],
    );
    assert.equal(await ask(3), 3);
  });
});
