-- The system said that it is called too often: nothing goes out for a while. Calls that others were
-- granted for later than that are still made, so they stay in the count.
create or replace function block_calls(
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
