package oosh.journal;

import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.execution;
import static oosh.journal.JournalFixtures.inDatabase;
import static oosh.journal.JournalFixtures.launch;
import static oosh.journal.JournalFixtures.rollback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import oosh.journal.transfer.H2JournalArchive;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalArchive.ExportResult;
import oosh.rollout.record.JournalArchive.ImportResult;
import oosh.rollout.record.JournalEntry;
import org.h2.api.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal in a file that is read where it cannot be opened, and its size after an import. */
class H2JournalArchiveTest {
  private static final History.Query ALL =
      new History.Query("prod", "cn-hangzhou", null, null, null, 1000);

  private static final Instant LATER = NOON.plusSeconds(3600);
  private static final String UNANSWERED =
      "1 start has no answer: kept as history, never asked for or sent again from here";

  @TempDir Path folder;
  private Path old;
  private Path fresh;
  private Path file;
  private List<JournalEntry> entries;

  /** A launch that was started, its rollback, and a start that nobody has answered. */
  @BeforeEach
  void aJournal() {
    old = folder.resolve("old");
    fresh = folder.resolve("fresh");
    file = folder.resolve("saved.jsonl");
    try (H2Journal journal = H2Journal.open(old)) {
      journal.starts().intend(launch("t1", WEB, NOON));
      journal
          .starts()
          .markStarted("t1", execution("exec-1", ExecutionStatus.SUCCESS), NOON.plusSeconds(1));
      journal.starts().intend(rollback("t2", "exec-1", NOON.plusSeconds(60)));
      journal.starts().markRefused("t2", "no\u202e such\u001b[2J role");
      journal.starts().intend(launch("t3", WEB, NOON.plusSeconds(120)));
      entries = journal.history().list(ALL);
    }
    assertThat(entries).extracting(JournalEntry::token).containsExactly("t3", "t2", "t1");
  }

