-- What scripts printed, and what stands for a launch that was good. An output's hash names no text
-- where there was no room for it.
create table if not exists output_text (
  sha256 varchar(64) primary key,
  packed varbinary(1048576) not null);
create table if not exists output (
  execution_id varchar not null,
  position int not null,
  instance varchar not null,
  status varchar not null,
  sha256 varchar(64) not null,
  characters int not null,
  dropped bigint not null,
  kept_at timestamp(9) with time zone not null,
  primary key (execution_id, position));
create table if not exists good_version (
  profile varchar not null,
  region varchar not null,
  grp varchar not null,
  name varchar(64) not null,
  execution_id varchar not null,
  author_user varchar not null,
  given_at timestamp(9) with time zone not null,
  primary key (profile, region, grp, name));
