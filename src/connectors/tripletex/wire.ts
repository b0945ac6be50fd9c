/**
 * Shapes as Tripletex sends and takes them: their names, only what we use. Fields may be missing
 * or null, and numbers come as numbers or as text: the readers take both.
 *
 * @see the vendor's OpenAPI description 2.74.00, held by openapi.test.ts
 */

/** Any JSON object. */
export type WireObject = Readonly<Record<string, unknown>>;

/** An error answer: words come in the language of the employee, so nothing goes by them. */
export type WireError = {
  readonly code: number;
  readonly message: string;
  readonly problems: readonly { readonly field: string; readonly message: string }[];
};

export function isRecord(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field as text; empty when it is missing or null. */
export function textOf(object: WireObject, field: string): string {
  const value = object[field];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A field that holds an object; empty when it is missing. */
export function objectOf(object: WireObject, field: string): WireObject {
  const value = object[field];
  return isRecord(value) ? value : {};
}

/** A field that holds a list of objects; empty when it is missing. */
export function listOf(object: WireObject, field: string): readonly WireObject[] {
  const value = object[field];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
