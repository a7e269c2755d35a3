-- What services list, for Tab. An empty list has been read too, so the time stands apart from the
-- words.
create table if not exists offers (
  profile varchar not null,
  region varchar not null,
  kind varchar(16) not null,
  scope varchar not null,
  read_at timestamp(9) with time zone not null,
  primary key (profile, region, kind, scope));
create table if not exists offer (
  profile varchar not null,
  region varchar not null,
  kind varchar(16) not null,
  scope varchar not null,
  position int not null,
  offered varchar not null,
  name varchar not null,
  detail varchar not null,
  primary key (profile, region, kind, scope, position));
