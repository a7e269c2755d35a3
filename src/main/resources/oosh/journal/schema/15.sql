-- What had to be healthy before a launch went on, and how long each instance took.
alter table execution add column if not exists gates varchar default '' not null;
alter table outcome add column if not exists seconds bigint;
