import type { Json } from '../../../../lib/json.ts';

/** An object by Quickbutik's own field names, as it stands on the wire. */
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

/** A whole number, written as a number or as text. @returns null when it is neither */
export function wholeOf(fields: Fields, name: string): number | null {
  const text = textOf(fields, name).trim();
  return /^-?\d{1,15}$/.test(text) ? Number(text) : null;
}

/** Switches are documented as the texts "true" and "false". @returns null without one */
export function switchOf(fields: Fields, name: string): boolean | null {
  const text = textOf(fields, name).trim().toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
}

export function isGiven(fields: Fields, name: string): boolean {
  return fields[name] !== undefined && fields[name] !== null;
}

/** An object in a field; empty when it is absent. */
export function objectOf(fields: Fields, name: string): Fields {
  const value = fields[name];
  return isFields(value) ? value : {};
}

/** The objects of a list field; none when it is absent. */
export function rowsOf(fields: Fields, name: string): Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** The named texts of an object that it has; the others are left alone. */
export function textsIn<N extends string>(
  fields: Fields,
  names: readonly N[],
): Partial<Record<N, string>> {
  const found: Partial<Record<N, string>> = {};
  for (const name of names) if (isGiven(fields, name)) found[name] = textOf(fields, name);
  return found;
}
