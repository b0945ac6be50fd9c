import type { Generated } from 'kysely';
import type { Id, JsonColumn, JsonOrNull, Time } from './columns.ts';

/** A place that files are fetched from, or a feed. */
export type PickupRow = {
  id: Id;
  name: string;
  kind: 'sftp' | 'mail' | 'feed';
  company_id: string | null;
  connection_id: string | null;
  settings: JsonColumn;
  secrets: Buffer | null;
  every_seconds: number;
  due_at: Time;
  held_by: string | null;
  held_until: Date | null;
  failures: Generated<number>;
  trouble: JsonOrNull;
  note: JsonOrNull;
  looked_at: Date | null;
  ended_at: Date | null;
  created_at: Time;
  cursor: JsonOrNull;
  nudged: Generated<boolean>;
  sweep: JsonOrNull;
  swept_at: Date | null;
};

/** An object that a message has named since the latest look. */
export type NudgeRow = { pickup_id: string; object: string; stamp: Generated<number> };

/** Where a system sends messages of changes. */
export type HookRow = {
  connection_id: string;
  company_id: string;
  token_sha256: string;
  secrets: Buffer;
  heard: Generated<string>;
  forged: Generated<string>;
  heard_at: Date | null;
  checked_at: Date | null;
  forged_then: Generated<string>;
  trouble: JsonOrNull;
  mended: JsonOrNull;
  created_at: Time;
};

/** Something found at such a place. */
export type FetchedRow = {
  id: Id;
  pickup_id: string;
  place: string;
  state: 'open' | 'kept' | 'gone' | 'left' | 'passed';
  message_id: string | null;
  sender: string | null;
  subject: string | null;
  reason: JsonOrNull;
  ask_at: Date | null;
  noted_at: Time;
};

/** A file of something found there. */
export type FetchedPartRow = {
  fetched_id: string;
  part: number;
  name: string;
  sha256: string | null;
  file_id: string | null;
  reason: JsonOrNull;
};
