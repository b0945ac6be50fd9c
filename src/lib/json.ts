import { createHash } from 'node:crypto';

/** What JSON can hold. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * JSON text of a value that holds money: a `bigint` is written as a decimal string.
 *
 * `decodeJson` reads it back because only one property name in the house ever holds a `bigint`:
 * `minor` (see `Money`).
 */
export function encodeJson(value: unknown, indent?: number): string {
  const write = (change: (v: unknown) => unknown): string =>
    JSON.stringify(
      value,
      (_key, v: unknown) => (typeof v === 'bigint' ? String(v) : change(v)),
      indent,
    );
  const text = write((v) => v);
  // What a database cannot hold is written escaped: most texts have nothing of it.
  if (!UNSTORABLE.test(text)) return text;
  return write((v) => (typeof v === 'string' ? storableText(v) : v));
}

/** U+0000, or half of a surrogate pair, as JSON writes them. */
const UNSTORABLE = /\\u(0000|d[89a-f])/;

/**
 * The text as a database can hold it: PostgreSQL takes neither U+0000 nor half of a surrogate
 * pair, and both come with files that are no text, in what is told of them.
 */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd');
}

/** Reads what `encodeJson` wrote: every `minor` becomes a `bigint` again. */
export function decodeJson(text: string): unknown {
  // A function that is called for each value costs several times what reading the text does.
  if (!text.includes('"minor"')) return JSON.parse(text);
  return JSON.parse(text, (key, v: unknown) =>
    key === 'minor' && typeof v === 'string' ? BigInt(v) : v,
  );
}

/** What a text from outside says. @returns null when it is no JSON, as for the text `null` */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The same text for equal values whatever the order of their keys: made for content hashes. */
export function stableJson(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}"`;
  if (Array.isArray(value)) return `[${value.map(stableJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, v]) => `${JSON.stringify(key)}:${stableJson(v)}`);
  return `{${fields.join(',')}}`;
}

/** SHA-256 of bytes or of UTF-8 text, as 64 hexadecimal digits. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/**
 * A JSON number with exactly these digits, for `JSON.stringify`: an amount is sent as it is, not as
 * the nearest float.
 *
 * @param text - a plain decimal such as `-1234.50`
 */
export function exactNumber(text: string): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text);
}
