import { jsonIn } from './json.ts';

/** Any JSON object, as it came from outside. */
export type WireObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object: no list, and not null. */
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

/** The object that bytes from outside say; empty when they say none: then no field is found. */
export function objectIn(bytes: Uint8Array): WireObject {
  const value = jsonIn(Buffer.from(bytes).toString('utf8'));
  return isRecord(value) ? value : {};
}
