/** Runs acts, some at a time; the others wait in line. */
export type AtMost = <T>(act: () => Promise<T>) => Promise<T>;

/** @returns runs so many at once and no more, in the order in which they came */
export function atMost(count: number): AtMost {
  const line: (() => void)[] = [];
  let free = count;
  return async (act) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return await act();
    } finally {
      const next = line.shift();
      // Whoever is next takes over this one's place: nobody who comes now gets in between.
      if (next === undefined) free += 1;
      else next();
    }
  };
}
