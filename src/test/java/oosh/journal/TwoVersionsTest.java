package oosh.journal;

import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.awaitClosed;
import static oosh.journal.JournalFixtures.inDatabase;
import static oosh.journal.JournalFixtures.launch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import oosh.journal.transfer.H2JournalArchive;
import oosh.rollout.Problem;
import oosh.rollout.record.History;
import oosh.rollout.update.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

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
      older.starts().intend(launch("t", WEB, NOON));
      assertThat(older.outdated()).isFalse();

      NewerOosh.bringsUpToDate(home, step);

      assertOutdated(older);
    }
  }

  /** What it has read for Tab is none of its any more either. */
  @Test
  void theOlderThatIsOpenLeavesTheNewersFileAsItIs() throws Exception {
    H2Journal older = H2Journal.open(home);
    NewerOosh.bringsUpToDate(home);
    byte[] before = Files.readAllBytes(home.resolve("journal.mv.db"));

    assertOutdated(older);
    older.close();

    assertThat(home.resolve("journal.mv.db")).hasBinaryContent(before);
  }

  /** Each oosh notes beside the journal how far it has written it. */
  @Test
  void bringsUpToDateWhatAnOlderHasNotedThatItHasWritten() {
    inDatabase(
        home,
        sql -> {
          SchemaMigrationsTest.before(sql, SchemaMigrations.VERSION - 1);
          sql.update("update journal set changes = 7");
        });
    JournalFile.in(home).remember(new SchemaMigrations.Head(SchemaMigrations.VERSION - 1, "", 7));

    try (H2Journal newer = H2Journal.open(home)) {
      assertThat(newer.status().version()).isEqualTo(SchemaMigrations.VERSION);
    }
  }

  /** With this oosh as the newer: the tables are those of the step before. */
  @Test
  void bringsTheJournalOfAnOlderUpToDateAndKeepsACopyOfIt() throws Exception {
    inDatabase(home, sql -> SchemaMigrationsTest.before(sql, SchemaMigrations.VERSION - 1));

    try (H2Journal newer = H2Journal.open(home)) {
      assertThat(
              newer
                  .starts()
                  .openIntents(new Context("prod", "cn-hangzhou", "asg-web", WEB.method())))
          .hasSize(1);
    }

    List<String> lines = new ArrayList<>();
    new H2JournalArchive(home.resolve("none"), () -> NOON)
        .exportFrom(home.resolve("journal.1"), lines::add);
    assertThat(lines.get(0)).contains("\"schema\":" + (SchemaMigrations.VERSION - 1) + ",");
    assertThat(lines).anyMatch(l -> l.contains("\"token\":\"open\""));
  }

  @Test
  void refusesAnotherJournalInThePlaceOfItsOwn() throws Exception {
    try (H2Journal shell = H2Journal.open(home)) {
      shell.starts().intend(launch("t", WEB, NOON));
      Path data = home.resolve("journal.mv.db");
      awaitClosed(home);
      Files.move(data, home.resolve("journal.old"));

      assertRefused(shell, data + " is gone");
      assertThat(data).doesNotExist();

      H2Journal.open(home).close();
      byte[] before = Files.readAllBytes(data);
      assertRefused(shell, data + " is another journal than this shell began with");
      assertThat(data).hasBinaryContent(before);

      Files.delete(data);
      Files.move(home.resolve("journal.old"), data);
      assertThat(shell.starts().withToken("t")).isPresent();
    }
  }

  private static void assertRefused(H2Journal shell, String why) {
    for (Runnable work :
        List.<Runnable>of(
            () -> shell.starts().intend(launch("u", WEB, NOON)),
            () -> shell.starts().find("exec-1"))) {
      Problem problem = catchThrowableOfType(Problem.class, work::run);
      assertThat(problem).isNotNull();
      assertThat(problem.what()).isEqualTo("the journal cannot be used");
      assertThat(problem.why()).isEqualTo(why);
      assertThat(problem.next()).isEqualTo("start this shell anew: exit, then oosh");
    }
  }

  private static void assertOutdated(H2Journal older) {
    assertThat(older.outdated()).isTrue();
    for (Runnable work :
        List.<Runnable>of(
            () -> older.starts().intend(launch("u", WEB, NOON)),
            () -> older.starts().find("exec-1"),
            () ->
                older.history().list(new History.Query("prod", "cn-hangzhou", null, null, null, 5)),
            () -> older.starts().markRefused("t", "no"))) {
      Problem problem = catchThrowableOfType(Problem.class, work::run);
      assertThat(problem).isNotNull();
      assertThat(problem.what()).isEqualTo("the journal cannot be used");
      assertThat(problem.why()).isEqualTo("a newer oosh has brought the journal up to date");
      assertThat(problem.next()).isEqualTo("start this shell anew: exit, then the newer oosh");
    }
  }
}
