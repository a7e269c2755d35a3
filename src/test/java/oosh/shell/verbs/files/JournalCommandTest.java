package oosh.shell.verbs.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import oosh.journal.H2Journal;
import oosh.journal.transfer.H2JournalArchive;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.Profiles;
import oosh.rollout.notice.Notices;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalArchive;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Backends;
import oosh.shell.SandboxControl;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.WholeFile;
import oosh.shell.screen.StreamScreen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal as a file of lines, by the words that a person types. */
class JournalCommandTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path folder;
  private final StringWriter said = new StringWriter();

  @Test
  void exportsToAFileThatOnlyItsOwnerMayRead() throws IOException {
    journal(3);
    Path file = folder.resolve("saved.jsonl");

    assertThat(run("journal", "export", file.toString())).as(said.toString()).isZero();

    assertThat(words()).isEqualTo("exported 3 executions and 1 script to " + file + " ");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    // A header, the script, three executions with a line of the audit trail each, and the end.
    assertThat(Files.readAllLines(file)).hasSize(9);
  }

  @Test
  void neverOverwritesAFile() throws IOException {
    journal(1);
    Path file = Files.writeString(folder.resolve("saved.jsonl"), "mine\n");

    assertThat(run("journal", "export", file.toString())).isEqualTo(1);
    assertThat(run("journal", "export", file.toString(), "--from", home().toString())).isEqualTo(1);

    assertThat(words()).contains("cannot export to " + file, "the file is there already");
    assertThat(file).hasContent("mine");
  }

  @Test
  void replacesWhatAKilledExportHasLeft() throws IOException {
    journal(1);
    Path left = Files.writeString(folder.resolve(".saved.jsonl.part"), "half of");
    Path file = folder.resolve("saved.jsonl");

    assertThat(run("journal", "export", file.toString())).as(said.toString()).isZero();

    assertThat(left).doesNotExist();
    assertThat(Files.readAllLines(file)).hasSize(5);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(file, home());
    }
  }

  @Test
  void aFileHasItsNameOnlyOnceItIsWhole() throws IOException {
    Path file = folder.resolve("saved.jsonl");
    try (WholeFile whole = WholeFile.begin(file)) {
      whole.line("half of it");
      assertThat(file).doesNotExist();
      Path part = folder.resolve(".saved.jsonl.part");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(part)))
          .isEqualTo("rw-------");
      Files.writeString(file, "somebody else's");
      assertThatThrownBy(whole::finish).isInstanceOf(FileAlreadyExistsException.class);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
    assertThat(file).hasContent("somebody else's");
  }

  @Test
  void leavesNoFileWhereNothingCanBeRead() throws IOException {
    Path damaged = Files.writeString(folder.resolve("journal.mv.db"), "no journal\n".repeat(5000));
    Path file = folder.resolve("saved.jsonl");

    assertThat(run("journal", "export", file.toString(), "--from", damaged.toString()))
        .isEqualTo(1);

    assertThat(words()).contains("nothing can be read from " + damaged);
    assertThat(file).doesNotExist();
  }

  @Test
  void exportsTheCopyOfADamagedJournalInItsFolder() throws IOException {
    journal(3);
    Path data = Files.writeString(home().resolve("journal.mv.db"), "no journal\n".repeat(5000));

    assertThat(run("journal", "export")).isEqualTo(1);
    assertThat(words())
        .contains("the journal cannot be read", data + " is damaged; it stays as it is")
        .contains("cp -p " + home().resolve("journal.1") + " " + data);
    assertThat(run("journal", "export", "--from", home().resolve("journal.1").toString()))
        .as(said.toString())
        .isZero();
    assertThat(words()).contains("exported 3 executions and 1 script");
  }

  private Path home() {
    return folder.resolve("home");
  }

  private void journal(int executions) {
    try (H2Journal journal = H2Journal.open(home())) {
      for (int i = 0; i < executions; i++) {
        journal
            .starts()
            .intend(
                new Intent(
                    "t" + i,
                    new Launch(
                        new Context("prod", "cn-hangzhou", "asg-" + i, UpdateMethod.RUN_SCRIPT),
                        6,
                        UpdateSpec.EMPTY
                            .withScript(Script.ofText("a.sh", "echo a\n"), CommandType.SHELL)
                            .withExtraParameters(Map.of("lifecycleState", List.of("InService"))),
                        Set.of(),
                        "",
                        List.of(),
                        Map.of()),
                    new Initiator("li", "ops-1", 4711),
                    NOON));
      }
    }
  }

  /** What was said, wherever its lines were wrapped. */
  private String words() {
    return said.toString().replaceAll("\\s+", " ");
  }

  private int run(String... words) {
    PrintWriter out = new PrintWriter(said, true);
    Session session =
        new Session(
            new OnlyArchive(home()),
            new StreamScreen(out, out, () -> 80, false, null),
            new Profile("prod", "AK", "cn-hangzhou", "config.json", null),
            null,
            null);
    return new Shell(session).run(new ArrayList<>(List.of(words)));
  }

  /** What the journal's verbs stand on, and nothing else. */
  private record OnlyArchive(Path home) implements Backends {
    @Override
    public JournalArchive archive() {
      return new H2JournalArchive(home, () -> NOON);
    }

    @Override
    public Journal journal() {
      throw new UnsupportedOperationException("no verb of these opens it");
    }

    @Override
    public Profiles profiles() {
      return new NoSecrets();
    }

    @Override
    public Notices notices() {
      throw new UnsupportedOperationException("no verb of these tells anybody");
    }

    @Override
    public SandboxControl sandboxControl() {
      throw new UnsupportedOperationException("no verb of these reaches out");
    }

    @Override
    public TimeSource pace() {
      return new TimeSource() {
        @Override
        public Instant instant() {
          return NOON;
        }

        @Override
        public void pause(Duration duration) {
          throw new UnsupportedOperationException("no verb of these waits");
        }
      };
    }

    @Override
    public Initiator author() {
      return new Initiator("li", "ops-1", 4711);
    }

    @Override
    public Supplier<String> tokens() {
      return () -> "token";
    }

    @Override
    public Backends forCheck() {
      throw new UnsupportedOperationException("no verb of these plays a file");
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  /** Asked only to hide what it knows. */
  private static final class NoSecrets implements Profiles {
    @Override
    public String masked(String text) {
      return text;
    }

    @Override
    public List<Profile> list() {
      return List.of();
    }

    @Override
    public Profile preferred() {
      throw new UnsupportedOperationException("no verb of these reaches out");
    }

    @Override
    public Profile named(String name) {
      return preferred();
    }

    @Override
    public List<String> regions() {
      return List.of();
    }

    @Override
    public Cloud open(Profile profile, String region) {
      throw new UnsupportedOperationException("no verb of these reaches out");
    }
  }
}
