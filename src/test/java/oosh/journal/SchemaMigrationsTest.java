package oosh.journal;

import static oosh.journal.JournalFixtures.inDatabase;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** The steps from an older journal to this one. */
class SchemaMigrationsTest {
  @TempDir Path home;

  @Test
  @Tag("endurance")
  void repeatsAStepThatWasCutOffAfterAnyOfItsStatements() {
    inDatabase(
        home,
        sql -> {
          SchemaMigrations.migrate(sql);
          List<String> whole = shape(sql);
          for (int step = 0; step < SchemaMigrations.VERSION; step++) {
            List<String> statements = SchemaMigrations.step(step + 1);
            for (int done = 0; done <= statements.size(); done++) {
              sql.execute("drop all objects");
              before(sql, step);
              statements.subList(0, done).forEach(sql::execute);

              SchemaMigrations.migrate(sql);

              assertThat(shape(sql)).as("step %d cut after %d", step + 1, done).isEqualTo(whole);
              assertThat(sql.queryForList("select id from journal", String.class)).hasSize(1);
              if (step > 0) {
                assertThat(
                        sql.queryForList(
                            "select token from execution where asked_at is not null"
                                + " and claim = 'cn-hangzhou asg-web'",
                            String.class))
                    .as("step %d cut after %d", step + 1, done)
                    .containsExactly("open");
              }
            }
          }
        });
  }

  @Test
  void makesANewJournalLikeTheStepsTogether() {
    inDatabase(
        home,
        sql -> {
          SchemaMigrations.migrate(sql);
          List<String> steps = shape(sql);
          List<Integer> versions =
              sql.queryForList("select version from schema_version", Integer.class);
          sql.execute("drop all objects");

          SchemaMigrations.create(sql);

          assertThat(shape(sql)).isEqualTo(steps);
          assertThat(versions).containsExactly(SchemaMigrations.VERSION);
          assertThat(
                  sql.queryForList(
                      "select length(id) || ' ' || changes from journal", String.class))
              .containsExactly("36 0");
        });
  }

  @Test
  void saysThatAnOldersTablesAreBroughtUpToDateAndOnlyThen() {
    AtomicInteger told = new AtomicInteger();
    inDatabase(home, sql -> before(sql, SchemaMigrations.VERSION - 1));

    JournalFixtures.open(home, told::incrementAndGet, record -> {}).close();
    assertThat(told).hasValue(1);

    JournalFixtures.open(home, told::incrementAndGet, record -> {}).close();
    JournalFixtures.open(home.resolve("new"), told::incrementAndGet, record -> {}).close();
    assertThat(told).hasValue(1);
  }

  /** A journal as the steps before it have left it, with a start that was not answered. */
  static void before(JdbcTemplate sql, int step) {
    for (int i = 0; i < step; i++) {
      SchemaMigrations.step(i + 1).forEach(sql::execute);
      if (i == 0) {
        unanswered(sql);
      }
    }
    if (step > 0) {
      sql.execute("create table schema_version (id int primary key, version int not null)");
      sql.update("insert into schema_version values (1, ?)", step);
    }
  }

  /** As the first oosh wrote it: the second step settles what it says about it. */
  private static void unanswered(JdbcTemplate sql) {
    sql.update(
        """
          insert into execution (token, state, is_rollback, profile, region, grp, method,
            command_type, batch_unit, batch_value, pause, ram_role, suspended, suspended_nothing,
            other, reason, author_user, author_host, author_pid, meant_at, succeeded, total, why)
          values ('open', 'INTENDED', false, 'prod', 'cn-hangzhou', 'asg-web', 'run-script',
            'SHELL', 'NUMBER', 2, 'NEVER', '', '', false, '{}', '', 'li', 'ops-1', 1,
            timestamp with time zone '2026-11-23 12:00:00Z', 0, 4, '')
          """);
  }

  /**
   * Every table, column, index and constraint, a line each. What H2 names by itself goes without
   * its name: an index for a constraint counts there.
   */
  private static List<String> shape(JdbcTemplate sql) {
    return sql.queryForList(
        """
        select concat_ws(' ', table_name, table_type, storage_type)
        from information_schema.tables where table_schema = 'PUBLIC'
        union all
        select concat_ws(' ', table_name, ordinal_position, column_name, data_type,
          character_maximum_length, numeric_precision, numeric_scale, datetime_precision,
          'null', is_nullable, 'default', column_default, 'identity', is_identity,
          identity_generation, identity_start, identity_increment, 'generated', is_generated)
        from information_schema.columns where table_schema = 'PUBLIC'
        union all
        select concat_ws(' ', i.table_name, i.index_name, i.index_type_name, c.ordinal_position,
          c.column_name, c.ordering_specification, c.null_ordering, c.is_unique)
        from information_schema.indexes i
        join information_schema.index_columns c using (table_schema, index_name)
        where i.table_schema = 'PUBLIC' and not i.is_generated
        union all
        select concat_ws(' ', c.table_name, c.constraint_type, k.ordinal_position, k.column_name,
          u.table_name, r.update_rule, r.delete_rule)
        from information_schema.table_constraints c
        left join information_schema.key_column_usage k using (constraint_schema, constraint_name)
        left join information_schema.referential_constraints r
          using (constraint_schema, constraint_name)
        left join information_schema.table_constraints u
          on u.constraint_name = r.unique_constraint_name
        where c.constraint_schema = 'PUBLIC'
        union all
        select concat_ws(' ', 'version', id, version) from schema_version
        order by 1
        """,
        String.class);
  }
}
