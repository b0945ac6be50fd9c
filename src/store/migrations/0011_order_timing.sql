-- When a shop's orders are booked: some wait for the shop, some for the end of their day.
--
-- pending: understood, and not to be booked yet; `refusals` says what it waits for. gathering: waits
-- for the end of its day (`due_at`), to share a voucher with others. gathered: that voucher is on
-- its way, as a delivery of its own (`within`).

alter table delivery drop constraint delivery_state_check;
alter table delivery add check (state in ('review', 'waiting', 'sending', 'in doubt', 'held',
                                          'pending', 'gathering', 'gathered', 'done', 'skipped'));
alter table delivery add column within bigint references delivery (id);

create index delivery_within on delivery (within) where within is not null;
create index delivery_gathering on delivery (lane_id, due_at) where state = 'gathering';
create index delivery_pending on delivery (lane_id) where state = 'pending';

-- Where the order of a refund stands in the refund's flow: booked, or as its latest version does.
create function order_standing(flow bigint, connection bigint, ref jsonb) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
           'state', d.state,
           'codes', (select coalesce(jsonb_agg(r -> 'code'), '[]')
                       from jsonb_array_elements(d.refusals) r))
    from document o
    join delivery d on d.document_id = o.id and d.flow_id = flow
   where o.connection_id = connection
     and o.key = concat_ws('/', ref ->> 'system', ref ->> 'account', ref ->> 'id')
   order by d.state = 'done' desc, o.version desc
   limit 1
$$;

-- Now by parts of reasons, `{"code": …}` and maybe more, and what is pending too.
drop function wake_held(bigint[], text[]);
create function wake_held(lanes bigint[], reasons jsonb[])
returns integer language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  woken integer;
begin
  with held as materialized (
    select d.id
      from delivery d
     where d.lane_id = any (lanes) and (d.state = 'held' or d.state = 'pending')
       and exists (select from unnest(lanes, reasons) as wanted(lane, reason)
                    where wanted.lane = d.lane_id
                      and d.refusals @> jsonb_build_array(wanted.reason))
       and not exists (select from step s where s.delivery_id = d.id and s.state <> 'waiting')
     order by d.id for no key update skip locked
  ), awake as (
    update delivery d
       set state = 'waiting', due_at = clock_timestamp(), refusals = '[]', draft = '[]',
           reason = null
      from held where d.id = held.id
    returning d.id
  ), told as (
    insert into journal (delivery_id, event, detail)
    select id, 'again', 'what it was held for may be there now' from awake
    returning delivery_id
  )
  select count(*) into woken from told;
  return woken;
end $$;

-- What became of a day's voucher became of all that share it, in the same moment.
create function carry_to_gathered() returns trigger language plpgsql
as $$
begin
  update delivery d
     set state = case when new.state in ('done', 'skipped') then new.state else 'gathered' end,
         label = case when new.state = 'done' then new.label else d.label end,
         reason = case when new.state = 'skipped' then new.reason end,
         ended_at = case when new.state in ('done', 'skipped') then new.ended_at end
   where d.within = new.id;
  return null;
end $$;

create trigger carry_to_gathered after update of state on delivery for each row
  when (new.state is distinct from old.state
        and (new.state in ('done', 'skipped') or old.state in ('done', 'skipped')))
  execute function carry_to_gathered();
