package oosh.journal;

import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.execution;
import static oosh.journal.JournalFixtures.launch;
import static oosh.journal.JournalFixtures.rollback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import oosh.rollout.Problem;
import oosh.rollout.cloud.CatalogueItem;
import oosh.rollout.cloud.CatalogueList;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalArchive.ExportResult;
import oosh.rollout.record.JournalArchive.ImportResult;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.record.StoredOutputs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A journal that moves: out as lines, and in again, whatever database has it. */
@ParameterizedClass
@EnumSource(JournalHome.Database.class)
class JournalArchiveTest {
  private static final History.Query ALL =
      new History.Query("prod", "cn-hangzhou", null, null, null, 1000);

  private static final Instant LATER = NOON.plusSeconds(3600);
  private static final String UNANSWERED =
      "1 start has no answer: kept as history, never asked for or sent again from here";

  @Parameter JournalHome.Database database;
  @TempDir Path folder;
  private JournalHome old;
  private JournalHome fresh;
  private Path file;
  private List<JournalEntry> entries;

  /** A launch that was started, its rollback, and a start that nobody has answered. */
  @BeforeEach
  void aJournal() {
    old = database.home(folder.resolve("old"));
    fresh = database.home(folder.resolve("fresh"));
    file = folder.resolve("saved.jsonl");
    try (SqlJournal journal = old.open()) {
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

  @AfterEach
  void close() {
    old.close();
    fresh.close();
  }

  @Test
  void exportsAHeaderThenScriptsThenExecutionsTheOldestFirst() throws Exception {
    List<String> lines = new ArrayList<>();

    ExportResult exported = old.archive(() -> NOON).export(withoutAudit(lines));

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
    try (SqlJournal journal = old.open()) {
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

    old.archive(() -> NOON).export(withoutAudit(lines));

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

  @Test
  void findsAnExecutionByItsIdWhenTheTokenIsMissing() throws Exception {
    List<String> lines = exported(old);
    lines.replaceAll(l -> l.replace("\"token\":\"t1\",", ""));
    write(lines);

    assertThat(old.archive(() -> LATER).importFrom(file))
        .isEqualTo(new ImportResult(0, 3, 0, List.of()));
  }

  @Test
  void bringsInNoClaimSoThatTheGroupIsFree() throws Exception {
    write(exported(old));
    assertThat(String.join("", exported(old)))
        .contains("\"claim\":\"cn-hangzhou asg-web\"", "\"askedAt\":");
    imported();

    try (SqlJournal journal = fresh.open()) {
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
    try (SqlJournal journal = old.open()) {
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
    old.inDatabase(
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
    try (SqlJournal journal = fresh.open()) {
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

  /** When an entry of the audit trail was written is no part of what is compared. */
  private static Consumer<String> withoutAudit(List<String> lines) {
    return line -> {
      if (!line.startsWith("{\"table\":\"audit\"")) {
        lines.add(line);
      }
    };
  }

  private ImportResult imported() throws InterruptedException {
    return fresh.archive(() -> LATER).importFrom(file);
  }

  private static List<String> exported(JournalHome home) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    home.archive(() -> NOON).export(withoutAudit(lines));
    return lines;
  }

  private void write(List<String> lines) throws IOException {
    Files.write(file, lines);
  }

  private static List<JournalEntry> history(JournalHome home) {
    try (SqlJournal journal = home.open()) {
      return journal.history().list(ALL);
    }
  }

  /** From its kind of database to the other kind, and back. */
  @Test
  void isTheSameAfterAWayThroughTheOtherKindOfDatabase() throws Exception {
    try (SqlJournal journal = old.open()) {
      journal.starts().markUnknown("t3", "no answer", NOON.plusSeconds(121));
      journal
          .history()
          .addTag(new ReleaseTag("good", "prod", "cn-hangzhou", "asg-web", "exec-1", "li", NOON));
      journal
          .history()
          .storeOutputs(
              "exec-1",
              new StoredOutputs(
                  NOON, List.of(new ScriptOutput("i-a", ExecutionStatus.SUCCESS, "好 \u0007\n"))));
    }
    old.inDatabase(
        sql -> {
          sql.update(
              "insert into outcome (execution_id, instance, status, seconds)"
                  + " values ('exec-1', 'i-a', 'Success', 12)");
          sql.update(
              "insert into freeze_window"
                  + " (spec, zone_id, pattern, author_user, author_host, reason, made_at)"
                  + " values ('Fri 18:00 - Mon 08:00', 'Asia/Shanghai', '*', 'li', 'ops-1', '', ?)",
              NOON);
          sql.update(
              "insert into wave_rollout (id, profile, file, content, reason, through, author_user,"
                  + " author_host, made_at, turn, back_on_failure, wish, why) values ('wave-0123456789abcdef',"
                  + " 'prod', 'release.yaml', '{}', 'web', '', 'li', 'ops-1', ?, 3, true, 'PAUSE', '')",
              NOON);
          sql.update(
              "insert into wave_group (wave, position, step, region, grp, name, instances,"
                  + " confirmed, left_out) values ('wave-0123456789abcdef', 0, 1,"
                  + " 'cn-hangzhou', 'asg-web', 'web', 6, true, '')");
          sql.update(
              "insert into wave_start (token, wave, position, number, done)"
                  + " values ('t1', 'wave-0123456789abcdef', 0, 1, false)");
        });
    JournalHome.Database other =
        database == JournalHome.Database.H2
            ? JournalHome.Database.POSTGRESQL
            : JournalHome.Database.H2;
    // Who imports a start without an answer does not hold its group.
    List<String> lines = exported(old);
    lines.replaceAll(l -> l.replaceAll("\"(claim|askedAt)\":\"[^\"]*\",", ""));
    try (JournalHome between = other.home(folder.resolve("between"))) {
      write(exported(old));
      between.archive(() -> LATER).importFrom(file);
      assertThat(exported(between)).isEqualTo(lines);

      write(exported(between));
      imported();
      assertThat(exported(fresh)).isEqualTo(lines);
    }
  }
}
