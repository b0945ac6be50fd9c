-- What shops say that payment providers owe of orders and refunds, and what providers say that they
-- have settled and paid: a payout finds its orders here, a bank's entry its payout.

create table payment (
  document_id bigint not null references document on delete cascade,
  company_id  bigint not null references company,
  side        text not null check (side in ('claim', 'settled', 'transfer')),
  kind        text not null,                  -- sale, refund; of a settlement, what its row is
  method      text not null,                  -- the shop's name of the method; the provider
  number      text,                           -- what shop and customer call the order
  transaction text,                           -- of a claim: the provider's reference
  row_id      text,                           -- of a settlement: the provider's own id of the row
  names       text[] not null,                -- t:TRANSACTION, n:NUMBER, r:PROVIDER ROW
  day         date not null,
  minor       bigint not null,
  currency    text not null
);

create index payment_by_document on payment (document_id);
create index payment_by_name on payment using gin (names);
create index payment_by_amount on payment (company_id, side, minor, day);

-- What came before there was such a table.
insert into payment (document_id, company_id, side, kind, method, number, transaction, names, day,
                     minor, currency)
select d.id, d.company_id, 'claim', case d.kind when 'order' then 'sale' else 'refund' end,
       paid ->> 'method', said.number, paid ->> 'transaction',
       array_remove(array['t:' || (paid ->> 'transaction'), 'n:' || said.number], null),
       d.business_date, (paid -> 'amount' ->> 'minor')::bigint, paid -> 'amount' ->> 'currency'
  from document d
 cross join lateral (select case d.kind when 'order' then d.body ->> 'number'
                                 else d.body -> 'of' ->> 'number' end as number) said
 cross join jsonb_array_elements(d.body -> 'settlements') paid
 where d.kind in ('order', 'refund') and paid ->> 'means' = 'other';
