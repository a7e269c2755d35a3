-- rollout
select * from wave_rollout where id = ?;
-- rollouts
select * from wave_rollout where profile = ? and id >= ? and id < ? order by profile, made_at desc, id limit ?;
-- groups
select g.*,
  (select e.execution_id from wave_start s join execution f on f.token = s.token
    join execution e on e.profile = f.profile and e.region = f.region and e.grp = f.grp and e.meant_at > f.meant_at
    where s.wave = g.wave and s.position = g.position and e.execution_id is not null and not e.is_rollback
      and not exists (select 1 from wave_start o where o.token = e.token)
    order by e.meant_at desc, e.seq desc limit 1) as since,
  (select e.meant_at from wave_start s join execution f on f.token = s.token
    join execution e on e.profile = f.profile and e.region = f.region and e.grp = f.grp and e.meant_at > f.meant_at
    where s.wave = g.wave and s.position = g.position and e.execution_id is not null and not e.is_rollback
      and not exists (select 1 from wave_start o where o.token = e.token)
    order by e.meant_at desc, e.seq desc limit 1) as since_at
from wave_group g where g.wave = ? order by g.position;
-- starts
select s.position, s.done,
  f.token as f_token, f.state as f_state, f.execution_id as f_execution_id, f.status as f_status,
  f.meant_at as f_meant_at, f.ended_at as f_ended_at, f.succeeded as f_succeeded, f.total as f_total,
  f.why as f_why,
  b.token as b_token, b.state as b_state, b.execution_id as b_execution_id, b.status as b_status,
  b.meant_at as b_meant_at, b.ended_at as b_ended_at, b.succeeded as b_succeeded, b.total as b_total,
  b.why as b_why,
  (exists (select 1 from outcome o where o.execution_id = f.execution_id and o.undone is not null)
    and not exists (select 1 from outcome o
      where o.execution_id = f.execution_id and o.undone is not null and o.undone <> 'Success')) as undone
from wave_start s join execution f on f.token = s.token
left join execution b on b.token = (select r.token from execution r
    where r.profile = f.profile and r.region = f.region and r.grp = f.grp and r.meant_at >= f.meant_at
      and r.source_execution_id = f.execution_id and r.state not in ('REFUSED', 'NEVER_STARTED')
    order by r.meant_at desc, r.seq desc limit 1)
where s.wave = ? order by s.position, s.number;
-- of-execution
select s.wave from wave_start s join execution e on e.token = s.token where e.execution_id = ?;
-- lead
update wave_rollout set turn = turn + 1, leader_user = ?, leader_host = ?, leader_pid = ?, leader_since = ?,
  seen_at = ? where id = ?;
-- stay
update wave_rollout set seen_at = ? where id = ? and turn = ? and leader_user is not null;
-- leave
update wave_rollout set leader_user = null, leader_host = null, leader_pid = null, leader_since = null,
  seen_at = null where id = ? and turn = ?;
-- wish
update wave_rollout set wish = ?, why = ?, ended_at = null where id = ?;
-- go-back
update wave_rollout set wish = 'BACK', why = ?, ended_at = null where id = ? and turn = ? and wish = 'GO';
-- leave-out
update wave_group set left_out = ? where wave = ? and position = ?;
-- confirm
update wave_group set confirmed = true where wave = ? and position = ?;
-- end
update wave_rollout set ended_at = ? where id = ? and turn = ?;
-- done
update wave_start set done = true where wave = ? and token in (select token from execution where execution_id = ?);
-- claim
insert into wave_start (token, wave, position, number, done)
select cast(? as varchar(64)), cast(? as varchar(32)), cast(? as int), coalesce(max(number), 0) + 1, false
from wave_start where wave = ? and position = ?;
