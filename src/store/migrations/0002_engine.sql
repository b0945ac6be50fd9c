-- What the engine does many times a second, each in one round trip.

-- Writes what happened in any number of lanes, in one transaction.
--
-- `deliveries`, `steps`, `changes` and `events` are arrays of rows, at most one per delivery (per
-- step). A row whose fence is not its lane's any more, or whose delivery is not in an expected
-- state, changes nothing; the ids of such deliveries are returned.
create function settle(deliveries jsonb, steps jsonb, changes jsonb, events jsonb)
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

-- Takes a lane: the fence grows, and whatever the holder before us had on its way is in doubt.
--
-- It may be looked for at once, but is not repeated before its deadline: see engine/doubt.ts.
create function take_lane(lane_id bigint, worker_id text, look_after_ms integer)
returns bigint language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  new_fence bigint;
begin
  update lane set fence = fence + 1, worker = worker_id, taken_at = clock_timestamp()
   where id = lane_id returning fence into new_fence;

  with doubtful as (
    update step s set state = 'in doubt', looks = 0
      from delivery d
     where d.id = s.delivery_id and d.lane_id = take_lane.lane_id and d.state = 'sending'
       and s.state = 'sending'
    returning s.delivery_id, s.seq, s.attempt
  ), moved as (
    update delivery d
       set state = 'in doubt', reason = 'the worker before stopped without telling',
           due_at = clock_timestamp() + look_after_ms * interval '1 millisecond'
     where d.lane_id = take_lane.lane_id and d.state = 'sending'
  )
  insert into journal (delivery_id, seq, event, attempt, fence, detail)
  select x.delivery_id, x.seq, 'doubt', x.attempt, new_fence, 'left by the holder before'
    from doubtful x;

  return new_fence;
end $$;

-- When each of the next `want` calls under a limit may start: milliseconds from now.
--
-- Exact over any window, for all processes together: the row holds the start times of the latest
-- `per_window` calls. Losing the row in a crash could only let one window be overrun, so its commit
-- need not wait for the disk.
create function reserve_calls(limit_key text, want integer, per_window integer, window_ms integer)
returns bigint[] language plpgsql as $$
declare
  now_ms  bigint;
  starts  bigint[];
  waits   bigint[] := '{}';
  at_ms   bigint;
  n       integer;
begin
  set local synchronous_commit = off;
  insert into call_window (key) values (limit_key) on conflict do nothing;
  select granted_ms into starts from call_window where key = limit_key for update;
  now_ms := floor(extract(epoch from clock_timestamp()) * 1000);
  for i in 1 .. want loop
    n := cardinality(starts);
    at_ms := case when n > 0 then greatest(now_ms, starts[n]) else now_ms end;
    if n >= per_window then
      at_ms := greatest(at_ms, starts[n - per_window + 1] + window_ms);
    end if;
    starts := (starts || at_ms)[greatest(n + 2 - per_window, 1) :];
    waits := waits || (at_ms - now_ms);
  end loop;
  update call_window set granted_ms = starts where key = limit_key;
  return waits;
end $$;

-- The system said that it is called too often: nothing goes out for a while. Calls that others were
-- granted for later than that are still made, so they stay in the count.
create function block_calls(
  limit_key text, per_window integer, window_ms integer, wait_ms integer)
returns void language plpgsql as $$
begin
  insert into call_window (key, granted_ms)
  values (limit_key, array_fill(
    (floor(extract(epoch from clock_timestamp()) * 1000))::bigint + wait_ms - window_ms,
    array[per_window]))
  on conflict (key) do update set granted_ms = (
    -- The latest `per_window` of both, ascending.
    select array_agg(at_ms order by at_ms)
      from (select at_ms from unnest(call_window.granted_ms || excluded.granted_ms) as at_ms
             order by at_ms desc limit per_window) latest);
end $$;
