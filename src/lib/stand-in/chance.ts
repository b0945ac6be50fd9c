/** Numbers that look like chance and are the same each time for the same seed. */
export type Chance = {
  /** From 0 up to, and never, 1. */
  next(): number;
  /** So many hexadecimal digits. */
  hex(digits: number): string;
  /** In the form of a UUID. */
  uuid(): string;
  /** So many letters and digits. */
  letters(count: number): string;
};

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Mulberry32: small, fast, and good enough to choose which request a fault falls on. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  const word = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const hex = (digits: number): string => {
    let text = '';
    while (text.length < digits) text += word().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  };
  return {
    next: () => word() / 2 ** 32,
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    letters: (count) =>
      Array.from({ length: count }, () => LETTERS[word() % LETTERS.length] ?? '').join(''),
  };
}
