package oosh.journal;

import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oosh.journal.transaction.JournalTransactions;
import oosh.rollout.Problem;
import oosh.rollout.cloud.CommandOutput;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.JournalArchive;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.record.StoredOutputs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept beside the executions: outputs and names. */
@ParameterizedClass
@EnumSource(JournalHome.Database.class)
class OutputStoreTest {
  @Parameter JournalHome.Database database;
  @TempDir Path directory;
  private JournalHome home;

  @BeforeEach
  void open() {
    home = database.home(directory);
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void keepsWhatWasReadWhenItIsOpenedAgain() {
    StoredOutputs outputs =
        new StoredOutputs(
            NOON,
            List.of(
                new ScriptOutput("i-1", ExecutionStatus.FAILED, "disk full 你好\n", 0, 17),
                new ScriptOutput("i-2", ExecutionStatus.SUCCESS, ""),
                new ScriptOutput(
                    "i-3", ExecutionStatus.SUCCESS, "ab12", 24_576, CommandOutput.UNKNOWN)));
    try (SqlJournal journal = home.open()) {
      journal.history().storeOutputs("exec-1", outputs);
    }
    try (SqlJournal journal = home.open()) {
      assertThat(journal.history().storedOutputs("exec-1")).contains(outputs);
      assertThat(journal.history().storedOutputs("exec-2")).isEmpty();
    }
  }

  @Test
  void keepsAnEqualTextOnceAndNoMoreThanItsShareOfOneExecution() {
    List<ScriptOutput> many = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      many.add(printed("i-same-" + i, "x".repeat(20_000)));
    }
    for (int i = 0; i < 100; i++) {
      many.add(printed("i-" + i, i + "y".repeat(20_000)));
    }
    try (JournalTransactions store = home.connect()) {
      store.run(
          sql -> {
            OutputStore.keep(sql, "exec-1", new StoredOutputs(NOON, many));
            return true;
          });
      List<Integer> texts =
          store.run(sql -> sql.query("select count(*) from output_text", (rs, n) -> rs.getInt(1)));
      assertThat(texts).containsExactly(OutputStore.MOST_BYTES / 20_000);
      List<ScriptOutput> kept =
          store.run(sql -> OutputStore.kept(sql, "exec-1").orElseThrow().outputs());
      assertThat(kept).hasSize(600);
      assertThat(kept.get(499)).isEqualTo(many.get(499));
      assertThat(kept.get(599).leftOut()).isEqualTo(20_002);
    }
  }

  @Test
  void staysAsItWasUnlessMoreInstancesAreKnown() {
    try (SqlJournal journal = home.open()) {
      journal
          .history()
          .storeOutputs("exec-1", new StoredOutputs(NOON, List.of(printed("i-1", "first"))));
      journal
          .history()
          .storeOutputs("exec-1", new StoredOutputs(NOON, List.of(printed("i-1", "second"))));
      assertThat(journal.history().storedOutputs("exec-1").orElseThrow().outputs())
          .containsExactly(printed("i-1", "first"));
      List<ScriptOutput> both = List.of(printed("i-1", "first"), printed("i-2", "second"));
      journal.history().storeOutputs("exec-1", new StoredOutputs(NOON, both));
      assertThat(journal.history().storedOutputs("exec-1").orElseThrow().outputs()).isEqualTo(both);
    }
  }

  @Test
  void leavesATextOutThatIsNotTheOneOfItsHash() {
    List<String> said = new ArrayList<>();
    try (JournalTransactions store = home.connect(said::add)) {
      store.run(
          sql -> {
            OutputStore.keep(sql, "exec-1", new StoredOutputs(NOON, List.of(printed("i-1", "a"))));
            return sql.update("update output_text set packed = ?", OutputStore.packed("b"));
          });
      Optional<StoredOutputs> kept = store.run(sql -> OutputStore.kept(sql, "exec-1"));
      assertThat(kept).isEmpty();
      assertThat(said)
          .containsExactly("the journal's record of exec-1 on i-1 cannot be read; it is left out");
    }
  }

