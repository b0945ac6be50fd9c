/** A value as it stands in JSON on the wire. */
export type Value = string | number | boolean | null | readonly Value[] | Fields;

/** An object by Tripletex's own field names. */
export type Fields = { readonly [name: string]: Value | undefined };

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field as text; empty when it is absent, null or no text. */
export function textOf(fields: Fields, name: string): string {
  return textIn(fields[name]);
}

/** A plain value as text; empty when it is null, a list or an object. */
export function textIn(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A field as a number; 0 when it is absent, null or no number. */
export function numberOf(fields: Fields, name: string): number {
  const value = fields[name];
  return typeof value === 'number' ? value : 0;
}

/** Absent and null are the same to Tripletex, as is an empty text. */
export function isSet(fields: Fields, name: string): boolean {
  const value = fields[name];
  return value !== undefined && value !== null && value !== '';
}

/** The objects of a list field; none when it is absent. */
export function rowsOf(fields: Fields, name: string): Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** An object in a field; empty when there is none. */
export function objectOf(fields: Fields, name: string): Fields {
  const value = fields[name];
  return isFields(value) ? value : {};
}
