-- What is held for want of something that has now been booked is planned again by itself.

-- Puts back deliveries that are held for a reason in a lane, nothing of them having been sent: the
-- first lane with the first code, the second with the second …
--
-- What somebody else has locked is passed over: a person is settling it, and planning it anew is
-- what that leads to. So nobody waits for anybody here.
create function wake_held(lanes bigint[], codes text[])
returns integer language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  woken integer;
begin
  with held as materialized (
    select d.id
      from delivery d
     where d.lane_id = any (lanes) and d.state = 'held'
       and exists (select from unnest(lanes, codes) as wanted(lane, code)
                    where wanted.lane = d.lane_id
                      and d.refusals @> jsonb_build_array(jsonb_build_object('code', wanted.code)))
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

create index delivery_held on delivery (lane_id) where state = 'held';
