-- entry
token, state, is_rollback, profile, region, grp, method, execution_id, status, script_name,
script_sha, rollback_name, rollback_sha, command_type, batch_unit, batch_value, pause, ram_role,
suspended_nothing, other, reason, author_user, author_host, author_pid, author_since, meant_at,
ended_at, succeeded, total, why, source_execution_id, again, tuning, gates;
-- request
template, parameters, asked_at, claim;
-- counted
grp, is_rollback, status, meant_at, ended_at, succeeded, total;
-- next-region
select region from execution where profile = ? and region > ? order by profile, region limit 1;
-- next-group
select grp from execution where profile = ? and region = ? and grp > ?
order by profile, region, grp limit 1;
-- has-script-name
select 1 from execution where profile = ? and region = ? and script_name = ? limit 1;
-- has-script-hash
select 1 from script where sha256 >= ? and sha256 < ? limit 1;
-- script-of-hash
select content from script where sha256 = ?;
-- snapshot
select token, grp, execution_id, snapshot from execution
where execution_id = ? and snapshot is not null order by token nulls last;
-- healed
select token, grp, execution_id, healed from execution
where execution_id = ? and healed is not null order by token nulls last;
-- add-heal-step
update execution set healed = coalesce(healed, '') || ?
where execution_id = ? and region = ? and profile = ?;
-- outcomes
select instance, status from outcome where execution_id = ?;
-- undone
select instance, undone as status from outcome where execution_id = ? and undone is not null order by instance;
-- delete-tag
delete from good_version where profile = ? and region = ? and grp = ? and name = ?;
-- tags
select v.*, name as token from good_version v
where profile = ? and region = ? and grp = coalesce(?, grp) order by given_at desc, grp, name;
-- count-outputs
select count(*) from output where execution_id = ?;
-- delete-outputs
delete from output where execution_id = ?;
-- outputs
select o.*, t.packed, o.execution_id as token, o.instance as grp
from output o left join output_text t on t.sha256 = o.sha256
where o.execution_id = ? order by o.execution_id, o.position;
-- output
select o.*, t.packed, o.execution_id as token, o.instance as grp
from output o left join output_text t on t.sha256 = o.sha256
where o.execution_id = ? and o.position = cast(? as int);
-- has-output-text
select 1 from output_text where sha256 = ?;
-- longest-of-script
select max(o.seconds) from outcome o join execution e on e.execution_id = o.execution_id
where e.script_sha = ? and not e.is_rollback and e.gates = '' and o.status = 'Success';
