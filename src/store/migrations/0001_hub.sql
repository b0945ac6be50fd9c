-- Companies, connections and flows: whose books, which logins, what goes from where to where.

create table company (
  id          bigint generated always as identity primary key,
  name        text not null unique,
  org_number  text,
  country     text not null check (country in ('SE', 'NO')),
  language    text not null check (language in ('sv', 'nb', 'en')),
  time_zone   text not null,
  created_at  timestamptz not null default now()
);

-- One company's login to one outside system.
create table connection (
  id              bigint generated always as identity primary key,
  company_id      bigint not null references company,
  connector       text not null,
  name            text not null,
  settings        jsonb not null,
  secrets         bytea,                       -- encrypted, see secrets.ts; null: none yet
  secrets_version integer not null default 0,  -- grows with every change: tells a stale token
  state           text not null default 'ready' check (state in ('ready', 'reconnect', 'setup')),
  state_reason    text,                        -- for a person; set unless ready
  created_at      timestamptz not null default now(),
  unique (company_id, name)
);

-- Which documents go from a source connection to a target connection, and the company's choices.
create table flow (
  id          bigint generated always as identity primary key,
  company_id  bigint not null references company,
  source_id   bigint not null references connection,
  target_id   bigint not null references connection,
  mode        text not null check (mode in ('automatic', 'review')),
  choices     jsonb not null,
  start_date  date,                            -- documents of earlier days are held
  unique (source_id, target_id)
);

-- A store number, shop or account of an outside system belongs to one company.
create table source_account (
  connector     text not null,
  account       text not null,
  connection_id bigint not null references connection,
  primary key (connector, account)
);

-- A file as it was received. It is never changed and never deleted while its documents are kept.
create table received_file (
  id            bigint generated always as identity primary key,
  company_id    bigint not null references company,
  connection_id bigint not null references connection,
  name          text not null,
  via           text not null check (via in ('command', 'upload', 'folder')),
  size          bigint not null default 0,
  sha256        text,                          -- null until all of it has arrived
  state         text not null default 'arriving'
                check (state in ('arriving', 'received', 'read', 'rejected')),
  problems      jsonb not null default '[]',
  guess         jsonb not null default '{}',
  received_at   timestamptz not null default now()
);

create index received_file_sha on received_file (connection_id, sha256);
create index received_file_unread on received_file (id) where state = 'received';

create table received_chunk (
  file_id  bigint not null references received_file on delete cascade,
  seq      integer not null,
  bytes    bytea not null,
  primary key (file_id, seq)
);

-- A canonical document. The same key with other content is a new version; the same content again
-- is not stored. The unique keys are the idempotency.
create table document (
  id            bigint generated always as identity primary key,
  company_id    bigint not null references company,
  connection_id bigint not null references connection,
  file_id       bigint references received_file,
  kind          text not null,
  key           text not null,                 -- system/account/id, see SourceRef
  version       integer not null,
  content_hash  text not null,
  business_date date not null,
  series        text,                          -- where it stands in the numbers of its till, so that
  serial        bigint,                        -- one that is missing is noticed; null: no such number
  body          jsonb not null,
  doubts        jsonb not null,
  extract       bytea not null,
  media_type    text not null,
  received_at   timestamptz not null default now(),
  unique (connection_id, key, version),
  unique (connection_id, key, content_hash)
);

create index document_by_day on document (company_id, business_date);
create index document_by_source_day on document (connection_id, business_date);
create index document_by_file on document (file_id);
create index document_by_serial on document (connection_id, series, serial)
  where series is not null;

-- What was read of a file besides new documents: seen before, unreadable, noticed.
create table reading (
  id          bigint generated always as identity primary key,
  company_id  bigint not null references company,
  file_id     bigint not null references received_file,
  kind        text not null check (kind in ('seen', 'unreadable', 'notice')),
  key         text not null,
  detail      jsonb not null
);

create index reading_by_file on reading (file_id);

-- All deliveries to one target connection. The fence grows each time a worker takes the lane; what
-- an earlier holder writes afterwards is refused.
create table lane (
  id         bigint primary key references connection,
  company_id bigint not null references company,
  fence      bigint not null default 0,
  worker     text,
  taken_at   timestamptz
);

