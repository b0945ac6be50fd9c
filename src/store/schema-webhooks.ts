import type { Generated } from 'kysely';
import type { Id, JsonColumn, Time } from './columns.ts';

export type WebhookRow = {
  id: Id;
  company_id: string;
  url: string;
  events: string[];
  secrets: Buffer | null;
  rotated_at: Date | null;
  made_by: string;
  created_at: Time;
  failing_since: Date | null;
  off_at: Date | null;
  off_why: 'failing' | 'gone' | 'person' | null;
  ended_at: Date | null;
};

export type WebhookMessageRow = {
  id: Id;
  company_id: string;
  webhook_id: string;
  key: Generated<string>;
  event: string;
  about: JsonColumn;
  at: Time;
  state: Generated<'waiting' | 'done' | 'failed'>;
  due_at: Time;
  attempts: Generated<number>;
  tried_at: Date | null;
  status: number | null;
  trouble: string | null;
};
