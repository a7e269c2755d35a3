-- What oosh's own template was told beyond the public one's parameters.
alter table execution add column if not exists tuning varchar default '' not null;
