package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import oosh.aliyun.InTurnProfiles;
import oosh.rollout.cloud.Execution;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session file from a stranger cannot change anything on a real profile unseen. */
class RunConfirmationTest {
  private static final String CONFIG =
      """
      {"current":"prod","profiles":[
        {"name":"prod","mode":"AK","access_key_id":"sandbox","access_key_secret":"sandbox",
         "region_id":"cn-hangzhou"},
        {"name":"other","mode":"AK","access_key_id":"sandbox","access_key_secret":"sandbox",
         "region_id":"cn-hangzhou"}]}
      """;

  @TempDir Path folder;

  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private final List<String> asked = new ArrayList<>();
  private final StringWriter said = new StringWriter();
  private HostileServiceBackends backends;
  private String answer = "";

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("config.json"), CONFIG);
    Files.writeString(folder.resolve("shadow"), "root:x\n");
    URI address = URI.create("http://127.0.0.1:" + sandbox.port());
    backends =
        new HostileServiceBackends(
            Files.createDirectory(folder.resolve("home")),
            (at, pace) ->
                InTurnProfiles.of(
                    Map.of("OOSH_ENDPOINT", at.toString()),
                    folder.resolve("config.json"),
                    () -> at,
                    pace),
            address);
  }

  @AfterEach
  void close() {
    backends.close();
    sandbox.close();
  }

  /** Runs it as a person would who starts on that profile; an empty answer is nobody there. */
  private int run(String profile, String... words) {
    PrintWriter out = new PrintWriter(said, true);
    Function<String, @Nullable String> keyboard =
        question -> {
          asked.add(question.replaceAll("\\s+", " "));
          return answer;
        };
    StreamScreen screen =
        new StreamScreen(out, out, () -> 80, false, answer.isEmpty() ? null : keyboard);
    Session session =
        new Session(backends, screen, backends.profiles().named(profile), null, "asg-bp1web");
    return new Shell(session).run(List.of(words));
  }

  /** What was said, wherever its lines were wrapped. */
  private String words() {
    return said.toString().replaceAll("\\s+", " ");
  }

  private String file(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, List.of(lines));
    return file.toString();
  }

  private String staging() {
    return "stage script " + folder.resolve("shadow");
  }

  private List<Execution> executions() {
    return backends
        .profiles()
        .open(backends.profiles().named("prod"), "cn-hangzhou")
        .executions()
        .recent(null, 50);
  }

  @Test
  void aFileIsAskedAboutOnceWithWhatItWouldSend() throws IOException {
    answer = "y";
    String file = file("a.oosh", staging(), "launch -y -d", "abort -y");
    assertThat(run("prod", "run", file)).as(said.toString()).isZero();
    assertThat(asked).containsExactly("let " + file + " change things on profile prod? [y/N] ");
    assertThat(said.toString())
        .contains(":2 would change something on profile prod\n  command    launch -y -d\n")
        .contains("  region     cn-hangzhou\n  group      asg-bp1web\n")
        .containsPattern("script {5}shadow \\(sha [0-9a-f]{6}, 7 bytes, RunShellScript\\), from")
        .contains("/shadow\n  rollback   none staged\n");
    assertThat(executions()).hasSize(1);
  }

  @Test
  void aNoEndsTheFileWithThreeAndNothingIsStarted() throws IOException {
    answer = "n";
    assertThat(run("prod", "run", file("a.oosh", staging(), "launch -y -d", "help"))).isEqualTo(3);
    assertThat(said.toString()).contains("a.oosh:2 was not run\n").doesNotContain("Staging");
    assertThat(executions()).isEmpty();
  }

  @Test
  void refusesWithoutATerminalAndNamesTheOption() throws IOException {
    assertThat(run("prod", "run", file("a.oosh", staging(), "launch -y -d"))).isEqualTo(1);
    assertThat(said.toString())
        .contains("cannot ask: let ")
        .contains("add -y to confirm in advance");
    assertThat(executions()).isEmpty();
  }

  @Test
  void yesOptionOfACommandDoesNotConfirmTheFile() throws IOException {
    assertThat(run("prod", "run", "-y", file("a.oosh", staging(), "launch -y -d"))).isZero();
    assertThat(executions()).hasSize(1);
    assertThat(run("prod", "run", "-y", file("b.oosh", staging(), "abort"))).isEqualTo(1);
    assertThat(said.toString()).contains("cannot ask: abort exec-");
  }

  @Test
  void aFileCannotSayYesForTheFileThatItPlays() throws IOException {
    String inner = file("inner.oosh", "launch -y -d");
    assertThat(run("prod", "run", file("a.oosh", staging(), "run -y " + inner))).isEqualTo(1);
    assertThat(said.toString()).contains("inner.oosh:1 would change something");
    assertThat(executions()).isEmpty();
  }

  @Test
  void confirmationCoversNestedFilesButNotTheOuterFile() throws IOException {
    answer = "y";
    String inner = file("inner.oosh", "launch -y -d");
    String outer = file("outer.oosh", staging(), "run " + inner, "abort -y");
    assertThat(run("prod", "run", outer)).as(said.toString()).isZero();
    assertThat(asked).hasSize(2);
    asked.clear();
    outer = file("outer.oosh", staging(), "launch -d -y", "abort -y", "run " + inner);
    assertThat(run("prod", "run", outer)).as(said.toString()).isZero();
    assertThat(asked).hasSize(1);
  }

  @Test
  void theProfileInForceAtTheStepDecides() throws IOException {
    String[] moved = {"use profile prod", "use group asg-bp1web", staging(), "launch -y -d"};
    assertThat(run("sandbox", "run", file("a.oosh", moved))).isEqualTo(1);
    assertThat(executions()).isEmpty();
    moved[0] = "use profile sandbox";
    assertThat(run("prod", "run", file("a.oosh", moved))).isZero();
    assertThat(executions()).hasSize(1);
  }

  @Test
  void anotherProfileIsAskedAboutAgain() throws IOException {
    answer = "y";
    String file =
        file(
            "a.oosh",
            staging(),
            "launch -y -d",
            "abort -y",
            "use profile other",
            "use group asg-bp1web",
            "launch -y -d");
    assertThat(run("prod", "run", file)).as(said.toString()).isZero();
    assertThat(asked).hasSize(2).last().asString().contains("on profile other?");
  }

  @Test
  void whatChangesNothingIsNotAskedAbout() throws IOException {
    String[] lines = {staging(), "plan", "launch -y --dry-run", "launch --help", "history"};
    assertThat(run("prod", "run", file("a.oosh", lines))).as(said.toString()).isZero();
  }

  /** A verb that somebody adds under this heading and forgets to mark fails here. */
  private static final List<String> LOOK_ONLY =
      List.of("plan", "rehearse", "watch", "doctor", "coverage", "lock status", "freeze list");

  @Test
  void everyVerbOfRollingUpdatesThatChangesSomethingIsAskedAbout() throws IOException {
    run("prod", "help");
    List<String> verbs =
        said.toString()
            .lines()
            .dropWhile(l -> !l.equals("Rolling updates"))
            .skip(1)
            .takeWhile(l -> !l.isEmpty())
            // A long sentence goes on below.
            .filter(l -> l.matches(" {2}\\S.*"))
            .map(l -> l.strip().split(" {2,}", 2)[0])
            .filter(v -> !LOOK_ONLY.contains(v))
            .toList();
    assertThat(verbs).contains("launch", "rollback", "continue", "retry", "skip", "abort", "heal");
    for (String verb : verbs) {
      said.getBuffer().setLength(0);
      run("prod", "run", file("a.oosh", verb.startsWith("freeze ") ? verb + " 1" : verb));
      assertThat(said.toString()).contains("cannot ask: let ");
    }
  }

  @Test
  void aFileThatIsWrittenIsAskedAboutOnTheSandboxToo() throws IOException {
    Path exported = folder.resolve(".bash_profile");
    Path recorded = folder.resolve("r.oosh");
    Path other = Path.of(file("other.oosh", "help exit-codes"));
    for (String line :
        List.of("journal export " + exported, "record " + recorded, "run -c -a " + other)) {
      String outer = file("outer.oosh", "run -y " + file("a.oosh", line));
      List<Path> before = files();
      said.getBuffer().setLength(0);
      answer = "";
      assertThat(run("sandbox", "run", outer)).as(line).isEqualTo(1);
      assertThat(words())
          .containsPattern("cannot ask: let [^ ]*/a.oosh write ")
          .contains("add -y to confirm in advance");
      answer = "n";
      assertThat(run("sandbox", "run", outer)).as(line).isEqualTo(3);
      assertThat(files()).isEqualTo(before);
      assertThat(other).hasContent("help exit-codes");
    }
    assertThat(asked)
        .contains("let " + folder.resolve("a.oosh") + " write the file " + recorded + "? [y/N] ");
    answer = "y";
    String export = file("a.oosh", "journal export " + exported);
    assertThat(run("sandbox", "run", export)).as(said.toString()).isZero();
    assertThat(exported).exists();
  }

  @Test
  void whatIsTypedAndAYesGivenBeforehandWriteWithoutAQuestion() throws IOException {
    Path one = folder.resolve("one.jsonl");
    Path two = folder.resolve("two.jsonl");
    assertThat(run("prod", "journal", "export", one.toString())).isZero();
    String inner = file("inner.oosh", "journal export " + two, "journal export --help");
    assertThat(run("prod", "run", "-y", file("outer.oosh", "run " + inner)))
        .as(said.toString())
        .isZero();
    assertThat(one).exists();
    assertThat(two).exists();
    assertThat(run("prod", "run", file("b.oosh", "journal export", "journal export -h"))).isZero();
  }

  @Test
  void anImportByAFileIsAskedAbout() throws IOException {
    Path saved = folder.resolve("saved.jsonl");
    assertThat(run("prod", "journal", "export", saved.toString())).isZero();
    assertThat(run("prod", "run", file("a.oosh", "journal import " + saved))).isEqualTo(1);
    assertThat(words()).contains("a.oosh add to the journal what is in " + saved);
    assertThat(run("prod", "run", "-y", file("a.oosh", "journal import " + saved))).isZero();
  }

  /** Whatever verb is added: a check leaves the folder as it was. */
  @Test
  void aCheckWritesNoFileAndAsksNothing() throws IOException {
    answer = "y";
    Path exported = folder.resolve(".bash_profile");
    String inner =
        file("inner.oosh", "journal export " + exported, "record " + folder.resolve("r.oosh"));
    String file = file("a.oosh", "run " + inner, "help exit-codes", "record stop");
    List<Path> before = files();
    assertThat(run("sandbox", "run", "--check", "-y", file)).isEqualTo(1);
    assertThat(said.toString())
        .contains("+ exported 0 executions and 0 scripts to")
        .contains("+ recorded " + folder.resolve("r.oosh"));
    assertThat(files()).isEqualTo(before);
    assertThat(asked).isEmpty();
    assertThat(run("sandbox", "run", "--check", "--accept", "-y", file)).isZero();
    assertThat(asked).isEmpty();
    assertThat(Path.of(file)).content().contains("#> exported 0 executions");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void showsTheNewAnswersOfAFileAndAsksBeforeItWritesThem() throws IOException {
    String file = file("a.oosh", "help exit-codes", "whoami");
    String before = Files.readString(Path.of(file));
    answer = "n";
    assertThat(run("sandbox", "run", "--check", "--accept", file)).isEqualTo(3);
    assertThat(said.toString())
        .contains(file + ":1: help exit-codes")
        .contains("+   profile  sandbox", file + " was not changed");
    assertThat(asked).containsExactly("write 2 new answers into " + file + "? [y/N] ");
    assertThat(Path.of(file)).content().isEqualTo(before);
    answer = "y";
    assertThat(run("sandbox", "run", "--check", "--accept", file)).isZero();
    assertThat(Path.of(file)).content().contains("whoami\n#> ");
    // Nothing is new any more: nothing is asked.
    assertThat(run("sandbox", "run", "--check", "--accept", file)).isZero();
    assertThat(asked).hasSize(2);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  @Test
  void hiddenCharactersOfTheFileAreNotHiddenFromThePersonWhoIsAsked() throws IOException {
    String file = file("a.oosh", "use profile prod\033]0;sandbox\007", "help");
    run("prod", "run", file);
    assertThat(said.toString()).doesNotContain("\033", "\007");
    assertThat(run("prod", "run", file("b.oosh", staging(), "launch -y\033[8m -d"))).isNotZero();
    assertThat(said.toString()).doesNotContain("\033");
    assertThat(executions()).isEmpty();
  }

  @Test
  void aFileThatPlaysItselfIsRefused() throws IOException {
    String name = folder.resolve("a.oosh").toString();
    assertThat(run("prod", "run", file("a.oosh", "run " + name))).isEqualTo(1);
    assertThat(said.toString()).contains("it is being played already");
    String other = file("b.oosh", "run --check " + name, "run --check " + name);
    assertThat(run("prod", "run", "--check", other)).isEqualTo(1);
    assertThat(said.toString()).contains("a check does not check another");
  }

  @Test
  void aFileWithoutAnEndOrANameIsRefused() throws IOException {
    assertThat(run("prod", "run", "/dev/zero")).isEqualTo(1);
    assertThat(said.toString()).contains("it is longer than 1 MiB");
    for (String verb : List.of("run", "record")) {
      said.getBuffer().setLength(0);
      assertThat(run("prod", verb, "a\0b")).isEqualTo(2);
      assertThat(said.toString()).contains("that is not a valid file name");
    }
  }
}
