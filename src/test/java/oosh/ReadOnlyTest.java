package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import oosh.rollout.Problem;
import oosh.shell.CommandInput;
import oosh.shell.Prompt;
import oosh.shell.Verb;
import oosh.shell.place.ReadOnly;
import oosh.shell.syntax.StatementRunner;
import oosh.shell.verbs.Verbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** --read-only: every verb that changes something is refused. */
@Timeout(60)
class ReadOnlyTest extends ShellFixture {
  /** A verb that is added, and not here, is refused, or fails this test. */
  private static final Set<String> ALLOWED =
      Set.of(
          "use",
          "use profile",
          "use region",
          "use group",
          "use method",
          "whoami",
          "unstage",
          "undo",
          "alias",
          "unalias",
          "repeat",
          "edit",
          "plan",
          "rehearse",
          "watch",
          "coverage",
          "doctor",
          "show",
          "history",
          "outputs",
          "logs",
          "report",
          "lock status",
          "freeze list",
          "notify list",
          "journal export",
          "journal status",
          "audit",
          "run",
          "set",
          "sandbox start",
          "sandbox status",
          "sandbox serve",
          "completion",
          "help",
          "exit",
          "clear");

  @TempDir Path folder;

  @Test
  void everyVerbIsAllowedByNameOrRefused() {
    Set<String> allowed = new TreeSet<>();
    for (Verb verb : Verbs.ALL) {
      CommandInput typed = new CommandInput(verb, List.of("a", "b", "c"), Map.of());
      boolean argument = verb.name().equals("journal export");
      if (!ReadOnly.refuses(verb, argument ? new CommandInput(verb, List.of(), Map.of()) : typed)) {
        allowed.add(verb.name());
      }
      assertThat(ReadOnly.refuses(verb, typed.with("help", ""))).isFalse();
    }
    allowed.removeIf(name -> name.startsWith("stage "));
    assertThat(allowed).containsExactlyInAnyOrderElementsOf(ALLOWED);
  }

  @Test
  void nothingIsAskedOrReadBeforeTheRefusal() throws IOException {
    ReadOnly.turnOn(session());
    run("use group asg-bp1web");
    assertThat(Prompt.of(session())).isEqualTo("sandbox [read-only] cn-hangzhou asg-bp1web(6) › ");
    assertThat(run("launch --script no-such-file.sh")).isEqualTo(1);
    assertThat(said.toString().lines().map(String::strip))
        .containsExactly(
            "launch is refused",
            "why   this oosh is read-only: it was started with --read-only or OOSH_READONLY",
            "next  plan and rehearse still work; start oosh without --read-only");
    Path file = Files.writeString(folder.resolve("a.oosh"), "record x.oosh\n");
    assertThat(run("run " + file)).isEqualTo(1);
    assertThat(run("plan --save " + folder.resolve("plan.json"))).isEqualTo(1);
    assertThat(run("journal export " + folder.resolve("journal"))).isEqualTo(1);
    for (String line :
        List.of(
            "launch -y",
            "rollback --now -y",
            "heal -y",
            "tag exec-1 a",
            "sandbox reset",
            "lock -m x",
            "unlock",
            "freeze add 22:00-06:00",
            "freeze remove 1")) {
      assertThat(run(line)).as(line).isEqualTo(1);
      assertThat(said.toString()).contains("is refused");
    }
    assertThat(questions).isEmpty();
    assertThat(folder).isDirectoryContaining("glob:**a.oosh").isDirectoryNotContaining("glob:**n");
  }

  @Test
  void nothingLeavesOosh() {
    ReadOnly.turnOn(session());
    StatementRunner prompt = StatementRunner.atPrompt(session().shell(), session());
    Path file = folder.resolve("left");
    for (String line :
        List.of("!touch " + file, "history > " + file, "history >> " + file, "use | tee " + file)) {
      said.getBuffer().setLength(0);
      assertThat(prompt.typed(line)).as(line).isEqualTo(1);
      assertThat(oneLine()).contains("is refused").contains("this oosh is read-only");
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void planRehearsalAndDryRunWork() {
    ReadOnly.turnOn(session());
    assertThat(run(STAGED + "plan")).as(oneLine()).isZero();
    assertThat(run("launch --dry-run")).as(oneLine()).isZero();
    assertThat(run("rehearse")).as(oneLine()).isZero();
    assertThat(run("history; use")).isZero();
    assertThat(oneLine()).contains("limits read-only: a verb that changes something is refused");
    assertThat(executions()).isEmpty();
  }

  @Test
  void theVariableAndTheOptionTurnItOn() {
    for (String off : List.of("", "0", "false", "FALSE")) {
      assertThat(ReadOnly.isAsked(Map.of("OOSH_READONLY", off))).as(off).isFalse();
    }
    assertThat(ReadOnly.isAsked(Map.of("OOSH_READONLY", "no"))).isTrue();
    assertThat(ReadOnly.isAsked(Map.of())).isFalse();
    assertThat(Arguments.of(new String[] {"--read-only", "plan"}, Map.of()).readOnly()).isTrue();
    assertThat(Arguments.of(new String[] {"plan", "--read-only"}, Map.of()).words())
        .containsExactly("plan");
    assertThat(Arguments.of(new String[] {"plan", "--", "--read-only"}, Map.of()).readOnly())
        .isFalse();
    assertThat(Arguments.of(new String[] {}, Map.of("OOSH_READONLY", "1")).readOnly()).isTrue();
  }

  @Test
  void resumeGoesWithThePromptAlone() {
    assertThat(Arguments.of(new String[] {"--resume"}, Map.of()).resume()).isTrue();
    for (String[] line :
        List.of(new String[] {"--resume", "-c", "plan"}, new String[] {"--resume", "plan"})) {
      Problem refused = catchThrowableOfType(Problem.class, () -> Arguments.of(line, Map.of()));
      assertThat(refused.kind()).isEqualTo(Problem.Kind.USAGE);
      assertThat(refused.what()).isEqualTo("--resume goes with the prompt alone");
    }
  }

  @Test
  void theOriginOfEachPartIsKnown() {
    Arguments typed =
        Arguments.of(
            new String[] {"--region", "cn-shanghai"},
            Map.of("OOSH_PROFILE", "p", "OOSH_REGION", "r"));
    assertThat(typed.origins())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("profile", "variable OOSH_PROFILE", "region", "option --region"));
  }
}
