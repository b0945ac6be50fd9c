-- Systems that are asked what is new in them are pick-ups too: of one connection each, by whose
-- login they are asked.

alter table pickup drop constraint pickup_kind_check;
alter table pickup add check (kind in ('sftp', 'mail', 'feed'));
alter table pickup add check (kind <> 'feed' or connection_id is not null);
alter table pickup add column cursor jsonb;  -- where to go on asking; null: from the beginning

-- One feed asks for each connection.
create unique index pickup_feed on pickup (connection_id) where kind = 'feed' and ended_at is null;

alter table received_file drop constraint received_file_via_check;
alter table received_file add check (via in ('command', 'upload', 'folder', 'sftp', 'mail', 'feed'));
