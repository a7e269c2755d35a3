package oosh.journal;

import static oosh.journal.Samples.NOON;
import static oosh.journal.Samples.WEB;
import static oosh.journal.Samples.launch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import oosh.rollout.Context;
import oosh.rollout.Journal;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Two versions of oosh on one journal: whichever comes second, nothing healthy is called damaged.
 */
class TwoVersionsTest {
  static final List<String> STEPS = NewerOosh.STEPS;

  @TempDir Path home;

  @ParameterizedTest
  @FieldSource("STEPS")
  void theOlderThatIsOpenSaysThatANewerHasCome(String step) {
    try (H2Journal older = H2Journal.open(home)) {
      older.intend(launch("t", WEB, NOON));
      assertThat(older.outdated()).isFalse();

      NewerOosh.bringsUpToDate(home, step);

      assertOutdated(older);
    }
  }

  @Test
  void theSameWhereAnotherProcessHoldsTheFile() throws Exception {
    try (OtherShell holder = new OtherShell(home);
        H2Journal older = H2Journal.open(home)) {
      holder.intend(1);
      assertThat(holder.token()).isEqualTo("other-0");

      NewerOosh.bringsUpToDate(home);

      assertOutdated(older);
    }
  }

  @Test
  void theOlderThatIsOpenNeverSealsTheNewersFile() throws Exception {
    H2Journal older = H2Journal.open(home);
    NewerOosh.bringsUpToDate(home);
    older.outdated();
    older.close();
    byte[] before = Files.readAllBytes(home.resolve("journal.mv.db"));

    Problem problem = catchThrowableOfType(Problem.class, () -> H2Journal.open(home).close());

    assertThat(problem.why()).contains("was written by a newer oosh");
    assertThat(home.resolve("journal.mv.db")).hasBinaryContent(before);
  }

  @Test
  void theOlderThatComesWhileTheNewerIsOpenIsRefused() throws Exception {
    H2Journal.open(home).close();
    try (OtherShell newer = new OtherShell(home)) {
      NewerOosh.bringsUpToDate(home);

      Problem problem = catchThrowableOfType(Problem.class, () -> H2Journal.open(home).close());

      assertThat(problem.why()).contains("was written by a newer oosh");
      assertThat(problem.next())
          .startsWith(
              "use the newer oosh. Or begin afresh with what this one understands of it. Leave every"
                  + " other oosh first:\n");
      assertThat(newer.answers().ready()).isFalse();
    }
  }

  /** The same with this oosh as the newer: the older's tables are those of the step before. */
  @Test
  void bringsTheJournalUpToDateUnderAnOlderThatHasItOpen() throws Exception {
    JournalFile file = JournalFile.in(home);
    try (Connection older = file.connect()) {
      JdbcTemplate sql = new JdbcTemplate(new SingleConnectionDataSource(older, true));
      SchemaTest.before(sql, Schema.STEPS.size() - 1);
      older.commit();

      try (H2Journal newer = H2Journal.open(home)) {
        assertThat(newer.unanswered(new Context("prod", "cn-hangzhou", "asg-web", WEB.method())))
            .hasSize(1);
        assertThat(sql.queryForObject("select version from schema_version", Integer.class))
            .isEqualTo(Schema.STEPS.size());
      }
    }
  }

  private static void assertOutdated(H2Journal older) {
    assertThat(older.outdated()).isTrue();
    for (Runnable work :
        List.<Runnable>of(
            () -> older.intend(launch("u", WEB, NOON)),
            () -> older.find("exec-1"),
            () -> older.history(new Journal.Query("prod", "cn-hangzhou", null, null, null, 5)),
            () -> older.refused("t", "no"))) {
      Problem problem = catchThrowableOfType(Problem.class, work::run);
      assertThat(problem).isNotNull();
      assertThat(problem.what()).isEqualTo("the journal cannot be used");
      assertThat(problem.why()).isEqualTo("a newer oosh has brought the journal up to date");
      assertThat(problem.next()).isEqualTo("start this shell anew: exit, then the newer oosh");
    }
  }
}
