-- The group before it, and a line for each step that put back what it left.
alter table execution add column if not exists snapshot clob;
alter table execution add column if not exists healed clob;
