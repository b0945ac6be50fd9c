-- Besides what stands of a document: every voucher that its versions have become, oldest first. An
-- invoice that is to be credited may be two versions back, with its payment in between.
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
           'history', (select coalesce(jsonb_agg(v.voucher order by b.steps_back desc, v.place), '[]')
                         from before b
                        cross join jsonb_array_elements(b.vouchers)
                                   with ordinality as v(voucher, place)
                        where b.state = 'done'),
           'document', (select body from document where id = s.document_id),
           'due_ms', floor(extract(epoch from s.due_at) * 1000),
           'results', (select jsonb_object_agg(t.write_id, t.remote order by b.steps_back desc)
                         from before b join step t on t.delivery_id = b.id
                        where t.remote is not null
                          and (b.state = 'done' or b.id = s.id)))
    from standing s
$$;
