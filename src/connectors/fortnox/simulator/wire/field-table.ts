import { assert, present } from '../../../../lib/assert.ts';

/** What a field takes and how it is kept. */
export type FieldType =
  | 'text'
  | 'integer'
  | 'number'
  /** A number kept with two decimals. */
  | 'amount'
  /** A number with two decimals that the wire writes as text. */
  | 'amount-text'
  | 'boolean'
  | 'date'
  /** An account number; whether it exists is asked with the other references. */
  | 'account'
  | 'choice'
  | 'rows'
  | 'object';

export type Field = {
  readonly name: string;
  readonly type: FieldType;
  /** Length of a text, or size of a number. */
  readonly min: number;
  readonly max: number;
  readonly choices: ReadonlySet<string>;
  /** The fields of `rows` and `object`. */
  readonly table: FieldTable | null;
  readonly isRequired: boolean;
  /** Set by Fortnox and never by a client. */
  readonly isReadOnly: boolean;
};

export type FieldTable = ReadonlyMap<string, Field>;

const LETTERS: Readonly<Record<string, FieldType>> = {
  t: 'text',
  i: 'integer',
  n: 'number',
  m: 'amount',
  q: 'amount-text',
  b: 'boolean',
  d: 'date',
  a: 'account',
};

/** A letter with a size, choices, a list, or an object. */
const TYPE =
  '(?<letter>[tinmqbda])(?<size>[\\d.]*)(?<exact>=?)' +
  '|\\((?<choices>[^)]+)\\)' +
  '|\\[(?<rows>\\w+)\\]' +
  '|\\{(?<object>\\w+)\\}';

const FORM = new RegExp(`^(?<name>\\w+):(?:${TYPE})(?<marks>[*~]*)$`);

/**
 * Reads a table of fields. Each field is `Name:type`, where the type is
 *
 * - `t` text, `t50` at most 50 long, `t4=` exactly 4 long
 * - `i` integer, `i0..999` within limits, `n` number
 * - `m` number of two decimals, `q` the same written as text
 * - `b` boolean, `d` date, `a` account number, `(A|B)` one of
 * - `[Rows]` list of objects, `{Object}` one, by a name in `inner`
 *
 * followed by `*` when it must be sent and `~` when only Fortnox sets it.
 */
export function fieldTable(
  text: string,
  inner: Readonly<Record<string, FieldTable>> = {},
): FieldTable {
  const fields = text.split(/\s+/).filter((word) => word !== '');
  return new Map(fields.map((word) => readField(word, inner)).map((field) => [field.name, field]));
}

function readField(word: string, inner: Readonly<Record<string, FieldTable>>): Field {
  const parts = present(FORM.exec(word)?.groups, `the form of the field ${word}`);
  const nested = parts['rows'] ?? parts['object'];
  const table = nested === undefined ? null : present(inner[nested], `the table ${nested}`);
  const { min, max } = readSize(parts['size'] ?? '', parts['exact'] === '=');
  const marks = parts['marks'] ?? '';
  return {
    name: present(parts['name'], 'the name of a field'),
    type: typeOf(parts),
    min,
    max,
    choices: new Set(parts['choices']?.split('|')),
    table,
    isRequired: marks.includes('*'),
    isReadOnly: marks.includes('~'),
  };
}

function typeOf(parts: Readonly<Record<string, string | undefined>>): FieldType {
  if (parts['choices'] !== undefined) return 'choice';
  if (parts['rows'] !== undefined) return 'rows';
  if (parts['object'] !== undefined) return 'object';
  return present(LETTERS[parts['letter'] ?? ''], 'a letter for the type');
}

function readSize(size: string, isExact: boolean): { min: number; max: number } {
  if (size === '') return { min: -Infinity, max: Infinity };
  const [first = '', second] = size.split('..');
  const max = Number(second ?? first);
  assert(Number.isSafeInteger(max), `the size ${size} is a number`);
  if (second !== undefined) return { min: Number(first), max };
  return { min: isExact ? max : -Infinity, max };
}

/** The fields a client may write, in the order of the table. */
export function namesOf(table: FieldTable): string[] {
  return [...table.keys()];
}
