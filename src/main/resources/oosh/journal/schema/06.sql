-- What templates say of themselves, for Tab. A table of its own, as every addition is from here on:
-- to add a column, H2 copies a million records and makes all indexes anew.
create table if not exists template (
  profile varchar not null,
  region varchar not null,
  name varchar not null,
  asked varchar not null,
  version varchar not null,
  parameters clob not null,
  seen_at timestamp(9) with time zone not null,
  primary key (profile, region, name, asked));
