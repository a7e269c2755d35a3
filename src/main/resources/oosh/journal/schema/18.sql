-- Who did what to which group, a line each, in the transaction of what it tells of. Lines are
-- appended, never changed. who is the database's user where a server keeps the journal.
create table if not exists audit (
  seq bigint generated always as identity primary key, recorded_at timestamp(9) with time zone not null,
  who varchar not null, os_user varchar not null, host varchar not null, action varchar(32) not null,
  region varchar not null, grp varchar not null, subject varchar not null, detail varchar not null);
create index if not exists audit_of_group on audit (grp, seq desc);
-- Plans that others must approve, by their content's hash, and what they said, to which is only added.
create table if not exists saved_plan (
  sha256 varchar(64) primary key, need int not null, region varchar not null, grp varchar not null,
  who varchar not null, recorded_at timestamp(9) with time zone not null);
create table if not exists plan_verdict (
  seq bigint generated always as identity primary key,
  plan_sha256 varchar(64) not null references saved_plan, who varchar not null, approved boolean not null,
  reason varchar not null, recorded_at timestamp(9) with time zone not null);
