-- is-open
select coalesce((select has_schema_privilege(oid, 'usage') from pg_namespace where nspname = 'oosh'), true);
-- has-journal
select exists (
  select 1 from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'oosh' and c.relname = 'journal');
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
-- bytes
select coalesce(sum(pg_total_relation_size(c.oid)), 0) from pg_class c
join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'oosh' and c.relkind = 'r';
-- connected
select usename, coalesce(application_name, '') as program, backend_start from pg_stat_activity
where datname = current_database() and backend_type = 'client backend' order by backend_start, pid;
-- server
select current_setting('server_version');
