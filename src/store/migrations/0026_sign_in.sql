-- More ways to sign in, people by invitation, keys of programs, and answers that are kept.

alter table person add column two_factor_enabled boolean not null default false;

-- Kept by better-auth, as the tables of people are. Secret and codes are encrypted by it.
create table person_factor (
  id text primary key,
  person_id text not null unique references person (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);

create table person_passkey (
  id text primary key,
  person_id text not null references person (id) on delete cascade,
  name text,
  public_key text not null,
  credential_id text not null unique,
  counter integer not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz not null default now()
);
create index person_passkey_by_person on person_passkey (person_id);

-- A link by which somebody becomes a person here. Only the hash of what stands in it is kept.
create table invitation (
  id bigint generated always as identity primary key,
  hash text not null unique,
  email text not null,
  company_id bigint references company (id),  -- null: every company of the firm
  role text not null check (role in ('owner', 'bookkeeper', 'approver', 'reader', 'integrator')),
  made_by text not null,
  made_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  withdrawn_at timestamptz
);

-- Keys of programs: what they may do in the API stands among the scopes they had before.
alter table api_key
  add column prefix text,  -- what one knows it by; null of keys made before
  add column made_by text,
  add column expires_at timestamptz,
  add column last_used_at timestamptz,
  add column ended_at timestamptz;

-- What was answered to an act that came with a key of its own: the same again is not done twice.
create table api_answer (
  caller text not null,
  key text not null,
  company_id bigint references company (id),
  request_hash text not null,
  status integer,  -- null: it is being done
  body text,
  at timestamptz not null default now(),
  primary key (caller, key)
);
create index api_answer_old on api_answer (at);
