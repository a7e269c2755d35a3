-- status-of-start
select status from execution where execution_id = ? and token is not null
union all select status from execution where token = ? and execution_id is null;
-- start
from execution where execution_id = ? and token is not null;
-- has
select 1 from outbox where event_id = ? and target = ?;
-- delete-old
delete from outbox where made_at < ?;
-- next-due
select due_at from outbox where state = ? and target in (%s) order by due_at limit 1;
-- due
select * from outbox where state = ? and due_at <= ? and target in (%s) order by made_at, event_id limit 1;
-- give-up
update outbox set state = 'GIVEN_UP', last_error = ?
where state = 'PENDING' and attempts >= ? and due_at <= ?;
-- claim
update outbox set attempts = ?, due_at = ?, last_error = ? where event_id = ? and target = ?;
-- conclude
update outbox set state = ?, last_error = ?, tried_at = ?
where event_id = ? and target = ? and state = 'PENDING' and attempts = ?;
-- forget
delete from outbox where target = ?;
-- deliveries
select target, count(case when state = 'PENDING' then 1 end) as pending,
  count(case when state = 'GIVEN_UP' then 1 end) as given_up, max(tried_at) as last_at,
  (select l.last_error from outbox l where l.target = o.target and l.tried_at is not null
   order by l.tried_at desc, l.event_id limit 1) as last_error
from outbox o group by target order by target;
