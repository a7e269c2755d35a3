-- Tells this journal from every other, also where one is put in the place of another.
create table if not exists journal (id varchar(36) not null);
insert into journal (id)
select cast(random_uuid() as varchar(36)) where not exists (select 1 from journal);
-- The order of every list; other filters are tried on the rows that these lead to.
create index if not exists by_region
  on execution (profile, region, meant_at desc, seq desc);
create index if not exists by_group
  on execution (profile, region, grp, meant_at desc, seq desc);
drop index if exists by_place;
drop index if exists by_place_group;
drop index if exists by_place_status;
drop index if exists by_place_user;
drop index if exists by_place_script_name;
drop index if exists by_place_script;
