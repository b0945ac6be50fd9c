-- What the hub does by itself at times of a company's day.
create table schedule (
  id          bigint generated always as identity primary key,
  company_id  bigint not null references company,
  act         text not null check (act in ('missing', 'reconcile')),
  flow_id     bigint references flow,          -- whose; null: of the whole company
  days_back   integer not null check (days_back > 0),  -- days that a run looks at, up to yesterday
  times       text[] not null,                 -- in the company's own time: 07:00
  days        text[] not null,                 -- mon … sun, 1 … 31; empty: every day
  due_at      timestamptz not null,            -- when the next run is due; missed ones are one
  failures    integer not null default 0,      -- runs that failed since the last that did not
  check ((flow_id is null) = (act = 'missing')),
  unique nulls not distinct (company_id, act, flow_id)
);

create index schedule_due on schedule (due_at);

-- What runs came to. One that was cut short has no end until the next one begins.
create table schedule_run (
  id          bigint generated always as identity primary key,
  company_id  bigint not null references company,
  schedule_id bigint not null references schedule on delete cascade,
  due_at      timestamptz not null,
  begun_at    timestamptz not null,
  ended_at    timestamptz,
  outcome     text check (outcome in ('clean', 'found', 'failed', 'interrupted')),
  result      jsonb not null default '{}'
);

create index schedule_run_latest on schedule_run (schedule_id, id);

-- A bookkeeper expects to be told in the morning what did not come the day before.
insert into schedule (company_id, act, days_back, times, days, due_at)
select c.id, 'missing', 31, '{07:00}', '{}',
       ((now() at time zone c.time_zone)::date + 1 + time '07:00') at time zone c.time_zone
  from company c
 where exists (select from flow f where f.company_id = c.id);

-- What should have come and has not: told once, closed by itself when it comes.
create table finding (
  id           bigint generated always as identity primary key,
  company_id   bigint not null references company,
  key          text not null,
  day          date not null,                  -- of a gap: that of the report after it
  about        jsonb not null,                 -- see domain/document/finding.ts
  found_at     timestamptz not null,
  closed_at    timestamptz,                    -- it has come
  dismissed_at timestamptz,                    -- a person said that it never will
  dismissed_by text,
  reason       text,
  unique (company_id, key)
);

create index finding_open on finding (company_id, day)
  where closed_at is null and dismissed_at is null;

-- Days on which no report is expected: the calendar of a company, a store or one till.
create table closed_days (
  id          bigint generated always as identity primary key,
  company_id  bigint not null references company,
  store       text,                            -- null: every store
  register    text,                            -- null: every till
  from_day    date not null,
  to_day      date,                            -- null: from then on
  weekdays    text[] not null,                 -- mon … sun; empty: every day of them
  reason      text not null,
  by_whom     text not null,
  made_at     timestamptz not null default now()
);

create index closed_days_of on closed_days (company_id);

-- What customers owe, as made last, for tills that fetch it. Made again on time and on change.
create table balance_snapshot (
  flow_id    bigint primary key references flow,
  times      text[] not null,                  -- of the company's day
  made_at    timestamptz,                      -- null: not yet
  as_of      text,                             -- with its offset: 2026-05-03T04:00:00+02:00
  name       text,
  media_type text,
  bytes      bytea
);

-- What a key opens: sending files, or reading what customers owe; or, of no company, the inbox.
alter table api_key
  add column scopes text[] not null default '{files}',
  alter column company_id drop not null,
  add check ((company_id is null) = (scopes = '{inbox}')),
  add unique nulls not distinct (company_id, name),
  drop constraint api_key_company_id_name_key;

-- A person said of a file that could not be read, or of its unreadable parts, that nothing is lost.
alter table received_file add column set_aside_by text, add column set_aside_why text;
