-- A shop's own settings as they were read last, and what has changed of them since it is known.
create table source_look (
  connection_id bigint primary key references connection,
  company_id    bigint not null references company,
  due_at        timestamptz not null,
  settings      jsonb                          -- null: never read
);

create table source_change (
  id            bigint generated always as identity primary key,
  company_id    bigint not null references company,
  connection_id bigint not null references connection,
  setting       text not null,                 -- see ports/source-settings.ts
  was           text not null,
  is_now        text not null,
  seen_at       timestamptz not null
);

create index source_change_of on source_change (connection_id, seen_at);
