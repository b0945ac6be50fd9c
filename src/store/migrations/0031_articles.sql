-- Articles of a ledger that a shop follows: looked at as stock is, and beside it.

alter table stock_look rename to goods_look;
-- What is compared: stock, or articles.
alter table goods_look add column what text not null default 'stock'
  check (what in ('stock', 'articles'));
alter table goods_look drop constraint stock_look_pkey, add primary key (flow_id, what);

-- What is known of each article of a flow from a ledger to a shop.
create table article_level (
  flow_id    bigint not null references flow (id) on delete cascade,
  number     text not null,
  company_id bigint not null references company (id),
  seen       text not null,       -- what the ledger's list said of it: another text is another card
  place      text,                -- where its product lies in the shop; null: not known
  wanted     text,                -- a hash of the card that the shop was told last, or is being told
  told       text,                -- the same when it has arrived; null: to be compared
  primary key (flow_id, number)
);
