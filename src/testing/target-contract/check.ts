import { test } from 'node:test';
import { withBench, type Bench } from './bench.ts';
import type { LoginKind, TargetUnderTest } from './trial.ts';

/** Adds one test of the suite: it gets a simulator of its own, or is skipped with its reason. */
export type Check = (
  title: string,
  body: (bench: Bench) => Promise<void>,
  login?: LoginKind,
) => void;

/** A way to add tests, and the titles that were added. */
export function checksOf(under: TargetUnderTest): {
  readonly check: Check;
  readonly titles: ReadonlySet<string>;
} {
  const titles = new Set<string>();
  const { gaps = {} } = under.trial;
  return {
    titles,
    check: (title, body, login = 'lasting') => {
      titles.add(title);
      const gap = gaps[title];
      test(title, gap === undefined ? {} : { skip: gap }, () => withBench(under, login, body));
    },
  };
}
