-- What was sold on account, by store, day and till, as day reports and the receipts of customers say
-- it: the two are compared before either is booked second.

create table credit_sale (
  document_id   bigint not null references document on delete cascade,
  connection_id bigint not null references connection,
  store         text not null,
  day           date not null,
  register      text not null,                 -- ALL: the whole store; empty: not said
  side          text not null check (side in ('report', 'receipts')),
  customer      text,                          -- whose receipts; null: a report says of nobody
  minor         bigint not null
);

create index credit_sale_by_day on credit_sale (connection_id, store, day);
create index credit_sale_by_document on credit_sale (document_id);

-- What came before there was such a table.
insert into credit_sale (document_id, connection_id, store, day, register, side, minor)
select d.id, d.connection_id, d.body ->> 'storeNumber', d.business_date, d.body ->> 'register',
       'report',
       coalesce((select sum((line -> 'gross' ->> 'minor')::bigint)
                   from jsonb_array_elements(d.body -> 'lines') line
                  where line ->> 'kind' = 'tender' and line ->> 'means' = 'credit'), 0)
  from document d
 where d.kind = 'day-report';

insert into credit_sale (document_id, connection_id, store, day, register, side, customer, minor)
select d.id, d.connection_id, d.body ->> 'storeNumber', (bought ->> 'date')::date,
       bought ->> 'register', 'receipts',
       d.body -> 'customer' ->> 'number', sum((bought -> 'gross' ->> 'minor')::bigint)
  from document d cross join jsonb_array_elements(d.body -> 'purchases') bought
 where d.kind = 'credit-purchases'
 group by d.id, bought ->> 'date', bought ->> 'register';

-- Customers' cards are few among the documents of a connection.
create index document_customers on document (connection_id, key, version) where kind = 'customer';

-- The latest delivery before one that was not skipped: what it has become is what a new version
-- corrects. All skipped: the latest of them. Null for a document that has come once.
create function standing_before(delivery_id bigint) returns jsonb language sql stable as $$
  with recursive before as (
    select f.*, 0 as steps_back from delivery f where f.id = delivery_id
    union all
    select f.*, b.steps_back + 1
      from before b join delivery f on f.id = b.follows
     where b.state = 'skipped'
  )
  select jsonb_build_object(
           'id', b.id::text, 'state', b.state, 'label', b.label, 'vouchers', b.vouchers,
           'document', (select body from document where id = b.document_id),
           'due_ms', floor(extract(epoch from b.due_at) * 1000),
           'results', (select jsonb_object_agg(s.write_id, s.remote) from step s
                        where s.delivery_id = b.id and s.remote is not null))
    from before b
   order by b.state = 'skipped', b.steps_back
   limit 1
$$;
