-- Rollouts over many groups: what was meant, who leads it, and what is to become of it. content is
-- what the file says. Each time that the lead is taken, turn counts up: who has an older turn starts
-- nothing more. wave_start has the launches of each group; their rollbacks
-- are found by what they roll back.
create table if not exists wave_rollout (
  id varchar(32) primary key, profile varchar not null, file varchar not null, content clob not null,
  reason varchar not null, through varchar not null, author_user varchar not null, author_host varchar not null,
  made_at timestamp(9) with time zone not null, turn bigint not null, leader_user varchar, leader_host varchar,
  leader_pid bigint, leader_since timestamp(9) with time zone, seen_at timestamp(9) with time zone,
  back_on_failure boolean not null, wish varchar(16) not null, why varchar not null,
  ended_at timestamp(9) with time zone);
create index if not exists wave_of_profile on wave_rollout (profile, made_at desc, id);
create table if not exists wave_group (
  wave varchar(32) not null references wave_rollout, position int not null, step int not null,
  region varchar not null, grp varchar not null, name varchar not null, instances int not null,
  confirmed boolean not null, left_out varchar not null, primary key (wave, position));
create table if not exists wave_start (
  token varchar(64) primary key, wave varchar(32) not null, position int not null, number int not null,
  done boolean not null);
create index if not exists wave_starts on wave_start (wave, position, number);
