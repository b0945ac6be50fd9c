import { spreadOf, type Spread } from './statistics.ts';

/** A figure that others have reached, and what is better. */
export type Bar = { readonly better: 'more' | 'less'; readonly value: number; readonly of: string };

/** One thing that was measured. */
export type Figure = {
  /** Stable: what a run is compared with another by. */
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  /** One for each repetition; none when it could not be measured. */
  readonly values: readonly number[];
  readonly bars: readonly Bar[];
  /** Why it could not be measured. */
  readonly missing: string | null;
};

/** Figures that were measured together. */
export type Section = {
  readonly id: string;
  readonly title: string;
  /** How it was measured and what must be known to read the figures. */
  readonly how: readonly string[];
  readonly figures: readonly Figure[];
};

/** What a figure is about. */
export type About = {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly bars?: readonly Bar[];
};

export function measured(about: About, values: readonly (number | null)[]): Figure {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return missing(about, 'it could not be read on this machine');
  return { ...about, bars: about.bars ?? [], values: known, missing: null };
}

export function missing(about: About, why: string): Figure {
  return { ...about, bars: about.bars ?? [], values: [], missing: why };
}

/** @returns null when it could not be measured */
export function spreadOfFigure({ values }: Figure): Spread | null {
  return values.length === 0 ? null : spreadOf(values);
}

export function isReached(bar: Bar, value: number): boolean {
  return bar.better === 'more' ? value >= bar.value : value <= bar.value;
}
