-- columns
select column_name, data_type, is_identity from information_schema.columns
where table_schema = current_schema and lower(table_name) = ? order by ordinal_position;
-- last-execution
select coalesce(max(seq), 0) from execution;
-- schema-version
select version from schema_version;
-- has-script
select 1 from script where sha256 = ?;
-- has-token
select 1 from execution where token = ?;
-- has-execution
select 1 from execution where execution_id = ? and region = ? and profile = ?;
-- has-outcome
select 1 from outcome where execution_id = ? and instance = ?;
-- has-outputs
select 1 from output where execution_id = ?;
-- has-freeze
select 1 from freeze_window where spec = ? and zone_id = ? and pattern = ?;
-- has-wave
select 1 from wave_rollout where id = ?;
-- has-tag
select 1 from good_version where profile = ? and region = ? and grp = ? and name = ?;
-- newest-execution
 from execution order by seq desc limit 1;
