-- has-journal
select to_regclass('oosh.journal') is not null;
-- head
select id, changes, (select version from schema_version) as version, clock_timestamp() as now from journal;
-- begin
update journal set changes = changes + 1
returning id, changes, (select version from schema_version) as version, clock_timestamp() as now;
-- schema
create schema if not exists oosh;
-- versions
create table oosh.schema_version (id int primary key, version int not null);
-- lock
select pg_advisory_xact_lock(?);
-- set-version
insert into schema_version (id, version) values (1, ?) on conflict (id) do update set version = excluded.version;
-- server-version
select current_setting('server_version_num')::int;
-- encoding
select current_setting('server_encoding');
