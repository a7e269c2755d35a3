-- script
select * from script where exists (
  select 1 from execution where sha256 in (script_sha, rollback_sha)
    and seq > (select coalesce(max(seq), 0) from execution) - ?);
-- execution
select * from execution where seq > (select coalesce(max(seq), 0) from execution) - ? order by seq;
-- outcome
select * from outcome where execution_id in (
  select execution_id from execution where seq > (select coalesce(max(seq), 0) from execution) - ?);
-- good_version
select * from good_version;
-- wanted_rollback
select * from wanted_rollback;
-- choice
select * from choice where list not like 'template %';
-- group_lock
select * from group_lock;
-- freeze_window
select * from freeze_window order by id;
-- wave_rollout
select * from wave_rollout where id in (select id from wave_rollout order by made_at desc limit ?);
-- wave_group
select * from wave_group where wave in (select id from wave_rollout order by made_at desc limit ?);
-- wave_start
select * from wave_start where wave in (select id from wave_rollout order by made_at desc limit ?);
-- set-last
insert into choice (profile, region, list, position, entry)
select '', '', 'copy', 0, cast(coalesce(max(seq), 0) as varchar) from execution;
-- starts
select * from execution
where seq > (select cast(entry as bigint) from choice where profile = '' and region = '' and list = 'copy')
  and token is not null and state <> 'REFUSED' order by seq;
-- scripts
select * from script;
-- outcomes
select * from outcome;
-- forget
delete from execution
where seq > (select cast(entry as bigint) from choice where profile = '' and region = '' and list = 'copy');
-- has-token
select 1 from execution where token = ?;
-- has-script
select 1 from script where sha256 = ?;
-- has-claim
select 1 from execution where claim = ?;
-- forget-seen
delete from execution where execution_id = ? and token is null;
-- has-outcome
select 1 from outcome where execution_id = ? and instance = ?;
