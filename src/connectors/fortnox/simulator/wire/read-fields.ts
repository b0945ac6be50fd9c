import type { Json } from '../../../../lib/json.ts';
import { parseLocalDate } from '../../../../domain/date.ts';
import type { Choices } from '../choices.ts';
import { twoDecimals } from './amounts.ts';
import type { Field, FieldTable } from './field-table.ts';
import { isFields, type Fields } from './record.ts';
import { refuse, type RefusalName } from './refusals.ts';

/** Sent instead of a value, it empties the field, whatever its type. */
const BLANK = 'API_BLANK';

/** Lists of a body: more is a mistake of the client, or an attack. */
const ROWS_MAX = 1_000;

/** A stock of -1e14 was recorded to be taken; beyond that sums would no longer be exact. */
const NUMBER_MAX = 1e14;

/** Days that documents can be dated: a due date must still be a day. */
const FIRST_DAY = '1900-01-01';
const LAST_DAY = '2199-12-31';

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** Fortnox's own rule for what may stand in a text. */
const TEXT = /^[\p{L}’\\\u0308\u030a0-9 –:.`´,;^¤#%§£$€¢¥©™°&/()=+\-*_!?²³®½@\u00a0\n\r]*$/u;

/**
 * The order in which a whole body is looked through: names, types, lengths, characters, and last
 * what is not there. Only the first mistake is told.
 */
const RANKS = {
  'unknown-field': 1,
  'read-only-field': 1,
  'not-alphanumeric': 2,
  'not-numeric': 2,
  'not-boolean': 2,
  'bad-date': 2,
  'bad-value': 2,
  'too-long': 3,
  'too-short': 3,
  'out-of-range': 3,
  'too-many-rows': 3,
  'bad-characters': 4,
  'read-as-null': 4,
  'required-field': 5,
} as const satisfies Partial<Record<RefusalName, number>>;

type MistakeName = keyof typeof RANKS;

type Mistake = { readonly refusal: MistakeName; readonly about: string };

type Reading = {
  readonly choices: Choices;
  /** True when an object is made: then what must be sent must be there. */
  readonly isNew: boolean;
  first: Mistake | null;
};

/**
 * The sent fields of an object, in the types they are kept in.
 *
 * A property that is absent, `""` or (by choice) null was not sent. One that was blanked is null.
 *
 * @throws Refused for the first mistake, in the order names, types, lengths, characters, required
 */
export function readFields(
  table: FieldTable,
  sent: Fields,
  rules: { readonly choices: Choices; readonly isNew: boolean },
): Fields {
  const reading: Reading = { ...rules, first: null };
  const fields = readObject(table, sent, reading);
  if (reading.first) refuse(reading.first.refusal, reading.first.about);
  return fields;
}

function readObject(table: FieldTable, sent: Fields, reading: Reading): Fields {
  const fields: Fields = {};
  for (const name in sent) {
    const field = table.get(name);
    if (field === undefined) {
      // Clients send back what they read, and the addresses stand in it.
      if (!name.startsWith('@')) note(reading, 'unknown-field', name);
    } else if (field.isReadOnly) {
      const isRefused = reading.choices.readOnlyFields === 'refused';
      if (isRefused) note(reading, 'read-only-field', name);
    } else {
      const value = readSent(field, sent[name], reading);
      if (value !== undefined) fields[name] = value;
    }
  }
  if (reading.isNew) requireFields(table, fields, reading);
  return fields;
}

function requireFields(table: FieldTable, fields: Fields, reading: Reading): void {
  for (const field of table.values()) {
    const isMissing = field.isRequired && (fields[field.name] ?? null) === null;
    if (isMissing) note(reading, 'required-field', field.name);
  }
}

/** @returns undefined for what counts as not sent, null for what is blanked */
function readSent(field: Field, value: Json | undefined, reading: Reading): Json | undefined {
  if (value === BLANK) return null;
  if (value === null || value === undefined) {
    return reading.choices.nullInPut === 'clears' && !reading.isNew && value === null
      ? null
      : undefined;
  }
  if (value === '') {
    const isRefused =
      field.name === 'OrganisationNumber' && reading.choices.emptyOrganisationNumber === 'refused';
    if (isRefused) note(reading, 'read-as-null', field.name);
    return undefined;
  }
  return readValue(field, value, reading);
}

function readValue(field: Field, value: Json, reading: Reading): Json | undefined {
  switch (field.type) {
    case 'text':
      return readText(field, value, reading);
    case 'integer':
    case 'account':
    case 'number':
    case 'amount':
    case 'amount-text':
      return readNumber(field, value, reading);
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      return note(reading, 'not-boolean', field.name);
    case 'date':
      if (typeof value === 'string' && isDay(value)) return value;
      return note(reading, 'bad-date', field.name);
    case 'choice':
      if (typeof value === 'string' && field.choices.has(value)) return value;
      return note(reading, 'bad-value', field.name);
    case 'rows':
      return readRows(field, value, reading);
    case 'object':
      if (isFields(value) && field.table) return readObject(field.table, value, reading);
      return note(reading, 'bad-value', field.name);
  }
}

function isDay(text: string): boolean {
  return parseLocalDate(text) !== null && text >= FIRST_DAY && text <= LAST_DAY;
}

function readText(field: Field, value: Json, reading: Reading): string | undefined {
  if (typeof value === 'object') return note(reading, 'not-alphanumeric', field.name);
  const text = String(value);
  if (text.length > field.max) return note(reading, 'too-long', field.name);
  if (text.length < field.min) return note(reading, 'too-short', field.name);
  if (!TEXT.test(text)) return note(reading, 'bad-characters', field.name);
  return text;
}

function readNumber(field: Field, value: Json, reading: Reading): Json | undefined {
  const isText = typeof value === 'string' && DECIMAL.test(value);
  const number = isText || typeof value === 'number' ? Number(value) : Number.NaN;
  if (!Number.isFinite(number)) return note(reading, 'not-numeric', field.name);
  const isWhole = field.type === 'integer' || field.type === 'account';
  if (isWhole && !Number.isInteger(number)) {
    return note(reading, 'not-numeric', field.name);
  }
  const isOutside = number < field.min || number > field.max || Math.abs(number) > NUMBER_MAX;
  if (isOutside) {
    return note(reading, 'out-of-range', field.name);
  }
  if (field.type === 'amount') return twoDecimals(number);
  return field.type === 'amount-text' ? String(twoDecimals(number)) : number;
}

function readRows(field: Field, value: Json, reading: Reading): Fields[] | undefined {
  const { table } = field;
  if (!Array.isArray(value) || !value.every(isFields) || !table) {
    return note(reading, 'bad-value', field.name);
  }
  if (value.length > ROWS_MAX) return note(reading, 'too-many-rows', field.name);
  return value.map((row) => readObject(table, row, reading));
}

function note(reading: Reading, refusal: MistakeName, about: string): undefined {
  const isFirst = reading.first === null || RANKS[refusal] < RANKS[reading.first.refusal];
  if (isFirst) reading.first = { refusal, about };
}
