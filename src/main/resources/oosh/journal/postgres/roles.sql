-- The roles of a journal that a team shares. Run it as the owner of the tables, once a first oosh has
-- made them, and again after each oosh that has brought them up to date: it can be repeated.
--
--   psql "$DATABASE" -f roles.sql
--   create role li login in role oosh_writer;
--   create role wang login in role oosh_writer, oosh_approver;
--
-- oosh_writer launches, rolls back, locks and tags. oosh_approver approves, and launches nothing.
-- Neither changes or deletes a line of the audit trail, or makes tables.
do $$ begin
  create role oosh_writer nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  create role oosh_approver nologin;
exception when duplicate_object or unique_violation then null;
end $$;

revoke all on schema oosh from public, oosh_writer, oosh_approver;
revoke all on all tables in schema oosh from public, oosh_writer, oosh_approver;
grant usage on schema oosh to oosh_writer, oosh_approver;
grant select on all tables in schema oosh to oosh_writer, oosh_approver;

-- Every transaction that writes takes the one row of this table first.
grant update (changes) on oosh.journal to oosh_writer, oosh_approver;

-- A line's number is the server's. Its trigger puts its own time and user in the place of those sent.
grant insert (recorded_at, who, os_user, host, action, region, grp, subject, detail) on oosh.audit
  to oosh_writer, oosh_approver;

grant insert, update, delete on
  oosh.execution, oosh.outcome, oosh.output, oosh.good_version, oosh.wanted_rollback, oosh.choice,
  oosh.outbox, oosh.group_lock, oosh.freeze_window, oosh.wave_rollout, oosh.wave_group, oosh.wave_start
  to oosh_writer;
grant insert on oosh.script, oosh.output_text to oosh_writer;

-- Who starts says how many approvals a plan needs; who approves gives them, in the server's own name.
grant insert on oosh.saved_plan to oosh_writer;
grant insert (plan_sha256, who, approved, reason, recorded_at) on oosh.plan_verdict to oosh_approver;
