-- What had to be healthy before a launch went on, how long each instance took, and what became of
-- it where OOS rolled it back in the launch itself.
alter table execution add column if not exists gates varchar default '' not null;
alter table outcome add column if not exists seconds bigint;
alter table outcome add column if not exists undone varchar;
alter table output add column if not exists undone boolean;
