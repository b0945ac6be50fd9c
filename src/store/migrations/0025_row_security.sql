-- Companies are kept apart by the database too: a request of the web acts as the role `bokbro_web`,
-- which owns nothing, cannot go round policies, and sees the companies of its transaction only
-- (src/store/scoped-database.ts, docs/decisions/0017). Workers and commands act as the owner, whom
-- policies do not bind.

-- The companies that the transaction may see; null: none.
create function seen_companies() returns bigint[] language sql stable as $$
  select string_to_array(nullif(current_setting('app.companies', true), ''), ',')::bigint[]
$$;

-- The one table whose rows hang on another without a foreign key.
alter table journal enable row level security;
create policy of_its_company on journal
  using (exists (select from delivery d where d.id = journal.delivery_id));

-- Whoever may add to the trail may not read it: the row before may be of another company.
alter function add_audit(text, bigint, text, jsonb) security definer set search_path = public;

-- Gives every table with rows of companies its policy, and the role its rights. Called whenever
-- tables have changed: a table that is new has its policy by what its columns and keys say.
create function isolate_companies() returns void language plpgsql as $$
declare
  held record;
begin
  perform pg_advisory_xact_lock(hashtext('isolate companies'));
  if not exists (select from pg_roles where rolname = 'bokbro_web') then
    begin
      create role bokbro_web nologin nosuperuser nocreatedb nocreaterole nobypassrls;
    exception
      -- Another hub on the same server was first.
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then
        raise exception 'the database user may not make roles; as an administrator, once: '
          'create role bokbro_web nologin; grant bokbro_web to %', quote_ident(current_user);
    end;
  end if;
  if not pg_has_role(current_user, 'bokbro_web', 'member') then
    begin
      execute format('grant bokbro_web to %I', current_user);
    exception when insufficient_privilege then
      raise exception 'the database user may not act as bokbro_web; as an administrator, once: '
        'grant bokbro_web to %', quote_ident(current_user);
    end;
  end if;
  grant usage on schema public to bokbro_web;
  -- A person’s roles and who looks at what are the hub’s own, though they name companies.
  for held in
    select c.relname as name,
           case when c.relname = 'company' then 'id' else 'company_id' end as key
      from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and c.relname not in ('membership', 'watching') and not c.relrowsecurity
       and (c.relname = 'company' or exists (
             select from pg_attribute a
              where a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped))
  loop
    execute format('alter table %I enable row level security', held.name);
    execute format(
      'create policy of_its_company on %I using (%I = any ((select seen_companies())::bigint[]))',
      held.name, held.key);
  end loop;
  -- What hangs on a row is seen with it: the row itself is looked for under its own policy.
  loop
    select distinct on (c.relname) c.relname as name, parent.relname as parent,
           a.attname as key, pa.attname as parent_key
      into held
      from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_class parent on parent.oid = k.confrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
      join pg_attribute pa on pa.attrelid = parent.oid and pa.attnum = k.confkey[1]
     where k.contype = 'f' and cardinality(k.conkey) = 1 and c.relnamespace = 'public'::regnamespace
       and not c.relrowsecurity and parent.relrowsecurity and c.relname <> 'membership'
     order by c.relname, a.attnum
     limit 1;
    exit when not found;
    execute format('alter table %I enable row level security', held.name);
    execute format(
      'create policy of_its_company on %I using (exists (select from %I p where p.%I = %I.%I))',
      held.name, held.parent, held.parent_key, held.name, held.key);
  end loop;
  for held in
    select c.relname as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity
       and not has_table_privilege('bokbro_web', c.oid, 'select')
  loop
    execute format('grant select on %I to bokbro_web', held.name);
    if held.name not in ('company', 'audit') then
      execute format('grant insert, update, delete on %I to bokbro_web', held.name);
    end if;
  end loop;
  grant select on watching to bokbro_web;
end $$;
