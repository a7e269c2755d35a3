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

  private static List<String> shape(JdbcTemplate sql) {
    return sql.queryForList(
        """
        select table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable
        from information_schema.columns where table_schema = 'PUBLIC'
        union all
        select table_name || ' ' || index_name from information_schema.indexes
        where table_schema = 'PUBLIC' and not is_generated
        union all
        select 'version ' || version from schema_version
        order by 1
        """,
        String.class);
  }
}
