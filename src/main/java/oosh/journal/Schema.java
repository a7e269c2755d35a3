package oosh.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import oosh.rollout.Problem;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tables, as a list of steps: version n is what the first n steps have made. A released step is
 * never changed, only followed by another. Every statement can be repeated, for a shell may die
 * between two: H2 commits each by itself, and the version is written after the last of a step.
 */
final class Schema {
  static final List<List<String>> STEPS =
      List.of(
          List.of(
              """
              create table if not exists script (
                sha256 varchar(64) primary key,
                bytes int not null,
                content clob not null)
              """,
              // execution_id is null until OOS has named it; token is null if started elsewhere.
              """
              create table if not exists execution (
                seq bigint generated always as identity primary key,
                token varchar(64),
                state varchar(16) not null,
                is_rollback boolean not null,
                profile varchar not null,
                region varchar not null,
                grp varchar not null,
                method varchar not null,
                execution_id varchar,
                status varchar,
                script_name varchar,
                script_sha varchar(64) references script,
                rollback_name varchar,
                rollback_sha varchar(64) references script,
                command_type varchar(16) not null,
                batch_unit varchar(16) not null,
                batch_value int not null,
                pause varchar(16) not null,
                ram_role varchar not null,
                suspended varchar not null,
                suspended_nothing boolean not null,
                other varchar not null,
                reason varchar not null,
                author_user varchar not null,
                author_host varchar not null,
                author_pid bigint not null,
                meant_at timestamp(9) with time zone not null,
                ended_at timestamp(9) with time zone,
                succeeded int not null,
                total int not null,
                why varchar not null,
                source_execution_id varchar)
              """,
              "create unique index if not exists by_token on execution (token)",
              "create unique index if not exists by_id on execution (execution_id, region, profile)",
              // The order of every list is written as in these: then H2 reads no more than it
              // shows.
              """
              create index if not exists by_group
                on execution (profile, region, grp, meant_at desc, seq desc)
              """,
              """
              create index if not exists by_region
                on execution (profile, region, meant_at desc, seq desc)
              """,
              "create index if not exists by_time on execution (meant_at desc, seq desc)",
              """
              create table if not exists scaling_group (
                profile varchar not null,
                region varchar not null,
                position int not null,
                id varchar not null,
                name varchar not null,
                lifecycle_state varchar not null,
                in_service int not null,
                protected_instances int not null,
                standby int not null,
                other int not null,
                min_size int not null,
                max_size int not null,
                suspended varchar not null,
                seen_at timestamp(9) with time zone not null,
                primary key (profile, region, position))
              """),
          List.of(
              // What settles a start that was not answered. asked_at is null once it is answered;
              // claim, "region group", is held by the one start that may be sent on the group.
              "alter table execution add column if not exists asked_at timestamp(9) with time zone",
              "alter table execution add column if not exists answered_at timestamp(9) with time zone",
              "alter table execution add column if not exists claim varchar",
              "alter table execution add column if not exists again varchar default '' not null",
              "alter table execution add column if not exists template varchar",
              "alter table execution add column if not exists parameters clob",
              "alter table execution add column if not exists author_since timestamp(9) with time zone",
              "create unique index if not exists one_start on execution (claim)",
              "create index if not exists by_asked on execution (asked_at)",
              """
              update execution set asked_at = meant_at
              where state in ('INTENDED', 'UNCERTAIN') and asked_at is null
              """,
              """
              update execution e set claim = region || ' ' || grp
              where asked_at is not null and claim is null and not exists (
                select 1 from execution n
                where n.asked_at is not null and n.region = e.region and n.grp = e.grp
                  and n.seq > e.seq)
              """),
          List.of(
              // The group before it, and a line for each step that put back what it left.
              "alter table execution add column if not exists snapshot clob",
              "alter table execution add column if not exists healed clob"),
          List.of(
              // What scripts printed, and what stands for a launch that was good. An output's hash
              // names no text where there was no room for it.
              """
              create table if not exists output_text (
                sha256 varchar(64) primary key,
                packed varbinary(1048576) not null)
              """,
              """
              create table if not exists output (
                execution_id varchar not null,
                position int not null,
                instance varchar not null,
                status varchar not null,
                sha256 varchar(64) not null,
                characters int not null,
                dropped bigint not null,
                kept_at timestamp(9) with time zone not null,
                primary key (execution_id, position))
              """,
              """
              create table if not exists good_version (
                profile varchar not null,
                region varchar not null,
                grp varchar not null,
                name varchar(64) not null,
                execution_id varchar not null,
                author_user varchar not null,
                given_at timestamp(9) with time zone not null,
                primary key (profile, region, grp, name))
              """,
              // One for each way of asking, each ending in the order of the lists.
              """
              create index if not exists by_status
                on execution (profile, region, status, meant_at desc, seq desc)
              """,
              """
              create index if not exists by_script on execution (script_sha, meant_at desc, seq desc)
              """,
              """
              create index if not exists by_script_name
                on execution (script_name, meant_at desc, seq desc)
              """,
              """
              create index if not exists by_user on execution (author_user, meant_at desc, seq desc)
              """),
          List.of(
              // What oosh's own template was told beyond the public one's parameters.
              "alter table execution add column if not exists tuning varchar default '' not null"),
          List.of(
              // What templates say of themselves, for Tab. A table of its own, as every addition is
              // from here on: to add a column, H2 copies a million records and makes all indexes
              // anew.
              """
              create table if not exists template (
                profile varchar not null,
                region varchar not null,
                name varchar not null,
                asked varchar not null,
                version varchar not null,
                parameters clob not null,
                seen_at timestamp(9) with time zone not null,
                primary key (profile, region, name, asked))
              """),
          List.of(
              // What services list, for Tab. An empty list has been read too, so the time stands
              // apart from the words.
              """
              create table if not exists offers (
                profile varchar not null,
                region varchar not null,
                kind varchar(16) not null,
                scope varchar not null,
                read_at timestamp(9) with time zone not null,
                primary key (profile, region, kind, scope))
              """,
              """
              create table if not exists offer (
                profile varchar not null,
                region varchar not null,
                kind varchar(16) not null,
                scope varchar not null,
                position int not null,
                offered varchar not null,
                name varchar not null,
                detail varchar not null,
                primary key (profile, region, kind, scope, position))
              """),
          List.of(
              // For history's filters, each by the place, then by itself, then by the order of the
              // lists. What follows are the other filters, and what figures are made of: so no row
              // is fetched only to find that it is not meant, or to be counted.
              """
              create index if not exists by_place on execution (profile, region, meant_at desc,
                seq desc, grp, is_rollback, status, ended_at)
              """,
              """
              create index if not exists by_place_group on execution (profile, region, grp,
                meant_at desc, seq desc, status, author_user, script_name)
              """,
              """
              create index if not exists by_place_status on execution (profile, region, status,
                meant_at desc, seq desc, author_user, script_name, grp)
              """,
              """
              create index if not exists by_place_user on execution (profile, region, author_user,
                meant_at desc, seq desc, status, script_name, grp)
              """,
              """
              create index if not exists by_place_script_name
                on execution (profile, region, script_name, meant_at desc, seq desc, status,
                author_user, grp)
              """,
              """
              create index if not exists by_place_script on execution (profile, region, script_sha,
                meant_at desc, seq desc, status, author_user, grp)
              """,
              "drop index if exists by_region",
              "drop index if exists by_group",
              "drop index if exists by_status",
              "drop index if exists by_user",
              "drop index if exists by_script_name",
              "drop index if exists by_script",
              "drop index if exists by_time"),
          List.of(
              // What became of each instance, for when OOS has forgotten the execution.
              """
              create table if not exists outcome (
                execution_id varchar not null,
                instance varchar not null,
                status varchar not null,
                primary key (execution_id, instance))
              """),
          List.of(
              // A rollback that was confirmed, from before the abort of its source until it starts.
              """
              create table if not exists wanted_rollback (
                profile varchar not null,
                region varchar not null,
                grp varchar not null,
                execution_id varchar not null,
                author_user varchar not null,
                author_host varchar not null,
                author_pid bigint not null,
                author_since timestamp(9) with time zone,
                wanted_at timestamp(9) with time zone not null,
                primary key (execution_id, region, profile))
              """));

