-- delete-groups
delete from scaling_group where profile = ? and region = ?;
-- groups
select * from scaling_group where profile = ? and region = ? order by profile, region, position;
-- delete-template
delete from template where profile = ? and region = ? and name = ? and asked = ?;
-- template
select * from template where profile = ? and region = ? and name = ? and asked = ?;
-- templates
select name, asked from template where profile = ? and region = ?
order by profile, region, name, asked limit 200;
-- delete-catalogue-items
delete from offer where profile = ? and region = ? and kind = ? and scope = ?;
-- delete-catalogue
delete from offers where profile = ? and region = ? and kind = ? and scope = ?;
-- catalogue
select read_at from offers where profile = ? and region = ? and kind = ? and scope = ?;
-- catalogue-items
select * from offer where profile = ? and region = ? and kind = ? and scope = ?
order by profile, region, kind, scope, position;
