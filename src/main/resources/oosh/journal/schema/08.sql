-- Indexes for each filter of the history, which an oosh of 0.1 made here and in step 4.
drop index if exists by_status;
drop index if exists by_user;
drop index if exists by_script_name;
drop index if exists by_script;
drop index if exists by_time;
