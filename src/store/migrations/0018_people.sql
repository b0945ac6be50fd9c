-- Who may do what on the web, and what everybody has done.

-- The first four are kept by better-auth, which is given these names (src/web/auth/accounts.ts).
create table person (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table person_session (
  id text primary key,
  person_id text not null references person (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index person_session_by_person on person_session (person_id);

create table person_account (
  id text primary key,
  person_id text not null references person (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  password text,  -- a slow hash, never the password
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index person_account_by_person on person_account (person_id);

create table person_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index person_verification_by_identifier on person_verification (identifier);

-- What a person may do, in one company or in every one of the firm.
create table membership (
  id bigint generated always as identity primary key,
  person_id text not null references person (id) on delete cascade,
  company_id bigint references company (id),  -- null: every company, also those to come
  role text not null check (role in ('owner', 'bookkeeper', 'approver', 'reader', 'integrator')),
  created_at timestamptz not null default now(),
  unique nulls not distinct (person_id, company_id)
);

-- What was done, by whom. A row is never changed or taken away: each holds the hash of the one
-- before it, so that a change in the middle shows (src/store/audit.ts).
create table audit (
  id bigint primary key,  -- without gaps
  at timestamptz not null,
  by_whom text not null,
  company_id bigint references company (id),  -- null: of the whole hub
  act text not null,
  about jsonb not null,
  hash bytea not null
);
create index audit_by_company on audit (company_id, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are only added', tg_table_name;
end $$;
create trigger audit_only_added before update or delete or truncate on audit
  for each statement execute function refuse_change();

-- The hash of a row: over the hash before it and everything in the row, each part with its length,
-- so that no two rows are the same text.
create function audit_hash(before bytea, a audit) returns bytea language sql stable as $$
  select sha256(before || convert_to(string_agg(length(part) || ':' || part, '' order by n), 'UTF8'))
    from unnest(array[
           a.id::text, floor(extract(epoch from a.at) * 1000000)::bigint::text, a.by_whom,
           coalesce(a.company_id::text, ''), a.act, a.about::text
         ]) with ordinality as parts(part, n)
$$;

-- Rows are added one after the other: the lock is kept until the act itself is on disk.
create function add_audit(by_whom text, company bigint, act text, about jsonb) returns bigint
language plpgsql as $$
declare
  latest audit;
  fresh  audit;
begin
  perform pg_advisory_xact_lock(hashtext('audit'));
  select * into latest from audit order by id desc limit 1;
  fresh.id := coalesce(latest.id, 0) + 1;
  fresh.at := clock_timestamp();
  fresh.by_whom := by_whom;
  fresh.company_id := company;
  fresh.act := act;
  fresh.about := about;
  fresh.hash := audit_hash(coalesce(latest.hash, ''::bytea), fresh);
  insert into audit select fresh.*;
  return fresh.id;
end $$;
