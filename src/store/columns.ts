import type { ColumnType, Generated } from 'kysely';
import type { Json } from '../lib/json.ts';

/** `bigint` comes back as text, and is kept as text: ids are never calculated with. */
export type Id = Generated<string>;
/** Comes back as a `Date`. */
export type Time = ColumnType<Date, Date | undefined, Date>;
/** JSON goes in as text (see `encodeJson`) and comes back parsed. */
export type JsonColumn = ColumnType<Json, string, string>;
/** The same, with a default in the database. */
export type JsonDefault = ColumnType<Json, string | undefined, string>;

/** The same, where there may be none. */
export type JsonOrNull = ColumnType<Json | null, string | null, string | null>;
