-- Pages that are open are told what has changed, without asking again and again.

-- Companies that somebody looks at now. Commits that notify wait for each other in PostgreSQL, so
-- only what somebody would hear is told. Lost in a crash, which is as well.
create unlogged table watching (
  company_id bigint primary key,
  until timestamptz not null
);

-- One word for each company of a statement; equal words of a transaction are one for PostgreSQL.
create function tell_changes() returns trigger language plpgsql as $$
begin
  perform pg_notify('bokbro_changed', company_id || ' ' || tg_table_name)
     from (select distinct c.company_id from changed c
            where exists (select from watching w
                           where w.company_id = c.company_id and w.until > now())) told;
  return null;
end $$;

create trigger tell_added after insert on delivery
  referencing new table as changed for each statement execute function tell_changes();
create trigger tell_changed after update on delivery
  referencing new table as changed for each statement execute function tell_changes();
create trigger tell_added after insert on received_file
  referencing new table as changed for each statement execute function tell_changes();
create trigger tell_changed after update on received_file
  referencing new table as changed for each statement execute function tell_changes();
create trigger tell_added after insert on connection
  referencing new table as changed for each statement execute function tell_changes();
create trigger tell_changed after update on connection
  referencing new table as changed for each statement execute function tell_changes();
create trigger tell_added after insert on finding
  referencing new table as changed for each statement execute function tell_changes();
create trigger tell_changed after update on finding
  referencing new table as changed for each statement execute function tell_changes();
create trigger tell_added after insert on reconciliation
  referencing new table as changed for each statement execute function tell_changes();

-- Pages of documents, newest first, whatever their number.
create index document_newest on document (company_id, id);
-- What the first page counts, and when something came last.
create index delivery_booked on delivery (company_id, ended_at) where state = 'done';
create index received_file_newest on received_file (company_id, id);

-- A decision can be taken back while nothing has been done about it: what the delivery was before.
alter table delivery add column before_decision jsonb;
alter table decision add column taken_back_at timestamptz;
