import { parseLocalDate } from '../../../../domain/date.ts';
import { entityOf, type Company } from '../company/company.ts';
import type { Choices } from '../choices.ts';
import type { FieldRule, Model } from './model.ts';
import { isFields, type Fields, type Value } from './record.ts';
import { refuse, refuseProblems, type Problem } from './refusals.ts';
import { MODELS } from './models/all.ts';

/** What of a body can be read, and how. */
export type Reading = {
  readonly company: Company;
  readonly choices: Choices;
  /** Fields in which whole objects may stand, to be made or changed along with the outer one. */
  readonly embeds?: readonly string[];
  /** Stands before the names of fields in problems: `orderLines`. */
  readonly within?: string;
  /** Fields that Tripletex sets by itself and yet are read here. */
  readonly also?: readonly string[];
};

/** An object as it was sent, with references turned into ids; what is embedded stands apart. */
export type ReadObject = {
  readonly fields: Fields;
  /** Objects by field, in order. */
  readonly embedded: Readonly<Record<string, readonly Fields[]>>;
  /** `version`, when it was sent. */
  readonly version: number | null;
  /** `id`, when it was sent. */
  readonly id: number | null;
};

/**
 * Reads an object by its model.
 *
 * @throws Refused with every field that does not exist or has a wrong type; for references to
 *   objects that are not there; and for kinds of object that the simulator does not keep
 */
export function readObject(model: Model, sent: Fields, reading: Reading): ReadObject {
  const problems: Problem[] = [];
  const fields: Record<string, Value> = {};
  const embedded: Record<string, readonly Fields[]> = {};
  for (const [name, value] of Object.entries(sent)) {
    const field = reading.within === undefined ? name : `${reading.within}.${name}`;
    const rule = model.fields.get(name);
    if (rule === undefined) {
      problems.push({ field, sentence: 'no-such-field' });
      continue;
    }
    if (OUTSIDE.has(name) || value === undefined) continue;
    if (rule.isReadOnly && reading.also?.includes(name) !== true) {
      if (reading.choices.readOnlyFields === 'refused')
        refuse('bad-request', `read only: ${field}`);
      continue;
    }
    const objects = reading.embeds?.includes(name) ? objectsIn(value) : null;
    if (objects !== null) {
      embedded[name] = objects;
      continue;
    }
    const read = readValue(rule, value, { company: reading.company, field });
    if (read === undefined) problems.push({ field, sentence: wrong(value) });
    else fields[name] = read;
  }
  refuseProblems(problems);
  return { fields, embedded, version: wholeIn(sent, 'version'), id: wholeIn(sent, 'id') };
}

const OUTSIDE: ReadonlySet<string> = new Set(['id', 'version', 'changes', 'url']);

function wrong(value: Value): Problem['sentence'] {
  return isFields(value) ? 'required' : 'wrong-type';
}

/** Null is kept as an empty list: nothing stands there. */
function objectsIn(value: Value): readonly Fields[] | null {
  if (value === null) return [];
  if (Array.isArray(value)) return value.every(isFields) ? value : null;
  return isFields(value) ? [value] : null;
}

type Place = { readonly company: Company; readonly field: string };

/** @returns undefined when the value cannot stand in such a field */
function readValue({ kind }: FieldRule, value: Value, place: Place): Value | undefined {
  if (value === null) return null;
  switch (kind.kind) {
    case 'text':
      return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
    case 'date':
      return typeof value === 'string' && parseLocalDate(value) !== null ? value : undefined;
    case 'whole':
      return Number.isSafeInteger(numeric(value)) ? numeric(value) : undefined;
    case 'number':
      return Number.isFinite(numeric(value)) ? numeric(value) : undefined;
    case 'flag':
      return typeof value === 'boolean' ? value : undefined;
    case 'choice':
      return typeof value === 'string' && kind.of.includes(value) ? value : undefined;
    case 'texts':
      return Array.isArray(value) && value.every((one) => typeof one === 'string')
        ? value
        : undefined;
    case 'one':
      return readReference(kind.model, value, place);
    case 'many':
      return readReferences(kind.model, value, place);
    case 'raw':
      return value;
  }
}

/** Numbers are also read from text, as Jackson does. */
function numeric(value: Value): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
}

function readReferences(model: string, value: Value, place: Place): Value | undefined {
  if (!Array.isArray(value)) return undefined;
  const ids = value.map((one: Value) => readReference(model, one, place));
  return ids.every((id) => typeof id === 'number') ? ids : undefined;
}

/** Objects are referred to by `id` alone: neither number nor name leads to one. */
function readReference(model: string, value: Value, place: Place): Value | undefined {
  if (!isFields(value)) return undefined;
  if (!MODELS.has(model)) {
    refuse('not-simulated', `The simulator does not keep ${place.field}`);
  }
  const id = wholeIn(value, 'id');
  if (id === null) return undefined;
  return entityOf(place.company, model, id) === null ? refuse('no-object') : id;
}

export function wholeIn(fields: Fields, name: string): number | null {
  const value = fields[name];
  const number = value === undefined ? Number.NaN : numeric(value);
  return Number.isSafeInteger(number) ? number : null;
}
