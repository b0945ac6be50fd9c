import { mulberry32 } from '../mulberry32.ts';

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

/** Good enough to choose which request a fault falls on. */
export function seededChance(seed: number): Chance {
  const word = mulberry32(seed);
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