  /** H2 leaves some 20 KB of older states for each row that one transaction adds. */
  @Test
  void makesTheFileSmallAfterALongImportWhileTheShellContinues() throws Exception {
    List<String> lines = exported(old);
    String started = lines.get(3);
    List<String> many = new ArrayList<>(lines.subList(0, 3));
    for (int i = 0; i < 3000; i++) {
      String id = Integer.toHexString(i * 0x9E3779B1);
      many.add(started.replace("\"t1\"", "\"t-" + id + "\"").replace("exec-1", "exec-" + id));
    }
    write(many);

    try (H2Journal journal = H2Journal.open(fresh)) {
      journal.starts().intend(launch("mine", WEB, NOON.plusSeconds(60)));
      assertThat(imported().added()).isEqualTo(3000);
      assertThat(Files.size(fresh.resolve("journal.mv.db"))).isLessThan(16 << 20);
      assertThat(Files.getPosixFilePermissions(fresh.resolve("journal.mv.db")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(journal.starts().withToken("mine")).isPresent();
      journal
          .starts()
          .markStarted("mine", execution("exec-2", ExecutionStatus.RUNNING), NOON.plusSeconds(61));
      assertThat(imported().known()).isEqualTo(3000);
    }
    assertThat(history(fresh)).hasSize(1000).extracting(JournalEntry::token).contains("mine");
  }

  @Test
  void readsAJournalOfANewerOoshWithoutTouchingIt() throws Exception {
    inDatabase(
        old,
        sql -> {
          sql.execute("alter table execution add column mood varchar default 'calm' not null");
          sql.update("update schema_version set version = 99");
        });
    Files.delete(old.resolve("journal.turn"));
    Files.delete(old.resolve("journal.last"));
    Files.delete(old.resolve("journal.1"));
    byte[] before = Files.readAllBytes(old.resolve("journal.mv.db"));

    List<String> lines = new ArrayList<>();
    ExportResult exported =
        new H2JournalArchive(fresh, () -> NOON).exportFrom(old, withoutAudit(lines));

    assertThat(exported).isEqualTo(new ExportResult(3, 2, List.of()));
    assertThat(fresh).doesNotExist();
    try (Stream<Path> files = Files.list(old)) {
      assertThat(files).containsExactly(old.resolve("journal.mv.db"));
    }
    assertThat(old.resolve("journal.mv.db")).hasBinaryContent(before);
    write(lines);
    assertThat(imported())
        .isEqualTo(
            new ImportResult(
                3,
                0,
                2,
                List.of("passed over 3 values that this oosh has no place for: mood", UNANSWERED)));
    containsTheExportedRecords();
  }

  /** Some readers of JSON refuse even an escaped one, Gson's strict one among them. */
  @Test
  void writesNoHalvesOfCharacters() throws Exception {
    Path home = folder.resolve("halves");
    try (H2Journal journal = H2Journal.open(home)) {
      journal
          .starts()
          .intend(
              launch("t4", JournalFixtures.context("prod", "asg-halves"), NOON.plusSeconds(180)));
      journal.starts().markRefused("t4", "a\ud83d b\ude00\ud83d 😀");
    }

    for (boolean opened : new boolean[] {true, false}) {
      List<String> lines = new ArrayList<>();
      H2JournalArchive archive = new H2JournalArchive(opened ? home : fresh, () -> NOON);
      assertThat(
              opened
                  ? archive.export(withoutAudit(lines))
                  : archive.exportFrom(home, withoutAudit(lines)))
          .isEqualTo(new ExportResult(1, 2, List.of()));
      // Which refuses what is not Unicode.
      write(lines);
      Path into = folder.resolve("again-" + opened);
      new H2JournalArchive(into, () -> LATER).importFrom(file);
      assertThat(history(into))
          .extracting(JournalEntry::why)
          .containsExactly("a\ufffd b\ufffd\ufffd 😀");
      assertThat(exported(into).get(3)).isEqualTo(lines.get(3).replaceAll("\"claim\".*?,", ""));
    }
  }

  @Test
  void saysThatNothingCanBeReadFromAFileThatIsNoJournal() throws Exception {
    Files.writeString(file, "this is no journal\n".repeat(1000));
    List<String> lines = new ArrayList<>();

    Problem refused =
        catchThrowableOfType(
            Problem.class,
            () -> new H2JournalArchive(fresh, () -> NOON).exportFrom(file, lines::add));

    assertThat(refused.what()).isEqualTo("nothing can be read from " + file);
    assertThat(lines).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create alias boom as 'int boom() { throw new IllegalStateException(); }'",
        "create view v as select * from script",
        "create linked table l('', 'jdbc:h2:mem:x', '', '', 'information_schema.tables')",
        "alter table script add column c varchar default current_user",
        "alter table script add column c int generated always as (1 + 1)",
        "alter table script add constraint c check (bytes > 0)",
        "create domain d as int check (value > 0)",
        "create constant c value 1"
      })
  void readsNothingFromADatabaseThatCouldHoldCode(String statement) throws Exception {
    inDatabase(old, sql -> sql.execute(statement));
    List<String> lines = new ArrayList<>();

    Problem refused =
        catchThrowableOfType(
            Problem.class,
            () -> new H2JournalArchive(fresh, () -> NOON).exportFrom(old, withoutAudit(lines)));

    assertThat(refused).isNotNull();
    assertThat(refused.what()).isEqualTo("nothing is read from " + old.resolve("journal.mv.db"));
    assertThat(refused.why())
        .startsWith("its database holds what no oosh writes, and what could be code: ");
    assertThat(lines).isEmpty();
  }

  /** H2 runs a trigger's code when it opens a database that has one. */
  @Test
  void runsNoTriggerOfADatabaseThatItReadsFrom() throws Exception {
    inDatabase(
        old,
        sql ->
            sql.execute(
                "create trigger t before insert on script call '" + Ran.class.getName() + "'"));
    Ran.times.set(0);

    Problem refused =
        catchThrowableOfType(
            Problem.class,
            () -> new H2JournalArchive(fresh, () -> NOON).exportFrom(old, line -> {}));

    assertThat(refused.why()).contains("CREATE FORCE TRIGGER");
    assertThat(Ran.times).hasValue(0);
  }

  /** What a trigger runs. */
  public static final class Ran implements Trigger {
    private static final AtomicInteger times = new AtomicInteger();

    @Override
    public void init(
        Connection connection, String schema, String name, String table, boolean before, int type) {
      times.incrementAndGet();
    }

    @Override
    public void fire(Connection connection, Object[] oldRow, Object[] newRow) {
      times.incrementAndGet();
    }
  }

  /** All but that a start without an answer is nobody's any more. */
  private void containsTheExportedRecords() {
    assertThat(history(fresh))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("state")
        .isEqualTo(entries);
    assertThat(history(fresh))
        .extracting(JournalEntry::state)
        .containsExactly(
            JournalEntry.StartState.UNCERTAIN,
            JournalEntry.StartState.REFUSED,
            JournalEntry.StartState.STARTED);
  }

  /** When an entry of the audit trail was written is no part of what is compared. */
  private static Consumer<String> withoutAudit(List<String> lines) {
    return line -> {
      if (!line.startsWith("{\"table\":\"audit\"")) {
        lines.add(line);
      }
    };
  }

  private ImportResult imported() throws InterruptedException {
    return new H2JournalArchive(fresh, () -> LATER).importFrom(file);
  }

  private static List<String> exported(Path directory) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    new H2JournalArchive(directory, () -> NOON).export(withoutAudit(lines));
    return lines;
  }

  private void write(List<String> lines) throws IOException {
    Files.write(file, lines);
  }

  private static List<JournalEntry> history(Path directory) {
    try (H2Journal journal = H2Journal.open(directory)) {
      return journal.history().list(ALL);
    }
  }
}
