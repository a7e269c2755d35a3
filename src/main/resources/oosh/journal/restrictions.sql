-- lock-on
select * from group_lock where region = ? and grp = ?;
-- locks
select * from group_lock where region = ? order by grp;
-- unlock
delete from group_lock where region = ? and grp = ? and made_at = ?;
-- freezes
select * from freeze_window order by id;
-- newest-freeze
select max(id) as id from freeze_window where author_user = ? and author_host = ? and made_at = ?;
-- freeze
select spec, zone_id, pattern, author_user from freeze_window where id = ?;
-- remove-freeze
delete from freeze_window where id = ?;
