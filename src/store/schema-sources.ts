import type { Generated } from 'kysely';
import type { JsonOrNull } from './columns.ts';

export type SourceLookRow = {
  connection_id: string;
  company_id: string;
  due_at: Date;
  settings: JsonOrNull;
};

export type SourceChangeRow = {
  id: Generated<string>;
  company_id: string;
  connection_id: string;
  setting: string;
  was: string;
  is_now: string;
  seen_at: Date;
};
