-- A turn that its holder came too late for counted against the limit without a call: each cost a
-- twenty-fifth of a window. Its time is over, so that it can be given back with the next question.

drop function reserve_calls(text, integer, integer, integer);

-- When each of the next `want` calls under a limit may start, and how many milliseconds that is from
-- now. `unused` are starts that were granted before, are past, and had no call.
--
-- Exact over any window, for all processes together: the row holds the start times of the latest
-- `per_window` calls. What an unused turn had pushed out of the row was a window older than that turn,
-- so it is a window older than any start from now on. Losing the row in a crash could only let one
-- window be overrun, so its commit need not wait for the disk.
create function reserve_calls(
  limit_key text, want integer, per_window integer, window_ms integer, unused bigint[],
  out granted bigint[], out waits bigint[])
language plpgsql as $$
declare
  now_ms  bigint;
  starts  bigint[];
  at_ms   bigint;
  n       integer;
begin
  set local synchronous_commit = off;
  insert into call_window (key) values (limit_key) on conflict do nothing;
  select granted_ms into starts from call_window where key = limit_key for update;
  now_ms := floor(extract(epoch from clock_timestamp()) * 1000);
  foreach at_ms in array unused loop
    n := array_position(starts, at_ms);
    continue when n is null or at_ms > now_ms;
    starts := starts[: n - 1] || starts[n + 1 :];
  end loop;
  granted := '{}';
  waits := '{}';
  for i in 1 .. want loop
    n := cardinality(starts);
    at_ms := case when n > 0 then greatest(now_ms, starts[n]) else now_ms end;
    if n >= per_window then
      at_ms := greatest(at_ms, starts[n - per_window + 1] + window_ms);
    end if;
    starts := (starts || at_ms)[greatest(n + 2 - per_window, 1) :];
    granted := granted || at_ms;
    waits := waits || (at_ms - now_ms);
  end loop;
  update call_window set granted_ms = starts where key = limit_key;
end $$;