-- One document's way to one target. Written in the same transaction as the document; stays until
-- the target has acknowledged, or a person has decided otherwise.
create table delivery (
  id           bigint generated always as identity primary key,
  company_id   bigint not null references company,
  flow_id      bigint not null references flow,
  lane_id      bigint not null references lane,
  document_id  bigint not null references document,
  key          text not null,                  -- of document and version, not of our own ids: a hub
                                               -- that was set up anew finds what stands in the ledger
  follows      bigint references delivery,     -- the delivery of the version before this
  state        text not null default 'waiting'
               check (state in ('review', 'waiting', 'sending', 'in doubt', 'held', 'done', 'skipped')),
  due_at       timestamptz not null default now(),
  attempts     integer not null default 0,
  refusals     jsonb not null default '[]',    -- why it is held
  draft        jsonb not null default '[]',    -- rows as far as known while it is held
  notices      jsonb not null default '[]',
  vouchers     jsonb not null default '[]',    -- as sent
  label        text,                           -- what the target calls the result
  reason       text,                           -- why it waits or was skipped
  created_at   timestamptz not null default now(),
  ended_at     timestamptz,
  unique (flow_id, document_id),
  unique (lane_id, key)
);

create index delivery_due on delivery (lane_id, due_at, id) where state in ('waiting', 'in doubt');
create index delivery_open on delivery (company_id, state) where state not in ('done', 'skipped');
create index delivery_by_document on delivery (document_id);
create index delivery_sending on delivery (lane_id) where state = 'sending';

-- What a person decided about a delivery. Kept for good.
create table decision (
  id          bigint generated always as identity primary key,
  company_id  bigint not null references company,
  delivery_id bigint not null references delivery,
  decision    jsonb not null,
  by_whom     text not null,
  at          timestamptz not null default now()
);

create index decision_by_delivery on decision (delivery_id);

-- One call that changes something in the target. A row in state 'sending' is committed before the
-- call is made: the intent.
create table step (
  delivery_id bigint not null references delivery,
  seq         integer not null,
  write_id    text not null,
  key         text not null,                   -- written into the remote object
  call        text not null,
  input       jsonb not null,
  state       text not null check (state in ('waiting', 'sending', 'in doubt', 'done')),
  attempt     integer not null,
  fence       bigint not null,
  deadline    timestamptz not null,            -- after this no attempt can still be on its way
  looks       integer not null default 0,      -- times the target was searched since the attempt
  remote      jsonb,
  primary key (delivery_id, seq),
  unique (delivery_id, key)
);

-- What happened to each step, in order. Never changed.
create table journal (
  id          bigint generated always as identity primary key,
  delivery_id bigint not null,
  seq         integer,
  event       text not null,
  attempt     integer,
  fence       bigint,
  detail      text,
  at          timestamptz not null default clock_timestamp()
);

create index journal_by_delivery on journal (delivery_id, id);

-- What a target's ledger is known to hold.
create table books (
  connection_id bigint primary key references connection,
  from_day      date not null,
  to_day        date not null,
  body          jsonb not null,
  read_at       timestamptz not null default now()
);

-- When the next calls of a rate-limited system may be made. One row per limit.
create table call_window (
  key        text primary key,
  granted_ms bigint[] not null default '{}'    -- start times of the latest calls, ascending
) with (fillfactor = 50);

-- Calls made, per connection and day: what the target's limit is spent on.
create table call_count (
  connection_id bigint not null references connection,
  day           date not null,
  calls         bigint not null default 0,
  rate_limited  bigint not null default 0,
  primary key (connection_id, day)
);

-- Comparisons of source, hub and ledger, kept as evidence.
create table reconciliation (
  id           bigint generated always as identity primary key,
  company_id   bigint not null references company,
  flow_id      bigint not null references flow,
  from_day     date not null,
  to_day       date not null,
  differences  integer not null,
  result       jsonb not null,
  made_at      timestamptz not null default now()
);

-- Processes that work lanes. Each holds the advisory lock `lock` while it lives.
create table worker (
  id         text primary key,
  lock       bigint not null,
  process    text not null,
  started_at timestamptz not null default now()
);

create table api_key (
  id         bigint generated always as identity primary key,
  company_id bigint not null references company,
  name       text not null,
  hash       text not null unique,             -- SHA-256 of the key; the key itself is not kept
  created_at timestamptz not null default now(),
  unique (company_id, name)
);

-- OAuth consents that are under way.
create table consent (
  state         text primary key,
  connection_id bigint not null references connection,
  verifier      text not null,
  created_at    timestamptz not null default now()
);

-- Folders that are looked into for files of a connection.
create table drop_folder (
  connection_id bigint primary key references connection,
  path          text not null unique
);

-- Where the balances of a flow's customers are put for the till, and when.
create table balance_return (
  flow_id     bigint primary key references flow,
  folder      text not null,
  times       text[] not null,                 -- of the company's day, such as 04:00
  returned_at timestamptz                      -- null: not yet
);
