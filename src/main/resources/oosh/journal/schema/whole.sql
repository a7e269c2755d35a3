create table script (
  sha256 varchar(64) primary key, bytes int not null, content clob not null);
-- execution_id is null until OOS has named it; token is null if started elsewhere. The columns from
-- asked_at to author_since settle a start that was not answered: asked_at is null once it is
-- answered; claim, "region group", is held by the one start that may be sent on the group.
-- snapshot is the group before the start, healed a line for each step that put back what it left;
-- tuning is what oosh's own template was told beyond the public one's parameters; gates is what had
-- to be healthy before it went on.
create table execution (
  seq bigint generated always as identity primary key, token varchar(64), state varchar(16) not null,
  is_rollback boolean not null, profile varchar not null, region varchar not null, grp varchar not null,
  method varchar not null, execution_id varchar, status varchar, script_name varchar,
  script_sha varchar(64) references script, rollback_name varchar, rollback_sha varchar(64) references script,
  command_type varchar(16) not null, batch_unit varchar(16) not null, batch_value int not null,
  pause varchar(16) not null, ram_role varchar not null, suspended varchar not null,
  suspended_nothing boolean not null, other varchar not null, reason varchar not null, author_user varchar not null,
  author_host varchar not null, author_pid bigint not null, meant_at timestamp(9) with time zone not null,
  ended_at timestamp(9) with time zone, succeeded int not null, total int not null, why varchar not null,
  source_execution_id varchar, asked_at timestamp(9) with time zone, answered_at timestamp(9) with time zone,
  claim varchar, again varchar default '' not null, template varchar, parameters clob,
  author_since timestamp(9) with time zone, snapshot clob, healed clob, tuning varchar default '' not null,
  gates varchar default '' not null);
create unique index by_token on execution (token);
create unique index by_id on execution (execution_id, region, profile);
create unique index one_start on execution (claim);
create index by_asked on execution (asked_at);
-- An index for each list: those of a place, a group, a script, a user and a status, newest first.
-- The order of every list is written as in these: then H2 reads no more than it shows. The columns
-- behind the order answer other filters, so that only the rows are read that are shown.
create index in_region on execution (profile, region, meant_at desc, seq desc, execution_id, is_rollback);
create index in_group on execution (
  profile, region, grp, meant_at desc, seq desc, execution_id, is_rollback, status, author_user);
create index by_script on execution (profile, region, script_name, meant_at desc, seq desc, status, author_user);
create index by_user on execution (profile, region, author_user, meant_at desc, seq desc, status);
create index by_status on execution (profile, region, status, meant_at desc, seq desc);
-- What scripts printed. An output's hash names no text where there was no room for it.
create table output_text (
  sha256 varchar(64) primary key, packed varbinary(1048576) not null);
create table output (
  execution_id varchar not null, position int not null, instance varchar not null,
  status varchar not null, sha256 varchar(64) not null, characters int not null, dropped bigint not null,
  kept_at timestamp(9) with time zone not null, undone boolean,
  primary key (execution_id, position));
-- What stands for a launch that was good.
create table good_version (
  profile varchar not null, region varchar not null, grp varchar not null, name varchar(64) not null,
  execution_id varchar not null, author_user varchar not null, given_at timestamp(9) with time zone not null,
  primary key (profile, region, grp, name));
-- What became of each instance, for when OOS has forgotten the execution, how long it took,
-- and what became of it where OOS rolled it back in the launch itself.
create table outcome (
  execution_id varchar not null, instance varchar not null, status varchar not null,
  seconds bigint, undone varchar, primary key (execution_id, instance));
-- A rollback that was confirmed, from before the abort of its source until it starts.
create table wanted_rollback (
  profile varchar not null, region varchar not null, grp varchar not null, execution_id varchar not null,
  author_user varchar not null, author_host varchar not null, author_pid bigint not null,
  author_since timestamp(9) with time zone, wanted_at timestamp(9) with time zone not null,
  primary key (execution_id, region, profile));
