-- What a sender calls what it has pushed: told again at the address that a 202 names.
alter table push add column external_id text not null default '';

-- Dropped files that are answered by a file of results beside them.
create table drop_result (
  file_id bigint primary key references received_file (id),
  company_id bigint not null references company (id),
  connection_id bigint not null references connection (id),
  folder text not null,         -- that it was dropped in
  name text not null,           -- as it was dropped
  written text,                 -- hash of the results as they were written last; null: not yet
  is_final boolean not null default false,
  taken_at timestamptz not null default now()
);
create index drop_result_open on drop_result (file_id) where not is_final;
