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

/** The same numbers each time, from 0 up to but not including `below` (mulberry32). */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
