-- A delivery that is planned anew has the steps of its new plan, and no others.

-- Writes what happened in any number of lanes, in one transaction.
--
-- `deliveries`, `steps`, `changes` and `events` are arrays of rows, at most one per delivery (per
-- step). A row whose fence is not its lane's any more, or whose delivery is not in an expected
-- state, changes nothing; the ids of such deliveries are returned. `steps` are all that is still to
-- be made of a delivery.
create or replace function settle(deliveries jsonb, steps jsonb, changes jsonb, events jsonb)
returns bigint[] language plpgsql
-- A plan that was made while the tables were small reads them whole for ever after.
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  refused bigint[];
  valid   bigint[];
begin
  -- A takeover updates the lane row: it waits for us, or we see its fence.
  perform 1 from lane
   where id in (select (d ->> 'lane')::bigint from jsonb_array_elements(deliveries) d)
   order by id for share;
  -- Whoever locks several does so in the order of their ids: else two could wait for each other.
  perform 1 from delivery
   where id in (select (d ->> 'id')::bigint from jsonb_array_elements(deliveries) d)
   order by id for no key update;

  with blocked as (
    -- An intent over a step that may be on its way already would send it twice.
    select distinct s.delivery
      from jsonb_to_recordset(steps) as s(delivery bigint, seq int)
      join step t on t.delivery_id = s.delivery and t.seq = s.seq
     where t.state <> 'waiting'
  ), patch as (
    select * from jsonb_to_recordset(deliveries) as p(
      id bigint, lane bigint, fence bigint, expect text[], state text, due_ms bigint, attempts int,
      refusals jsonb, draft jsonb, notices jsonb, vouchers jsonb, label text, reason text)
  ), written as (
    update delivery d
       set state    = coalesce(p.state, d.state),
           due_at   = coalesce(to_timestamp(p.due_ms / 1000.0), d.due_at),
           attempts = d.attempts + coalesce(p.attempts, 0),
           refusals = coalesce(p.refusals, d.refusals),
           draft    = coalesce(p.draft, d.draft),
           notices  = coalesce(p.notices, d.notices),
           vouchers = coalesce(p.vouchers, d.vouchers),
           label    = coalesce(p.label, d.label),
           reason   = p.reason,
           ended_at = case when p.state in ('done', 'skipped') then clock_timestamp() end
      from patch p join lane l on l.id = p.lane and l.fence = p.fence
     where d.id = p.id and (p.expect is null or d.state = any (p.expect))
       and d.id not in (select delivery from blocked)
    returning d.id
  )
  select coalesce(array_agg(w.id), '{}'),
         coalesce(array_agg(p.id) filter (where w.id is null), '{}')
    into valid, refused
    from patch p left join written w on w.id = p.id;

  if jsonb_array_length(steps) > 0 then
    -- A plan that is made anew may have other calls, or the same at other places: what was put back
    -- of the plan before, and is not where it was, is no part of it any more.
    delete from step t
     where t.delivery_id in (select s.delivery from jsonb_to_recordset(steps) as s(delivery bigint)
                              where s.delivery = any (valid))
       and t.state = 'waiting'
       and not exists (select
                         from jsonb_to_recordset(steps) as s(delivery bigint, seq int, key text)
                        where s.delivery = t.delivery_id and s.seq = t.seq and s.key = t.key);
    insert into step (delivery_id, seq, write_id, key, call, input, state, attempt, fence, deadline,
                      remote)
    select s.delivery, s.seq, s.write_id, s.key, s.call, s.input, s.state, s.attempt, s.fence,
           to_timestamp(s.deadline_ms / 1000.0), s.remote
      from jsonb_to_recordset(steps) as s(
        delivery bigint, seq int, write_id text, key text, call text, input jsonb, state text,
        attempt int, fence bigint, deadline_ms bigint, remote jsonb)
     where s.delivery = any (valid)
    on conflict (delivery_id, seq) do update
       set write_id = excluded.write_id, key = excluded.key, call = excluded.call,
           input = excluded.input, state = excluded.state, attempt = excluded.attempt,
           fence = excluded.fence, deadline = excluded.deadline, remote = excluded.remote, looks = 0
     where step.state = 'waiting';
  end if;

  if jsonb_array_length(changes) > 0 then
    update step t
       set state    = coalesce(c.state, t.state),
           attempt  = coalesce(c.attempt, t.attempt),
           fence    = coalesce(c.fence, t.fence),
           deadline = coalesce(to_timestamp(c.deadline_ms / 1000.0), t.deadline),
           looks    = coalesce(c.looks, t.looks),
           remote   = coalesce(c.remote, t.remote)
      from jsonb_to_recordset(changes) as c(
        delivery bigint, seq int, state text, attempt int, fence bigint, deadline_ms bigint,
        looks int, remote jsonb)
     where t.delivery_id = c.delivery and t.seq = c.seq and t.state <> 'done'
       and c.delivery = any (valid);
  end if;

  insert into journal (delivery_id, seq, event, attempt, fence, detail)
  select e.delivery, e.seq, e.event, e.attempt, e.fence, e.detail
    from jsonb_to_recordset(events) as e(
      delivery bigint, seq int, event text, attempt int, fence bigint, detail text)
   where e.delivery = any (valid);

  return refused;
end $$;
