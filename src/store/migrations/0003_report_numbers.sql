-- Where a document stands in the numbers of its till, so that one that is missing is noticed
-- whichever files the numbers beside it came in. Null: it bears no number of a series.
alter table document add column series text, add column serial bigint;

create index document_by_serial on document (connection_id, series, serial)
  where series is not null;

-- The key is made of what the outside world knows, so that a hub that was set up anew finds its
-- vouchers. Two companies may know a store by the same number: it is unique in one ledger only.
alter table delivery drop constraint delivery_key_key, add unique (lane_id, key);
alter table step drop constraint step_key_key, add unique (delivery_id, key);