  @Test
  void aNameIsOneLaunchsOfItsGroup() {
    try (SqlJournal journal = home.open()) {
      journal.history().addTag(version("good", "asg-web", "exec-1"));
      journal.history().addTag(version("good", "asg-api", "exec-2"));
      journal.history().addTag(version("good", "asg-web", "exec-3"));

      assertThat(journal.history().tags(WEB)).containsExactly(version("good", "asg-web", "exec-3"));
      assertThat(journal.history().tags(WEB.withGroup(null))).hasSize(2);
      journal.history().removeTag(version("good", "asg-web", "exec-3"));
      assertThat(journal.history().tags(WEB)).isEmpty();
      assertThat(journal.history().tags(WEB.withGroup(null))).hasSize(1);
    }
  }

  @Test
  void movesWithTheJournal() throws Exception {
    StoredOutputs outputs =
        new StoredOutputs(
            NOON,
            List.of(
                new ScriptOutput("i-1", ExecutionStatus.FAILED, "disk full 你好 \u009b\n", 0, 17),
                new ScriptOutput(
                    "i-2", ExecutionStatus.SUCCESS, "ab12", 24_576, CommandOutput.UNKNOWN)));
    try (SqlJournal journal = home.open()) {
      journal.history().storeOutputs("exec-1", outputs);
      journal
          .history()
          .storeOutputs("exec-2", new StoredOutputs(NOON, List.of(printed("i-1", "theirs"))));
      journal.history().addTag(version("good", "asg-web", "exec-1"));
      journal.history().addTag(version("better", "asg-web", "exec-2"));
    }
    List<String> lines = new ArrayList<>();
    home.archive(InstantSource.fixed(NOON)).export(lines::add);
    Path file = Files.write(directory.resolve("saved.jsonl"), lines);
    JournalHome other = database.home(directory.resolve("other"));
    try (SqlJournal journal = other.open()) {
      journal
          .history()
          .storeOutputs("exec-2", new StoredOutputs(NOON, List.of(printed("i-1", "mine"))));
      journal.history().addTag(version("better", "asg-web", "exec-3"));
    }

    JournalArchive archive = other.archive(InstantSource.fixed(NOON));
    assertThat(archive.importFrom(file).notes())
        .containsExactly(
            "2 lines of its audit trail stay in the file",
            "1 name for rollback --to: good on asg-web");
    assertThat(archive.importFrom(file).notes())
        .containsExactly("2 lines of its audit trail stay in the file");

    try (SqlJournal journal = other.open()) {
      assertThat(journal.history().storedOutputs("exec-1")).contains(outputs);
      assertThat(journal.history().storedOutputs("exec-2").orElseThrow().outputs())
          .containsExactly(printed("i-1", "mine"));
      assertThat(journal.history().tags(WEB))
          .containsExactlyInAnyOrder(
              version("good", "asg-web", "exec-1"), version("better", "asg-web", "exec-3"));
    }
    for (String wrong :
        new String[] {
          "{\"table\":\"outputText\",\"sha256\":\"ab\",\"content\":\"x\"}",
          lines.stream()
              .filter(l -> l.contains("goodVersion"))
              .findFirst()
              .orElseThrow()
              .replace("\"good\"", "\"a b\"")
              .replace("\"better\"", "\"a b\"")
        }) {
      Files.write(file, List.of(lines.get(0), wrong));
      assertThatThrownBy(() -> archive.importFrom(file))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("saved.jsonl:2 cannot be imported");
    }
  }

  private static ReleaseTag version(String name, String group, String id) {
    return new ReleaseTag(name, "prod", "cn-hangzhou", group, id, "li", NOON);
  }

  private static ScriptOutput printed(String instance, String text) {
    return new ScriptOutput(instance, ExecutionStatus.SUCCESS, text);
  }
}
