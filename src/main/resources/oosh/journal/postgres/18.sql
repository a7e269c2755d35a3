-- The audit trail in PostgreSQL: the server says when and who, whatever a client sends, and takes
-- no change. Whoever owns the table could take the triggers away, and no other role.
create function oosh.audit_line() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  new.recorded_at := clock_timestamp();
  new.who := session_user;
  return new;
end $$;
create trigger audit_line before insert on oosh.audit
  for each row execute function oosh.audit_line();
create function oosh.audit_unchanged() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception '% is only appended to', tg_table_name using errcode = '42501';
end $$;
create trigger audit_unchanged before update or delete or truncate on oosh.audit
  for each statement execute function oosh.audit_unchanged();
-- Also where a session calls itself a replica.
alter table oosh.audit enable always trigger audit_line;
alter table oosh.audit enable always trigger audit_unchanged;
-- The same for plans that others must approve. Who saved a plan cannot approve it.
create trigger audit_line before insert on oosh.saved_plan
  for each row execute function oosh.audit_line();
create trigger audit_line before insert on oosh.plan_verdict
  for each row execute function oosh.audit_line();
create trigger audit_unchanged before update or delete or truncate on oosh.saved_plan
  for each statement execute function oosh.audit_unchanged();
create trigger audit_unchanged before update or delete or truncate on oosh.plan_verdict
  for each statement execute function oosh.audit_unchanged();
create function oosh.verdict_of_another() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.approved and exists (
      select 1 from oosh.saved_plan p where p.sha256 = new.plan_sha256 and p.who = session_user) then
    raise exception 'who saved a plan cannot approve it' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger verdict_of_another before insert on oosh.plan_verdict
  for each row execute function oosh.verdict_of_another();
alter table oosh.saved_plan enable always trigger audit_line;
alter table oosh.saved_plan enable always trigger audit_unchanged;
alter table oosh.plan_verdict enable always trigger audit_line;
alter table oosh.plan_verdict enable always trigger audit_unchanged;
alter table oosh.plan_verdict enable always trigger verdict_of_another;
