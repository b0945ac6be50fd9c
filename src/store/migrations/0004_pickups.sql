-- Places elsewhere that files are fetched from: a folder on an SFTP server, a folder of a mailbox.

create table pickup (
  id            bigint generated always as identity primary key,
  name          text not null,
  kind          text not null check (kind in ('sftp', 'mail')),
  company_id    bigint references company,     -- null: files of every company
  connection_id bigint references connection,  -- whose the files are; null: seen by their store
  settings      jsonb not null,
  secrets       bytea,                         -- encrypted, see secret-box.ts; null: it has ended
  every_seconds integer not null check (every_seconds > 0),
  due_at        timestamptz not null default now(),
  held_by       text,                          -- the process that looks into it just now
  held_until    timestamptz,                   -- after this another one may: the holder has died
  failures      integer not null default 0,    -- looks in a row that did not go well
  trouble       jsonb,                         -- why the latest did not; null: it went well
  note          jsonb,                         -- something to know of that stops nothing
  looked_at     timestamptz,                   -- the latest look that went well
  ended_at      timestamptz,                   -- kept when it ends: it tells where files came from
  created_at    timestamptz not null default now(),
  check ((company_id is null) = (connection_id is null)),
  check (secrets is not null or ended_at is not null)
);

create unique index pickup_name on pickup (name) where ended_at is null;
create index pickup_due on pickup (due_at) where ended_at is null;

-- A file or a mail that was found there, and what has become of it:
--   open     something in it is not kept yet, as a file of a store that nobody has connected
--   kept     everything in it is kept; it is to be moved aside
--   gone     it does not stand there any more: moved aside, or taken away by others
--   left     it is kept, and stays where it is
--   passed   it was not taken, and stays where it is: a person looks
create table fetched (
  id          bigint generated always as identity primary key,
  pickup_id   bigint not null references pickup,
  place       text not null,                   -- path, size and time of a file; UIDVALIDITY and UID
  state       text not null check (state in ('open', 'kept', 'gone', 'left', 'passed')),
  message_id  text,                            -- of a mail, as its sender made it
  sender      text,
  subject     text,
  reason      jsonb,                           -- why it is open or was passed
  ask_at      timestamptz,                     -- when it is looked at again while it is open
  noted_at    timestamptz not null default now()
);

-- The same place may come again once what stood there is gone: it is another file then.
create unique index fetched_place on fetched (pickup_id, place) where state <> 'gone';
create index fetched_message on fetched (pickup_id, message_id) where message_id is not null;
create index fetched_waiting on fetched (pickup_id, state) where state in ('open', 'passed');

-- One file in it, in the order in which they stand there. A mail has as many as it has attachments.
create table fetched_part (
  fetched_id  bigint not null references fetched,
  part        integer not null,
  name        text not null,
  sha256      text,                            -- null unless it is kept
  file_id     bigint references received_file,
  reason      jsonb,                           -- why it was not taken; null: it is kept
  primary key (fetched_id, part)
);

create index fetched_part_by_file on fetched_part (file_id) where file_id is not null;

alter table received_file drop constraint received_file_via_check;
alter table received_file add check (via in ('command', 'upload', 'folder', 'sftp', 'mail'));

-- The balances of customers may be put on an SFTP server: `folder` is a path there then.
alter table balance_return add column pickup_id bigint references pickup;
alter table balance_return add column failed_at timestamptz;  -- null: the latest time went well
alter table balance_return add column trouble jsonb;          -- why it did not
