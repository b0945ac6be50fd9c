/** What repetitions of one measurement came to. */
export type Spread = { readonly median: number; readonly min: number; readonly max: number };

/** @param values - at least one */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = ascending(values);
  return { median: percentile(sorted, 50), min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 };
}

/**
 * The value that so many percent of all lie at or below. Between two values it is their mean
 * weighted by distance, so that the median of two is their mean.
 */
export function percentile(sorted: readonly number[], percent: number): number {
  const at = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? 0;
  return below + (above - below) * (at - Math.floor(at));
}

export function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
