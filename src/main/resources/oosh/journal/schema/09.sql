-- What became of each instance, for when OOS has forgotten the execution.
create table if not exists outcome (
  execution_id varchar not null,
  instance varchar not null,
  status varchar not null,
  primary key (execution_id, instance));
