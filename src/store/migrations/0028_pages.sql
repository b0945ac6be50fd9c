-- What the pages let people do besides the command line.

-- A person may let a connection rest: nothing is fetched from it, nothing is sent to it.
alter table connection drop constraint connection_state_check;
alter table connection add constraint connection_state_check
  check (state in ('ready', 'reconnect', 'setup', 'paused'));

-- The page that a person is sent back to when they have given consent; null: a plain answer.
alter table consent add column return_to text;

-- Above this amount (minor units) two people must let a document go; null: one is enough.
alter table flow add column four_eyes_minor bigint;

-- The first of two people has let a document go, so decided. Gone when the second has.
create table approval (
  delivery_id bigint primary key references delivery on delete cascade,
  company_id  bigint not null references company,
  decision    jsonb not null,                   -- as it is stored in `decision`; json null: plainly
  by_whom     text not null,
  at          timestamptz not null default now()
);

-- The rules of a flow as they have been, each from its moment on: bokföringslagen asks for a
-- description of how the books came to be, also after the rules have changed. Only added to.
create table flow_version (
  id              bigint generated always as identity primary key,
  company_id      bigint not null references company,
  flow_id         bigint not null references flow,
  at              timestamptz not null default now(),
  mode            text not null,
  choices         jsonb not null,
  start_date      date,
  four_eyes_minor bigint
);
create index flow_version_of on flow_version (flow_id, id);

create function note_flow_version() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or (old.mode, old.choices, old.start_date, old.four_eyes_minor)
       is distinct from (new.mode, new.choices, new.start_date, new.four_eyes_minor) then
    insert into flow_version (company_id, flow_id, mode, choices, start_date, four_eyes_minor)
    values (new.company_id, new.id, new.mode, new.choices, new.start_date, new.four_eyes_minor);
  end if;
  return null;
end $$;

create trigger note_version after insert or update on flow
  for each row execute function note_flow_version();

insert into flow_version (company_id, flow_id, mode, choices, start_date)
select company_id, id, mode, choices, start_date from flow order by id;

-- A company of the demo: its systems are simulated within the hub. Ended: nobody sees it any more.
alter table company add column is_demo boolean not null default false;
alter table company add column ended_at timestamptz;
