-- user
select session_user;
-- plan
select need, region, grp, who, recorded_at from saved_plan where sha256 = ?;
-- verdicts
select who, approved, reason, recorded_at from plan_verdict where plan_sha256 = ? order by seq;
-- uses
select recorded_at, detail from audit
where grp = ? and action = 'plan-started' and subject = ? order by seq desc;
-- start
select state, execution_id from execution where token = ?;
-- not-started
select sha256, grp from saved_plan where region = ? and not exists (
  select 1 from audit where audit.grp = saved_plan.grp and audit.action = 'plan-started' and audit.subject = sha256)
order by recorded_at desc limit 200;
