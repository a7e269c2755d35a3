-- place-of-token
select region, grp from execution where token = ?;
-- place-of-execution
select region, grp from execution where execution_id = ?;
-- lines
select recorded_at, who, os_user, host, action, region, grp, subject, detail from audit where true;
