import type { Fields, Value } from '../wire/record.ts';

/** One kept object. A reference to another is that one's id; several are a list of ids. */
export type Entity = {
  readonly id: number;
  readonly model: string;
  /** Grows with every change; a write that names another is refused. */
  version: number;
  /** By Tripletex's own names. */
  fields: Fields;
  readonly createdAtMs: number;
  readonly changes: Change[];
};

export type Change = {
  readonly employeeId: number;
  readonly timestamp: string;
  readonly changeType: 'CREATE' | 'UPDATE';
};

/** The objects of one kind, by id, in the order they were made. */
export type Shelf = Map<number, Entity>;

/** The id a field points at. @returns null when it points at nothing */
export function idIn(fields: Fields, name: string): number | null {
  const value = fields[name];
  return typeof value === 'number' ? value : null;
}

/** The ids a field points at. */
export function idsIn(fields: Fields, name: string): number[] {
  const value = fields[name];
  return Array.isArray(value)
    ? value.filter((one: Value): one is number => typeof one === 'number')
    : [];
}
