-- What systems have pushed, by the key that they gave it: the same key again gets the same answer,
-- and the same key with something else is a conflict.
create table push (
  connection_id bigint not null references connection (id),
  key text not null,
  content_hash text not null,   -- of what was pushed, however it is written
  document_key text not null,   -- what it was read as: where its answer is found
  received_at timestamptz not null default now(),
  primary key (connection_id, key)
);
