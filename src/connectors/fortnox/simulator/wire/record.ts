import type { Json } from '../../../../lib/json.ts';

/** An object by Fortnox's own field names, as it stands on the wire. */
export type Fields = { [name: string]: Json | undefined };

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field as text; empty when it is absent or null. */
export function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A field as a number, also where the wire writes it as text; 0 when it is absent or null. */
export function numberOf(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' ? Number(value) : 0;
}

export function isSet(fields: Fields, name: string): boolean {
  const value = fields[name];
  return value !== undefined && value !== null && value !== '';
}

/** The objects of a list field; none when it is absent. */
export function rowsOf(fields: Fields, name: string): Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** The named fields of an object, null where it has none. */
export function pick(fields: Fields, names: readonly string[]): Fields {
  const picked: Fields = {};
  for (const name of names) picked[name] = fields[name] ?? null;
  return picked;
}
