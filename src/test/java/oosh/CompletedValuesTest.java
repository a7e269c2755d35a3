package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import oosh.rollout.cloud.Profile;
import oosh.shell.LineParser;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.complete.ShellCompleter;
import oosh.shell.screen.StreamScreen;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser.ParseContext;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The values that Tab knows of verbs and options. */
class CompletedValuesTest extends ShellFixture {
  @TempDir Path folder;

  private List<Candidate> offered(String line) throws IOException {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Session session =
        new Session(
            backends,
            new StreamScreen(nowhere, nowhere, () -> 100, false, question -> "y"),
            backends.profiles().named(Profile.SANDBOX),
            null,
            null);
    Shell shell = new Shell(session);
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(
                new DumbTerminal(InputStream.nullInputStream(), OutputStream.nullOutputStream()))
            .build();
    List<Candidate> all = new ArrayList<>();
    new ShellCompleter(() -> shell)
        .complete(reader, new LineParser().parse(line, line.length(), ParseContext.COMPLETE), all);
    return all;
  }

  private Stream<String> values(String line) throws IOException {
    return offered(line).stream().map(Candidate::value);
  }

  @Test
  void historyKnowsWhatWasLaunchedByWhomAndWhere() throws IOException {
    run(STAGED + "launch -y");
    assertThat(values("history --group ")).contains("asg-bp1web");
    assertThat(values("history --user ")).isNotEmpty();
    assertThat(values("history --script ")).contains("deploy.sh");
    assertThat(values("history --since ")).contains("7d");
  }

  @Test
  void theSandboxKnowsItsCallsAndGroups() throws IOException {
    run("use group asg-bp1web");
    assertThat(values("sandbox fail ")).contains("StartExecution");
    assertThat(values("sandbox set ")).contains("alarm");
  }

  @Test
  void helpKnowsTheSecondWordOfVerbs() throws IOException {
    assertThat(values("help use ")).contains("group", "profile");
  }

  @Test
  void runOffersSessionFilesAndFolders() throws IOException {
    Files.createFile(folder.resolve("a.oosh"));
    Files.createFile(folder.resolve("a.sh"));
    Files.createDirectory(folder.resolve("more"));
    assertThat(values("run " + folder + "/"))
        .containsExactly(folder + "/a.oosh", folder + "/more/");
    Files.delete(folder.resolve("a.oosh"));
    Files.delete(folder.resolve("more"));
    assertThat(values("run " + folder + "/")).containsExactly(folder + "/a.sh");
  }

  @Test
  void theHomeFolderIsOffered() throws IOException {
    assertThat(values("stage script ~")).containsExactly("~/");
  }

  @Test
  void aFileIsFoundByItsLettersOnlyWhereNoNameContainsThem() throws IOException {
    Files.createFile(folder.resolve("deploy.sh"));
    assertThat(values("stage script " + folder + "/dpl")).containsExactly(folder + "/deploy.sh");
    Files.createFile(folder.resolve("x-dpl.sh"));
    assertThat(values("stage script " + folder + "/dpl")).containsExactly(folder + "/x-dpl.sh");
  }

  @Test
  void aLaunchThatWasRolledBackSaysSo() throws IOException {
    run(STAGED + "launch -y; rollback -y");
    assertThat(offered("rollback exec-").get(0).descr()).contains("rolled back");
  }

  @Test
  void aSessionFileThatIsNotThereAdvisesWhatIs() {
    run("run " + folder.resolve("nope.oosh"));
    assertThat(said.toString()).contains("ls " + folder);
    run("run " + folder.resolve("no/nope.oosh"));
    assertThat(said.toString()).contains("next  ls\n");
  }
}
