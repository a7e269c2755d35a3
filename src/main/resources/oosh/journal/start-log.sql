-- release-claim
update execution set claim = null where claim = ?;
-- mark-sending
update execution set asked_at = ?
where token = ? and state = 'INTENDED' and claim is not null and execution_id is null;
-- take-over
update execution set state = 'INTENDED', asked_at = ?, author_user = ?, author_host = ?,
  author_pid = ?, author_since = ?
where token = ? and claim is not null and execution_id is null and asked_at = ?;
-- known-by-token
select * from execution where token = ? for update;
-- known-by-id
select * from execution where execution_id = ? and region = ? and profile = ? for update;
-- observed-before-the-answer
select s.* from execution s join execution i on s.profile = i.profile and s.region = i.region
where i.token = ? and s.execution_id = ? and s.token is null;
-- delete-execution
delete from execution where seq = ?;
-- mark-started
update execution set execution_id = ?, state = 'STARTED', why = '', asked_at = ?, answered_at = ?
where token = ?;
-- conclude
update execution set state = ?, why = ?, asked_at = null, claim = null
where token = ? and execution_id is null and asked_at is not null;
-- mark-unknown
update execution set state = 'UNCERTAIN', why = ?, asked_at = ?
where token = ? and execution_id is null and asked_at is not null;
-- mark-forgotten
update execution set why = ?, asked_at = null, claim = null
where execution_id = ? and ended_at is null;
-- observe
update execution set status = ?, ended_at = ?, succeeded = ?, total = ? where seq = ?;
-- listed
update execution set asked_at = null, why = '' where seq = ?;
-- ended
update execution set claim = null where seq = ?;
-- delete-outcome
delete from outcome where execution_id = ? and instance = ?;
-- delete-wanted
delete from wanted_rollback where execution_id = ? and region = ? and profile = ?;
-- delete-wanted-that-started
delete from wanted_rollback w where exists (
  select 1 from execution e
  where e.execution_id = ? and e.region = w.region and e.profile = w.profile
    and e.meant_at >= w.wanted_at
    and (e.source_execution_id = w.execution_id or (e.grp = w.grp and not e.is_rollback)));
-- wanted
select w.*, w.execution_id as token from wanted_rollback w
where profile = ? and region = ? and grp = coalesce(?, grp) and not exists (
  select 1 from execution e
  where e.profile = w.profile and e.region = w.region and e.grp = w.grp
    and e.meant_at >= w.wanted_at and e.source_execution_id = w.execution_id
    and e.state in ('INTENDED', 'UNCERTAIN'))
order by wanted_at desc, execution_id;
-- has-script
select 1 from script where sha256 = ?;
-- set-why-ended
update execution set why = ? where execution_id = ? and region = ? and profile = ?;
