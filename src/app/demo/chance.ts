import { mulberry32 } from '../../lib/mulberry32.ts';

/** Numbers from 0 to 1 that follow from a seed, so that what they lead to can be played again. */
export type Chance = () => number;

export function seeded(seed: number): Chance {
  const word = mulberry32(seed);
  return () => word() / 2 ** 32;
}
