import type { Json } from '../../../../lib/json.ts';

/** An object by WooCommerce's own field names, as it stands on the wire. */
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

/** A field as a number, also where the wire writes it as text; 0 when it is absent or no number. */
export function numberOf(fields: Fields, name: string): number {
  const value = fields[name];
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : 0;
}

/** A field as WordPress reads a boolean: `"true"`, `"1"` and 1 are true as well. */
export function flagOf(fields: Fields, name: string): boolean {
  const value = fields[name];
  return value === true || value === 'true' || value === '1' || value === 1;
}

export function has(fields: Fields, name: string): boolean {
  return fields[name] !== undefined;
}

/** The objects of a list field; none when it is absent. */
export function rowsOf(fields: Fields, name: string): Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** An object in a field; empty when it is absent. */
export function partOf(fields: Fields, name: string): Fields {
  const value = fields[name];
  return isFields(value) ? value : {};
}
