import type { ColumnType, Generated } from 'kysely';
import type { Id, JsonColumn, Time } from './columns.ts';

export type PersonRow = {
  id: string;
  name: string;
  email: string;
  email_verified: Generated<boolean>;
  image: string | null;
  created_at: Time;
  updated_at: Time;
  two_factor_enabled: Generated<boolean>;
};

export type PersonFactorRow = {
  id: string;
  person_id: string;
  secret: string;
  backup_codes: string;
  verified: Generated<boolean>;
  failed_verification_count: Generated<number>;
  locked_until: Date | null;
};

export type PersonPasskeyRow = {
  id: string;
  person_id: string;
  name: string | null;
  public_key: string;
  credential_id: string;
  counter: number;
  device_type: string;
  backed_up: boolean;
  transports: string | null;
  aaguid: string | null;
  created_at: Time;
};

export type InvitationRow = {
  id: Id;
  hash: string;
  email: string;
  company_id: string | null;
  role: 'owner' | 'bookkeeper' | 'approver' | 'reader' | 'integrator';
  made_by: string;
  made_at: Time;
  expires_at: Date;
  used_at: Date | null;
  withdrawn_at: Date | null;
};

export type ApiKeyRow = {
  id: Id;
  company_id: string | null;
  name: string;
  hash: string;
  created_at: Time;
  scopes: ColumnType<string[], string[] | undefined, string[]>;
  prefix: string | null;
  made_by: string | null;
  expires_at: Date | null;
  last_used_at: Date | null;
  ended_at: Date | null;
};

export type ApiAnswerRow = {
  caller: string;
  key: string;
  company_id: string | null;
  request_hash: string;
  status: number | null;
  body: string | null;
  at: Time;
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
