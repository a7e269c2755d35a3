-- An index for each list: those of a place, a group, a script, a user and a status, newest first.
-- The columns behind the order answer other filters, so that only the rows are read that are shown.
create index if not exists in_region on execution (
  profile, region, meant_at desc, seq desc, execution_id, is_rollback);
create index if not exists in_group on execution (
  profile, region, grp, meant_at desc, seq desc, execution_id, is_rollback, status, author_user);
create index if not exists by_script on execution (
  profile, region, script_name, meant_at desc, seq desc, status, author_user);
create index if not exists by_user on execution (
  profile, region, author_user, meant_at desc, seq desc, status);
create index if not exists by_status on execution (
  profile, region, status, meant_at desc, seq desc);
drop index if exists by_region;
drop index if exists by_group;
