-- What persons put in the way of starts, under every profile: locks of groups, and freeze windows.
-- grp is a group's id; pattern stands for ids and names of groups, in every region.
create table if not exists group_lock (
  region varchar not null, grp varchar not null, owner_user varchar not null, owner_host varchar not null,
  reason varchar not null, made_at timestamp(9) with time zone not null, primary key (region, grp));
create table if not exists freeze_window (
  id bigint generated always as identity primary key, spec varchar not null, zone_id varchar not null,
  pattern varchar not null, author_user varchar not null, author_host varchar not null,
  reason varchar not null, made_at timestamp(9) with time zone not null);
