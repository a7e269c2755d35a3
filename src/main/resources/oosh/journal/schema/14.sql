-- Counts the transactions: a file that lost its end, or an older state in its place, has fewer.
alter table journal add column if not exists changes bigint default 0 not null;