-- What services listed, for Tab: a list's entries as JSON, in the list's order.
create table choice (
  profile varchar not null, region varchar not null, list varchar not null, position int not null,
  entry varchar not null, primary key (profile, region, list, position));
-- Notices that are to be delivered, or were: target is the name of a receiver, whose address is
-- not in the journal. due_at is when it is tried next; a process that tries moves it first.
create table outbox (
  event_id varchar(64) not null, target varchar(64) not null, notice varchar not null,
  state varchar(16) not null, attempts int not null, made_at timestamp(9) with time zone not null,
  due_at timestamp(9) with time zone not null, tried_at timestamp(9) with time zone,
  last_error varchar not null, primary key (event_id, target));
create index outbox_due on outbox (state, due_at);
-- What persons put in the way of starts, under every profile: locks of groups, and freeze windows.
-- grp is a group's id; pattern stands for ids and names of groups, in every region.
create table group_lock (
  region varchar not null, grp varchar not null, owner_user varchar not null, owner_host varchar not null,
  reason varchar not null, made_at timestamp(9) with time zone not null, primary key (region, grp));
create table freeze_window (
  id bigint generated always as identity primary key, spec varchar not null, zone_id varchar not null,
  pattern varchar not null, author_user varchar not null, author_host varchar not null,
  reason varchar not null, made_at timestamp(9) with time zone not null);
-- Who did what to which group, a line each, in the transaction of what it tells of. Lines are
-- appended, never changed. who is the database's user where a server keeps the journal.
create table audit (
  seq bigint generated always as identity primary key, recorded_at timestamp(9) with time zone not null,
  who varchar not null, os_user varchar not null, host varchar not null, action varchar(32) not null,
  region varchar not null, grp varchar not null, subject varchar not null, detail varchar not null);
create index audit_of_group on audit (grp, seq desc);
-- Plans that others must approve, by their content's hash, and what they said, to which is only added.
create table saved_plan (
  sha256 varchar(64) primary key, need int not null, region varchar not null, grp varchar not null,
  who varchar not null, recorded_at timestamp(9) with time zone not null);
create table plan_verdict (
  seq bigint generated always as identity primary key,
  plan_sha256 varchar(64) not null references saved_plan, who varchar not null, approved boolean not null,
  reason varchar not null, recorded_at timestamp(9) with time zone not null);
-- Rollouts over many groups: what was meant, who leads it, and what is to become of it. content is
-- what the file says. Each time that the lead is taken, turn counts up: who has an older turn starts
-- nothing more. wave_start has the launches of each group; their rollbacks
-- are found by what they roll back.
create table wave_rollout (
  id varchar(32) primary key, profile varchar not null, file varchar not null, content clob not null,
  reason varchar not null, through varchar not null, author_user varchar not null, author_host varchar not null,
  made_at timestamp(9) with time zone not null, turn bigint not null, leader_user varchar, leader_host varchar,
  leader_pid bigint, leader_since timestamp(9) with time zone, seen_at timestamp(9) with time zone,
  back_on_failure boolean not null, wish varchar(16) not null, why varchar not null,
  ended_at timestamp(9) with time zone);
create index wave_of_profile on wave_rollout (profile, made_at desc, id);
create table wave_group (
  wave varchar(32) not null references wave_rollout, position int not null, step int not null,
  region varchar not null, grp varchar not null, name varchar not null, instances int not null,
  confirmed boolean not null, left_out varchar not null, primary key (wave, position));
create table wave_start (
  token varchar(64) primary key, wave varchar(32) not null, position int not null, number int not null,
  done boolean not null);
create index wave_starts on wave_start (wave, position, number);
-- id tells this journal from every other, also where one is put in the place of another. changes
-- counts the transactions: a file that lost its end, or an older state in its place, has fewer.
create table journal (
  id varchar(36) not null, changes bigint default 0 not null);
insert into journal (id) values (cast(random_uuid() as varchar(36)));
