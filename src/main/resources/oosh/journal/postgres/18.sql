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
  raise exception 'the audit trail is only appended to' using errcode = '42501';
end $$;
create trigger audit_unchanged before update or delete or truncate on oosh.audit
  for each statement execute function oosh.audit_unchanged();
-- Also where a session calls itself a replica.
alter table oosh.audit enable always trigger audit_line;
alter table oosh.audit enable always trigger audit_unchanged;
