import type { Generated } from 'kysely';
import type { Id, JsonColumn, Time } from './columns.ts';

export type PersonRow = {
  id: string;
  name: string;
  email: string;
  email_verified: Generated<boolean>;
  image: string | null;
  created_at: Time;
  updated_at: Time;
};

export type PersonSessionRow = {
  id: string;
  person_id: string;
  token: string;
  expires_at: Date;
  ip_address: string | null;
  user_agent: string | null;
  created_at: Time;
  updated_at: Time;
};

export type PersonAccountRow = {
  id: string;
  person_id: string;
  account_id: string;
  provider_id: string;
  password: string | null;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: Date | null;
  refresh_token_expires_at: Date | null;
  scope: string | null;
  created_at: Time;
  updated_at: Time;
};

export type PersonVerificationRow = {
  id: string;
  identifier: string;
  value: string;
  expires_at: Date;
  created_at: Time;
  updated_at: Time;
};

export type MembershipRow = {
  id: Id;
  person_id: string;
  company_id: string | null;
  role: 'owner' | 'bookkeeper' | 'approver' | 'reader' | 'integrator';
  created_at: Time;
};

export type AuditRow = {
  id: string;
  at: Date;
  by_whom: string;
  company_id: string | null;
  act: string;
  about: JsonColumn;
  hash: Buffer;
};
