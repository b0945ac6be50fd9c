-- Why a connection is not ready is kept as a code with its figures, and worded for who reads it.
-- What was written before was a sentence of the system, which stays what it said.
alter table connection
  alter column state_reason type jsonb
  using case
    when state_reason is null then null
    else jsonb_build_object('code', 'said', 'facts', jsonb_build_object('why', state_reason))
  end;
