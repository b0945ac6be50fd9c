import type { Chance } from '../../src/app/demo/chance.ts';

/** One of several, all equally likely. */
export function pick<T>(chance: Chance, from: readonly T[]): T {
  const found = from[Math.floor(chance() * from.length)];
  if (found === undefined) throw new Error('there is nothing to pick from');
  return found;
}
