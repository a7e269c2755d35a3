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
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import oosh.journal.transfer.H2JournalArchive;
import oosh.rollout.Problem;
import oosh.rollout.cloud.CatalogueItem;
import oosh.rollout.cloud.CatalogueList;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalArchive.ExportResult;
import oosh.rollout.record.JournalArchive.ImportResult;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.StoredOutputs;
import org.h2.api.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that moves: out as lines, in again, and out of a file that cannot be opened. */
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

  @Test
  void exportsAHeaderThenScriptsThenExecutionsTheOldestFirst() throws Exception {
    List<String> lines = new ArrayList<>();

    ExportResult exported = new H2JournalArchive(old, () -> NOON).export(lines::add);

    assertThat(exported).isEqualTo(new ExportResult(3, 2, List.of()));
    assertThat(lines).hasSize(7);
    assertThat(lines.get(0))
        .isEqualTo(
            "{\"oosh\":\"journal\",\"schema\":"
                + SchemaMigrations.VERSION
                + ",\"exported\":\"2026-11-23T12:00:00.123456Z\"}");
    assertThat(lines.subList(1, 3)).allMatch(l -> l.startsWith("{\"table\":\"script\","));
    for (int i = 1; i <= 3; i++) {
      assertThat(lines.get(2 + i)).startsWith("{\"table\":\"execution\",\"token\":\"t" + i + "\",");
    }
    assertThat(lines.get(6)).isEqualTo("{\"table\":\"end\",\"scripts\":2,\"executions\":3}");
    assertThat(String.join("", lines)).doesNotContain("\u001b", "\u202e");
  }

  @Test
  void exportsNothingThatServicesList() throws Exception {
    try (H2Journal journal = H2Journal.open(old)) {
      journal
          .choices()
          .cacheCatalogue(
              "prod",
              "cn-hangzhou",
              new CatalogueList(
                  CatalogueList.Kind.IMAGE,
                  "asg-web",
                  List.of(new CatalogueItem("m-secret", "web", "own")),
                  NOON));
    }
    List<String> lines = new ArrayList<>();

    new H2JournalArchive(old, () -> NOON).export(lines::add);

    assertThat(lines).hasSize(7);
    assertThat(String.join("", lines)).doesNotContain("m-secret");
  }

  @Test
  void importsAnExportOnceAndNothingTheSecondTime() throws Exception {
    write(exported(old));

    assertThat(imported()).isEqualTo(new ImportResult(3, 0, 2, List.of(UNANSWERED)));
    containsTheExportedRecords();
    assertThat(imported()).isEqualTo(new ImportResult(0, 3, 0, List.of()));
    containsTheExportedRecords();
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
  void findsAnExecutionByItsIdWhenTheTokenIsMissing() throws Exception {
    List<String> lines = exported(old);
    lines.replaceAll(l -> l.replace("\"token\":\"t1\",", ""));
    write(lines);

    assertThat(new H2JournalArchive(old, () -> LATER).importFrom(file))
        .isEqualTo(new ImportResult(0, 3, 0, List.of()));
  }

  @Test
  void bringsInNoClaimSoThatTheGroupIsFree() throws Exception {
    write(exported(old));
    assertThat(String.join("", exported(old)))
        .contains("\"claim\":\"cn-hangzhou asg-web\"", "\"askedAt\":");
    imported();

    try (H2Journal journal = H2Journal.open(fresh)) {
      assertThat(journal.starts().openIntents(WEB)).isEmpty();
      assertThat(journal.starts().intend(launch("t4", WEB, NOON.plusSeconds(600)))).isEmpty();
    }
  }

  @Test
  void refusesALineThatIsNotAsWrittenAndKeepsNothing() throws Exception {
    List<String> lines = exported(old);
    refuses(lines, 1, "{}", "it is not the first line of an exported journal");
    refuses(lines, 6, lines.get(5).substring(0, 80), "it is not valid JSON near $.isRollback");
    refuses(lines, 6, "", "it is cut off, or empty");
    refuses(lines, 6, "[]", "it is not a JSON object");
    refuses(lines, 6, lines.get(5) + "x", "it is not valid JSON near $");
    refuses(
        lines,
        6,
        lines.get(5).replace("\"isRollback\":false", "\"isRollback\":\"no\""),
        "its \"isRollback\" has a value that it cannot have");
    refuses(
        lines,
        6,
        lines.get(5).replace("\"state\":\"INTENDED\"", "\"state\":\"WISHED\""),
        "one of its words is none that an execution can have");
    refuses(
        lines,
        6,
        lines.get(5).replace("\"region\":", "\"rgn\":"),
        "a field is missing, or has a value that it cannot have");
    refuses(
        lines,
        6,
        lines.get(5).replace("\"total\":6", "\"total\":6000000000"),
        "a field is missing, or has a value that it cannot have");
    refuses(
        lines,
        2,
        lines.get(1).replace("echo", "evil"),
        "its text is not the one of its SHA-256 and size");
    refuses(
        lines,
        7,
        lines.get(6).replace("3", "4"),
        "it counts other lines than the 2 scripts and 3 executions above it");
  }

  /** What {@code history} does not read, but a start, {@code doctor} or {@code outputs} does. */
  @Test
  void refusesWhatOnlyALaterVerbWouldFindUnreadable() throws Exception {
    try (H2Journal journal = H2Journal.open(old)) {
      journal
          .history()
          .storeOutputs(
              "exec-1",
              new StoredOutputs(
                  NOON, List.of(new ScriptOutput("i-a", ExecutionStatus.SUCCESS, "up\n"))));
    }
    List<String> lines = exported(old);
    String line = lines.get(5);
    String words = "one of its words is none that an execution can have";
    String answered =
        lines.stream()
            .filter(l -> l.contains("\"executionId\"") && l.contains("\"status\""))
            .filter(l -> l.contains("\"table\":\"execution\""))
            .findFirst()
            .orElseThrow();
    for (String parameters : List.of("[]", "{\\\"a\\\":{\\\"script\\\":\\\"aa\\\"}}")) {
      String changed = line.replaceFirst("\"parameters\":\".*?[^\\\\]\"", "\"parameters\":\"-\"");
      assertThat(changed).isNotEqualTo(line);
      refuses(
          lines,
          6,
          changed.replace("\"parameters\":\"-\"", "\"parameters\":\"" + parameters + "\""),
          words);
    }
    refuses(lines, 6, with(line, "\"snapshot\":\"{}\""), words);
    for (String word :
        List.of(
            "\"region\":\"\"",
            "\"grp\":\"a\\nb\"",
            "\"executionId\":\"../x y\"",
            "\"status\":\"\\u001b[31mEvil\"")) {
      String name = word.substring(0, word.indexOf(':') + 1);
      String changed = answered.replaceFirst(name + "\"[^\"]*\"", Matcher.quoteReplacement(word));
      assertThat(changed).as(word).isNotEqualTo(answered);
      refuses(lines, lines.indexOf(answered) + 1, changed, words);
    }
    refuses(lines, 6, with(line, "\"healed\":\"{}\""), words);
    refuses(
        lines,
        6,
        line.replace("\"total\":6", "\"total\":-6"),
        "its \"total\" is less than nothing");
    refuses(
        lines,
        8,
        lines.get(7).replace("\"characters\":3", "\"characters\":-3"),
        "its \"characters\" is less than nothing");
  }

  @Test
  void refusesATimeThatIsNotYet() throws Exception {
    List<String> lines = exported(old);
    String line = lines.get(3);
    for (String field : List.of("meantAt", "answeredAt", "endedAt")) {
      refuses(
          lines,
          4,
          line.replaceFirst("\"" + field + "\":\"2026", "\"" + field + "\":\"2999"),
          "its \"" + field + "\" lies in the future; here it is " + LATER);
    }
  }

  @Test
  void carriesTheOutcomeOfEachInstance() throws Exception {
    inDatabase(
        old,
        sql ->
            sql.update(
                "insert into outcome (execution_id, instance, status) values ('exec-1', 'i-a', 'Success'), ('exec-1', 'i-b', 'Failed')"));
    List<String> lines = exported(old);
    assertThat(lines.get(7))
        .isEqualTo(
            "{\"table\":\"outcome\",\"executionId\":\"exec-1\",\"instance\":\"i-b\",\"status\":\"Failed\"}");
    refuses(
        lines,
        8,
        lines.get(7).replace("Failed", "\\u001b[31mEvil"),
        "its \"status\" has a value that it cannot have");
    write(lines);
    imported();
    assertThat(imported().notes()).isEmpty();
    try (H2Journal journal = H2Journal.open(fresh)) {
      assertThat(journal.history().outcomes("exec-1"))
          .containsOnly(
              Map.entry("i-a", ExecutionStatus.SUCCESS), Map.entry("i-b", ExecutionStatus.FAILED));
    }
  }

  @Test
  void saysWhichNamesCameAlong() throws Exception {
    List<String> lines = exported(old);
    lines.add(
        6,
        "{\"table\":\"goodVersion\",\"profile\":\"prod\",\"region\":\"cn-hangzhou\",\"grp\":\"asg-web\","
            + "\"name\":\"stable\",\"executionId\":\"exec-1\",\"authorUser\":\"wang\","
            + "\"givenAt\":\"2026-11-23T12:00:00Z\"}");
    write(lines);
    assertThat(imported().notes()).contains("1 name for rollback --to: stable on asg-web");
  }

  private static String with(String line, String field) {
    String before = line.replaceFirst(",\"" + field.split("\"", 3)[1] + "\":\".*?[^\\\\]\"", "");
    return before.substring(0, before.length() - 1) + "," + field + "}";
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
    ExportResult exported = new H2JournalArchive(fresh, () -> NOON).exportFrom(old, lines::add);

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
      assertThat(opened ? archive.export(lines::add) : archive.exportFrom(home, lines::add))
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
            () -> new H2JournalArchive(fresh, () -> NOON).exportFrom(old, lines::add));

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

  private void refuses(List<String> lines, int number, String instead, String why)
      throws IOException {
    List<String> changed = new ArrayList<>(lines);
    changed.set(number - 1, instead);
    write(changed);
    Problem refused = catchThrowableOfType(Problem.class, this::imported);
    assertThat(refused).as(why).isNotNull();
    assertThat(refused.what()).isEqualTo(file + ":" + number + " cannot be imported");
    assertThat(refused.why()).isEqualTo(why + "; nothing of the file was kept");
    assertThat(history(fresh)).isEmpty();
  }

  private ImportResult imported() throws InterruptedException {
    return new H2JournalArchive(fresh, () -> LATER).importFrom(file);
  }

  private static List<String> exported(Path directory) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    new H2JournalArchive(directory, () -> NOON).export(lines::add);
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
