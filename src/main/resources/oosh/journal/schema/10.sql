-- A rollback that was confirmed, from before the abort of its source until it starts.
create table if not exists wanted_rollback (
  profile varchar not null,
  region varchar not null,
  grp varchar not null,
  execution_id varchar not null,
  author_user varchar not null,
  author_host varchar not null,
  author_pid bigint not null,
  author_since timestamp(9) with time zone,
  wanted_at timestamp(9) with time zone not null,
  primary key (execution_id, region, profile));
