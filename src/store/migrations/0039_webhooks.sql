-- What has happened in a company is told to programs that want to know: signed messages over HTTP.

-- An address of somebody's program.
create table webhook (
  id            bigint generated always as identity primary key,
  company_id    bigint not null references company,
  url           text not null,
  events        text[] not null,               -- which ones it is told of
  secrets       bytea,                         -- sealed; null: it has ended
  rotated_at    timestamptz,                   -- for a day after it the secret before signs too
  made_by       text not null,
  created_at    timestamptz not null default now(),
  failing_since timestamptz,                   -- nothing has got through since; null: the latest did
  off_at        timestamptz,                   -- it is told nothing; null: it is
  off_why       text check (off_why in ('failing', 'gone', 'person')),
  ended_at      timestamptz
);
create index webhook_on on webhook (company_id) where off_at is null and ended_at is null;

-- A message to one of them. Its key is the same however often it is sent.
create table webhook_message (
  id         bigint generated always as identity primary key,
  company_id bigint not null references company,
  webhook_id bigint not null references webhook,
  key        text not null unique default 'msg_' || replace(gen_random_uuid()::text, '-', ''),
  event      text not null,
  about      jsonb not null,                   -- numbers of ours and codes: nothing of people
  at         timestamptz not null default now(),
  state      text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  due_at     timestamptz not null default now(),
  attempts   integer not null default 0,
  tried_at   timestamptz,
  status     integer,                          -- of the latest answer; null: none came
  trouble    text                              -- why the latest attempt did not do; null: it did
);
create index webhook_message_due on webhook_message (webhook_id, due_at) where state = 'waiting';
create index webhook_message_newest on webhook_message (webhook_id, id);

-- Tells those that are on: in the transaction of what has happened, so that neither is without the
-- other, whoever dies when.
create function tell_webhooks(company bigint, what text, said jsonb) returns void language sql as $$
  insert into webhook_message (company_id, webhook_id, event, about)
  select w.company_id, w.id, what, said
    from webhook w
   where w.company_id = company and w.off_at is null and w.ended_at is null
     and what = any (w.events)
$$;

-- Most hubs have no webhook: they pay one look at an empty index for each statement.
create function note_deliveries() returns trigger language plpgsql as $$
begin
  if not exists (select from webhook w where w.off_at is null and w.ended_at is null) then
    return null;
  end if;
  if tg_op = 'INSERT' then
    perform tell_delivery(d.id) from after_it d where d.state in ('done', 'held', 'skipped');
  else
    perform tell_delivery(d.id) from after_it d join before_it b on b.id = d.id
      where d.state in ('done', 'held', 'skipped') and d.state <> b.state;
  end if;
  return null;
end $$;

create function tell_delivery(delivery_id bigint) returns void language sql as $$
  select tell_webhooks(
           d.company_id,
           case d.state
             when 'held' then 'document.held'
             when 'skipped' then 'document.skipped'
             -- What takes back: a refund, a credit note, an invoice that is credited for a new one.
             else case when doc.kind = 'refund' or doc.body -> 'credits' is distinct from 'null'
                              and doc.body ? 'credits'
                         or exists (select from step s where s.delivery_id = d.id
                                      and s.write_id like 'credit-%')
                       then 'document.credited' else 'document.booked' end
           end,
           jsonb_strip_nulls(jsonb_build_object(
             'delivery', d.id::text, 'document', d.document_id::text, 'kind', doc.kind,
             'flow', d.flow_id::text, 'follows', d.follows::text,
             'label', case when d.state = 'done' then d.label end,
             'codes', case when d.state = 'held' then
                        (select jsonb_agg(distinct r -> 'code') from jsonb_array_elements(d.refusals) r)
                      end)))
    from delivery d join document doc on doc.id = d.document_id
   where d.id = delivery_id
$$;

create trigger note_added after insert on delivery
  referencing new table as after_it for each statement execute function note_deliveries();
create trigger note_changed after update on delivery
  referencing old table as before_it new table as after_it
  for each statement execute function note_deliveries();

create function note_connection() returns trigger language plpgsql as $$
begin
  perform tell_webhooks(
    new.company_id,
    case new.state when 'ready' then 'connection.ready' else 'connection.attention' end,
    jsonb_build_object('connection', new.id::text, 'state', new.state));
  return null;
end $$;
create trigger note_state after update of state on connection
  for each row when (new.state <> old.state and new.state in ('ready', 'reconnect', 'setup'))
  execute function note_connection();

create function note_file() returns trigger language plpgsql as $$
begin
  perform tell_webhooks(
    new.company_id, 'file.unreadable',
    jsonb_build_object('file', new.id::text, 'connection', new.connection_id::text));
  return null;
end $$;
create trigger note_state after update of state on received_file
  for each row when (new.state = 'rejected' and old.state <> 'rejected')
  execute function note_file();

create function note_finding() returns trigger language plpgsql as $$
begin
  perform tell_webhooks(
    new.company_id, 'finding.opened',
    jsonb_build_object('finding', new.id::text, 'kind', new.about -> 'kind'));
  return null;
end $$;
create trigger note_opened after insert on finding
  for each row execute function note_finding();
create trigger note_reopened after update of closed_at on finding
  for each row when (new.closed_at is null and old.closed_at is not null)
  execute function note_finding();
