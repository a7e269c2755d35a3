-- delete
delete from choice where profile = ? and region = ? and list = ?;
-- insert
insert into choice (profile, region, list, position, entry) values (?, ?, ?, ?, ?);
-- entries
select entry from choice where profile = ? and region = ? and list = ?
order by profile, region, list, position;
-- templates
select list from choice where profile = ? and region = ? and list like 'template %'
order by profile, region, list limit 200;
