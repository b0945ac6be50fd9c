-- What the hub knows of a ledger's own registers: our key of a customer or an article, and what the
-- ledger calls it. Known again, it is not looked for again. A link that the ledger does not honour
-- any more is dropped, and the object is looked for.
create table link (
  connection_id bigint not null references connection on delete cascade,
  key           text not null,
  remote        jsonb not null,
  linked_at     timestamptz not null default clock_timestamp(),
  primary key (connection_id, key)
);

-- In the same round trip as a settlement. Each link is {lane, key, remote}; without remote: dropped.
create function keep_links(links jsonb) returns integer language plpgsql as $$
begin
  delete from link l
   using jsonb_to_recordset(links) as k(lane bigint, key text, remote jsonb)
   where l.connection_id = k.lane and l.key = k.key and k.remote is null;
  insert into link (connection_id, key, remote)
  select distinct on (k.lane, k.key) k.lane, k.key, k.remote
    from jsonb_to_recordset(links) as k(lane bigint, key text, remote jsonb)
   where k.remote is not null
   order by k.lane, k.key
  on conflict (connection_id, key) do update
     set remote = excluded.remote, linked_at = clock_timestamp();
  return jsonb_array_length(links);
end $$;

-- The version that stands before a delivery, with all that it and those before it made. An order
-- becomes what it becomes over several versions, of which some make nothing, and some never come so
-- far: they are passed over.
create or replace function standing_before(delivery_id bigint) returns jsonb language sql stable as $$
  with recursive before as (
    select f.*, 0 as steps_back from delivery f where f.id = delivery_id
    union all
    select f.*, b.steps_back + 1
      from before b join delivery f on f.id = b.follows
  ), standing as (
    select * from before order by state in ('skipped', 'pending'), steps_back limit 1
  ), booked as (
    select label, vouchers from before
     where state = 'done' and jsonb_array_length(vouchers) > 0
     order by steps_back limit 1
  )
  select jsonb_build_object(
           'id', s.id::text, 'state', s.state,
           'label', case when s.state = 'done' then coalesce((select label from booked), s.label)
                         else s.label end,
           'vouchers', case when s.state = 'done'
                            then coalesce((select vouchers from booked), s.vouchers)
                            else s.vouchers end,
           'document', (select body from document where id = s.document_id),
           'due_ms', floor(extract(epoch from s.due_at) * 1000),
           'results', (select jsonb_object_agg(t.write_id, t.remote order by b.steps_back desc)
                         from before b join step t on t.delivery_id = b.id
                        where t.remote is not null
                          and (b.state = 'done' or b.id = s.id)))
    from standing s
$$;
