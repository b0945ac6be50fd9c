import { setImmediate as untilNextTurn } from 'node:timers/promises';

/** Most that is answered in one act when its caller does not say. */
const TOGETHER_MAX = 200;

/**
 * Answers together what is asked at about the same time: while one act is on its way, what is asked
 * gathers for the next. Under load the cost of a round trip and a commit is shared by many, and
 * what is asked alone waits for nobody.
 *
 * @param act - answers all that it is given, in their order; what takes longer for one of them does
 *   not hold up the next act. What it throws, everyone gets
 * @param take - how many of those that wait go together, one at least; the first two hundred when
 *   absent
 */
export function gather<Ask, Answer>(
  act: (asked: readonly Ask[]) => Promise<readonly (Answer | Promise<Answer>)[]>,
  take: (waiting: readonly Ask[]) => number = ({ length }) => Math.min(length, TOGETHER_MAX),
): (ask: Ask) => Promise<Answer> {
  type Waiting = {
    readonly ask: Ask;
    readonly resolve: (answer: Answer) => void;
    readonly reject: (error: unknown) => void;
  };
  let waiting: Waiting[] = [];
  let isActing = false;

  async function actOn(together: readonly Waiting[]): Promise<void> {
    try {
      const answers = await act(together.map((one) => one.ask));
      for (const [index, one] of together.entries()) one.resolve(answers[index] as Answer);
    } catch (error) {
      for (const one of together) one.reject(error);
    }
  }

  async function actOnAll(): Promise<void> {
    isActing = true;
    // What this turn of the event loop still brings goes along.
    await untilNextTurn();
    while (waiting.length > 0) {
      const count = take(waiting.map((one) => one.ask));
      const together = waiting.slice(0, count);
      waiting = waiting.slice(count);
      await actOn(together);
    }
    isActing = false;
  }

  return (ask) =>
    new Promise((resolve, reject) => {
      waiting.push({ ask, resolve, reject });
      if (!isActing) void actOnAll();
    });
}
