-- Systems tell the hub that something in them has changed, and it looks at once; and what no
-- message and no filter tells is looked for by sweeps.

alter table pickup add column nudged boolean not null default false;  -- told since the latest look
alter table pickup add column sweep jsonb;              -- where an unfinished sweep goes on
alter table pickup add column swept_at timestamptz;     -- the latest sweep that came to its end

-- Objects that messages have named and that have not been looked at since. A message of the same
-- object gives it another stamp: who looked at it meanwhile does not take it away.
create table nudge (
  pickup_id  bigint not null references pickup,
  object     text not null,
  stamp      integer not null default 0,
  primary key (pickup_id, object)
);

-- The address at which a connection's system may send messages, and how that goes.
create table hook (
  connection_id bigint primary key references connection,
  company_id    bigint not null references company,
  token_sha256  text not null unique,        -- of the unguessable part of the address
  secrets       bytea not null,              -- that part, and what messages are signed with
  heard         bigint not null default 0,   -- messages that were taken
  forged        bigint not null default 0,   -- … that were not signed as they should be
  heard_at      timestamptz,
  checked_at    timestamptz,                 -- when the system was last asked whether it sends them
  forged_then   bigint not null default 0,   -- `forged` at that time
  trouble       jsonb,                       -- why it does not; null: it does, or nobody has asked
  mended        jsonb,                       -- the latest time it had switched some off
  created_at    timestamptz not null default now()
);
