-- What a ledger has done with an order goes back to the shop that it came from, by a flow the other
-- way: a delivery like any other, with a journal, keys and a lane of its own.

alter table flow add column is_return boolean not null default false;

-- Deliveries of which a shop is still to be told: they are done, or their invoice stands otherwise.
create table untold (
  delivery_id bigint primary key references delivery (id),
  payment     jsonb             -- how the invoice stands; null: not looked at
);

create function note_untold() returns trigger language plpgsql as $$
begin
  insert into untold (delivery_id)
  select new.id
    from flow f
    join flow back on back.source_id = f.target_id and back.target_id = f.source_id
   where f.id = new.flow_id and back.is_return and not f.is_return
      on conflict do nothing;
  return null;
end $$;

-- In the transaction that ends the delivery: none is forgotten, whoever dies when.
create trigger delivery_done after update of state on delivery
  for each row when (new.state = 'done' and old.state <> 'done')
  execute function note_untold();

-- Up to when a ledger was asked how its invoices stand. It is the ledger's own mark.
create table invoice_look (
  connection_id bigint primary key references connection (id),
  seen          text,
  due_at        timestamptz not null default now()
);