  private Schema() {}

  /**
   * Brings the tables up to date; one read if they are. One shell at a time: where two add a column
   * at once, each makes a copy of the table, and H2 ends with none.
   *
   * @param begins is told the version they had, 0 where there are none yet
   */
  static void bringUpToDate(JdbcTemplate sql, JournalFile file, IntConsumer begins) {
    int version = version(sql);
    refuseNewer(version, file.data());
    if (version < STEPS.size()) {
      file.alone(
          () -> {
            begins.accept(version);
            sql.execute(
                "create table if not exists"
                    + " schema_version (id int primary key, version int not null)");
            for (int next = version(sql) + 1; next <= STEPS.size(); next++) {
              STEPS.get(next - 1).forEach(sql::execute);
              sql.update("merge into schema_version (id, version) key (id) values (1, ?)", next);
            }
            // The next one must see it.
            sql.execute("commit");
            return true;
          });
    }
  }

  /** Refuses what {@link #bringUpToDate} would, and changes nothing. */
  static void look(JdbcTemplate sql, Path data) {
    try {
      refuseNewer(written(sql), data);
    } catch (Store.Failed e) {
      if (!e.noSuchTable()) {
        throw e;
      }
    }
  }

  private static void refuseNewer(int version, Path data) {
    if (version > STEPS.size()) {
      throw Problem.refused(
          "the journal cannot be used",
          String.format(
              "%s was written by a newer oosh (version %d; this one knows %d); it stays as it is",
              data, version, STEPS.size()),
          "use the newer oosh. Or begin afresh with what this one understands of it"
              + Troubles.wayOut(data));
    }
  }

  /**
   * Whether a newer oosh has brought the tables up to date since they were opened. Only the version
   * says so: what a later step changes is not known here, and a statement may fail on it, or do
   * what it must not.
   */
  static boolean isNewer(JdbcTemplate sql) {
    return version(sql) > STEPS.size();
  }

  private static int written(JdbcTemplate sql) {
    return sql.query("select version from schema_version", (rs, n) -> rs.getInt(1)).stream()
        .findFirst()
        .orElse(0);
  }

  private static int version(JdbcTemplate sql) {
    try {
      return written(sql);
    } catch (Store.Failed e) {
      if (!e.noSuchTable()) {
        throw e;
      }
      return 0;
    }
  }
}
