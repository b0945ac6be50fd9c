import type { ColumnType, Generated } from 'kysely';
import type { Json } from '../lib/json.ts';

/** `bigint` comes back as text, and is kept as text: ids are never calculated with. */
export type Id = Generated<string>;
export type Time = ColumnType<Date, Date | undefined, Date>;
/** JSON goes in as text (see `encodeJson`) and comes back parsed. */
export type JsonColumn = ColumnType<Json, string, string>;
export type JsonDefault = ColumnType<Json, string | undefined, string>;
