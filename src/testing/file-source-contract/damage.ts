import { mulberry32 } from '../../lib/mulberry32.ts';

/** Bytes with one thing changed, and which of the original bytes that was. */
export type Damaged = { readonly bytes: Buffer; readonly from: number; readonly to: number };

/** Bytes that mean something to one format or another. */
const TELLING = Buffer.from(';,\t"\'\n\r\0{}<>&#-+.0 1\u00e5\x1a', 'latin1');
/** Values that stand in no field of any format, or only in some. */
const FIELDS = ['', '???', '-0', '99999999999999999999', '9'.repeat(1_200), '"', '<x/>'] as const;
/** Characters that fields of the usual formats are made of. */
const FIELD = /[\p{L}\p{N}.:/%-]+/gu;

/** Each way to change one byte, at about `count` places spread over the whole. */
export function* withOneByte(bytes: Uint8Array, count: number): Generator<Damaged> {
  const whole = Buffer.from(bytes);
  const step = Math.max(1, Math.floor(whole.length / count));
  for (let at = 0; at < whole.length; at += step) {
    const telling = TELLING[at % TELLING.length] ?? 0;
    const byte = Buffer.from([
      at % 2 === 0 ? telling : ((whole[at] ?? 0) ^ (1 << (at % 8))) & 0xff,
    ]);
    const [before, after] = [whole.subarray(0, at), whole.subarray(at + 1)];
    yield { bytes: Buffer.concat([before, byte, after]), from: at, to: at + 1 };
    yield { bytes: Buffer.concat([before, after]), from: at, to: at + 1 };
    yield {
      bytes: Buffer.concat([before, byte, whole.subarray(at)]),
      from: at,
      to: at,
    };
  }
}

/** Each field in turn with something else in its place. */
export function* withOneField(bytes: Uint8Array, count: number): Generator<Damaged> {
  const whole = Buffer.from(bytes);
  const fields = [...whole.toString('latin1').matchAll(FIELD)];
  const step = Math.max(1, Math.ceil((fields.length * FIELDS.length) / count));
  for (let at = 0; at < fields.length * FIELDS.length; at += step) {
    const field = fields[at % fields.length];
    const value = FIELDS[Math.floor(at / fields.length)] ?? '';
    if (field === undefined) continue;
    const [from, to] = [field.index, field.index + field[0].length];
    const mangled = [whole.subarray(0, from), Buffer.from(value), whole.subarray(to)];
    yield { bytes: Buffer.concat(mangled), from, to };
  }
}

/** The parts that damage did not touch, nor the bytes beside it. */
export function untouched(
  { head, parts }: { readonly head: Uint8Array; readonly parts: readonly Uint8Array[] },
  { from, to }: Damaged,
): readonly number[] {
  if (from <= head.length) return [];
  let start = head.length;
  return parts.flatMap((part, index) => {
    const end = start + part.length;
    const isTouched = from <= end && to >= start;
    start = end;
    return isTouched ? [] : [index];
  });
}

/** The same numbers each time, from 0 up to but not including `below`. */
export function numbersFrom(seed: number): (below: number) => number {
  const word = mulberry32(seed);
  return (below) => word() % below;
}

/**
 * Cuts, fills in, takes out, writes over or flips a few bytes somewhere.
 *
 * @param telling - bytes that mean something to the format; they come up more often than others
 */
export function mutate(
  bytes: Uint8Array,
  pick: (below: number) => number,
  telling: Uint8Array = TELLING,
): Damaged {
  const from = pick(bytes.length);
  const length = 1 + pick(6);
  const some = Buffer.from(
    Array.from({ length }, () =>
      pick(2) === 0 ? pick(256) : (telling[pick(telling.length)] ?? 0),
    ),
  );
  const [before, after] = [bytes.subarray(0, from), bytes.subarray(from)];
  const to = from + length;
  switch (pick(5)) {
    case 0:
      return { bytes: Buffer.from(before), from, to: bytes.length };
    case 1:
      return { bytes: Buffer.concat([before, some, after]), from, to: from };
    case 2:
      return { bytes: Buffer.concat([before, after.subarray(length)]), from, to };
    case 3:
      return { bytes: Buffer.concat([before, some, after.subarray(length)]), from, to };
    default: {
      const flipped = Buffer.from(bytes);
      flipped[from] = (flipped[from] ?? 0) ^ (1 << pick(8));
      return { bytes: flipped, from, to: from + 1 };
    }
  }
}
