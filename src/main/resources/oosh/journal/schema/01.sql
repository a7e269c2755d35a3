create table if not exists script (
  sha256 varchar(64) primary key,
  bytes int not null,
  content clob not null);
-- execution_id is null until OOS has named it; token is null if started elsewhere.
create table if not exists execution (
  seq bigint generated always as identity primary key,
  token varchar(64),
  state varchar(16) not null,
  is_rollback boolean not null,
  profile varchar not null,
  region varchar not null,
  grp varchar not null,
  method varchar not null,
  execution_id varchar,
  status varchar,
  script_name varchar,
  script_sha varchar(64) references script,
  rollback_name varchar,
  rollback_sha varchar(64) references script,
  command_type varchar(16) not null,
  batch_unit varchar(16) not null,
  batch_value int not null,
  pause varchar(16) not null,
  ram_role varchar not null,
  suspended varchar not null,
  suspended_nothing boolean not null,
  other varchar not null,
  reason varchar not null,
  author_user varchar not null,
  author_host varchar not null,
  author_pid bigint not null,
  meant_at timestamp(9) with time zone not null,
  ended_at timestamp(9) with time zone,
  succeeded int not null,
  total int not null,
  why varchar not null,
  source_execution_id varchar);
create unique index if not exists by_token on execution (token);
create unique index if not exists by_id on execution (execution_id, region, profile);
-- The order of every list is written as in these: then H2 reads no more than it shows.
create index if not exists by_group
  on execution (profile, region, grp, meant_at desc, seq desc);
create index if not exists by_region
  on execution (profile, region, meant_at desc, seq desc);
create index if not exists by_time on execution (meant_at desc, seq desc);
create table if not exists scaling_group (
  profile varchar not null,
  region varchar not null,
  position int not null,
  id varchar not null,
  name varchar not null,
  lifecycle_state varchar not null,
  in_service int not null,
  protected_instances int not null,
  standby int not null,
  other int not null,
  min_size int not null,
  max_size int not null,
  suspended varchar not null,
  seen_at timestamp(9) with time zone not null,
  primary key (profile, region, position));
