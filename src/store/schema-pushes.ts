import type { Generated } from 'kysely';
import type { Time } from './columns.ts';

/** What systems have pushed. */
export type PushRow = {
  connection_id: string;
  key: string;
  content_hash: string;
  document_key: string;
  external_id: Generated<string>;
  received_at: Time;
};

/** Dropped files that are answered. */
export type DropResultRow = {
  file_id: string;
  company_id: string;
  connection_id: string;
  folder: string;
  name: string;
  written: string | null;
  is_final: Generated<boolean>;
  taken_at: Time;
};
