-- user
select session_user;
-- plan
select need, region, grp, who, recorded_at from saved_plan where sha256 = ?;
-- verdicts
select who, approved, reason, recorded_at from plan_verdict where plan_sha256 = ? order by seq;
