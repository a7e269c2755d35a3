-- What services listed, for Tab: a list's entries as JSON, in the list's order. Four tables had a
-- column for each field of it.
create table if not exists choice (
  profile varchar not null,
  region varchar not null,
  list varchar not null,
  position int not null,
  entry varchar not null,
  primary key (profile, region, list, position));
drop table if exists scaling_group;
drop table if exists template;
drop table if exists offers;
drop table if exists offer;
