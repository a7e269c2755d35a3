-- What settles a start that was not answered. asked_at is null once it is answered; claim, "region
-- group", is held by the one start that may be sent on the group.
alter table execution add column if not exists asked_at timestamp(9) with time zone;
alter table execution add column if not exists answered_at timestamp(9) with time zone;
alter table execution add column if not exists claim varchar;
alter table execution add column if not exists again varchar default '' not null;
alter table execution add column if not exists template varchar;
alter table execution add column if not exists parameters clob;
alter table execution add column if not exists author_since timestamp(9) with time zone;
create unique index if not exists one_start on execution (claim);
create index if not exists by_asked on execution (asked_at);
update execution set asked_at = meant_at
where state in ('INTENDED', 'UNCERTAIN') and asked_at is null;
update execution e set claim = region || ' ' || grp
where asked_at is not null and claim is null and not exists (
  select 1 from execution n
  where n.asked_at is not null and n.region = e.region and n.grp = e.grp
    and n.seq > e.seq);
