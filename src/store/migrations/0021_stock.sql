-- Stock between shops and ledgers. A look asks both sides; what differs becomes a document of the
-- kind `stock-balance`, delivered like any other.

-- Where a flow's looks stand.
create table stock_look (
  flow_id    bigint primary key references flow (id) on delete cascade,
  company_id bigint not null references company (id),
  due_at     timestamptz not null default now(),
  holder     text,                -- who looks just now, until `held_until`
  held_until timestamptz,
  mark       text,                -- the master's own: what has changed is asked for from there
  listed_at  timestamptz,         -- when all that there is was listed to its end
  forgot_at  timestamptz,         -- when articles that were not there were to be looked for again
  told_until bigint not null default 0,  -- deliveries up to here are counted in `stock_level`
  whole      jsonb,               -- a comparison of everything that is under way: where it stands
  looked_at  timestamptz,
  trouble    jsonb                -- why nothing is written; null: nothing is in the way
);

-- What is known of each article of a flow. Quantities are hundredths.
create table stock_level (
  flow_id    bigint not null references flow (id) on delete cascade,
  number     text not null,
  company_id bigint not null references company (id),
  has        bigint not null,     -- of the master, when it was asked last
  sold       bigint not null default 0, -- in shops, and not known to the ledger then
  told       bigint,              -- what stands in the target because of us; null: to be compared
  place      text,                -- where it lies in the target; null: it was not found there
  is_counted boolean,             -- whether the ledger counts it; null: not known yet
  primary key (flow_id, number)
);
-- Those of which something is still to come.
create index stock_level_sold on stock_level (flow_id) where sold <> 0;

-- Sales of a ledger's lane that its books do not know yet, and those that they have just learnt.
create index delivery_unended on delivery (lane_id)
 where state in ('review', 'waiting', 'sending', 'in doubt', 'held', 'pending', 'gathering',
                 'gathered');
create index delivery_ended on delivery (lane_id, ended_at) where ended_at is not null;
