package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import oosh.config.Config;
import oosh.config.Hooks;
import oosh.config.JournalSettings;
import oosh.config.ProfileRules;
import oosh.shell.Backends;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The operator's own programs around a launch, and what they cannot do to a rollback. */
@Timeout(60)
class LaunchHooksTest {
  private static final String LAUNCH =
      "use group asg-bp1web; stage script sessions/scripts/deploy.sh;"
          + " stage rollback sessions/scripts/undo.sh; stage batch 3; launch ";

  @TempDir Path folder;
  private final Map<Hooks.Event, List<String>> commands = new EnumMap<>(Hooks.Event.class);
  private ShellFixture shell = new ShellFixture();

  @AfterEach
  void close() {
    shell.close();
  }

  private static Backends hooked(Backends rest, Hooks hooks) {
    return new ConfiguredBackends(
        rest,
        new Config(null, null, null, hooks, Map.of(), ProfileRules.NONE, JournalSettings.NONE));
  }

  /** What it reads is kept beside it. */
  private void hook(Hooks.Event event, String script) throws IOException {
    Path file = folder.resolve(event.key());
    Files.writeString(file, "#!/bin/sh\ncat > " + file + ".read\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    commands.put(event, List.of(file.toString()));
  }

  private void open(Duration within) {
    shell.close();
    shell = new ShellFixture(hooked(ShellFixture.backends(), new Hooks(commands, within)));
  }

  private int run(String line) throws IOException {
    return shell.run(line);
  }

  private JsonObject read(Hooks.Event event) throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve(event.key() + ".read")))
        .getAsJsonObject();
  }

  private boolean wasRun(Hooks.Event event) {
    return Files.exists(folder.resolve(event.key() + ".read"));
  }

  @Test
  void readThePlanAndTheEndAsJson() throws IOException {
    hook(Hooks.Event.BEFORE_LAUNCH, "echo window is open until 18:00");
    hook(Hooks.Event.AFTER_END, "exit 0");
    hook(Hooks.Event.ON_FAILURE, "exit 0");
    open(Hooks.WITHIN);
    assertThat(run(LAUNCH + "-y -m 'web 2'")).as(shell.oneLine()).isZero();
    assertThat(shell.notes.toString()).contains("before-launch: window is open until 18:00");
    JsonObject plan = read(Hooks.Event.BEFORE_LAUNCH);
    assertThat(plan.get("action").getAsString()).isEqualTo("launch");
    assertThat(plan.get("reason").getAsString()).isEqualTo("web 2");
    JsonObject end = read(Hooks.Event.AFTER_END);
    assertThat(end.get("status").getAsString()).isEqualTo("Success");
    assertThat(end.getAsJsonObject("launch").get("reason").getAsString()).isEqualTo("web 2");
    assertThat(wasRun(Hooks.Event.ON_FAILURE)).isFalse();
  }

  @Test
  void aRefusalStartsNothingAndIsSaidInItsWords() throws IOException {
    hook(Hooks.Event.BEFORE_LAUNCH, "echo; echo 'frozen until Monday' >&2; exit 3");
    open(Hooks.WITHIN);
    assertThat(run(LAUNCH + "-y")).isEqualTo(1);
    assertThat(shell.oneLine())
        .contains("nothing was started: the hook before-launch refuses it")
        .contains("why frozen until Monday");
    assertThat(shell.executions()).isEmpty();
    assertThat(shell.history()).isEmpty();
  }

  @Test
  void oneThatHangsRefusesAtItsBound() throws IOException {
    hook(Hooks.Event.BEFORE_LAUNCH, "sleep 600");
    open(Duration.ofSeconds(1));
    assertThat(run(LAUNCH + "-y")).isEqualTo(1);
    assertThat(shell.oneLine()).contains("it did not end within 1 s, and was ended");
    assertThat(shell.executions()).isEmpty();
  }

  @Test
  void isAskedBehindTheYesAndNotForAPlan() throws IOException {
    hook(Hooks.Event.BEFORE_LAUNCH, "exit 0");
    open(Hooks.WITHIN);
    assertThat(run(LAUNCH + "--dry-run")).isZero();
    assertThat(run("plan")).isZero();
    shell.answers("n");
    assertThat(run("launch")).isEqualTo(3);
    assertThat(wasRun(Hooks.Event.BEFORE_LAUNCH)).isFalse();
    shell.answers("y");
    assertThat(run("launch")).isZero();
    assertThat(wasRun(Hooks.Event.BEFORE_LAUNCH)).isTrue();
  }

  @Test
  void whatOthersCanChangeRefusesALaunchAndNoRollback() throws IOException {
    hook(Hooks.Event.AFTER_END, "exit 0");
    open(Hooks.WITHIN);
    assertThat(run(LAUNCH + "-y")).isZero();
    Files.setPosixFilePermissions(
        folder.resolve("after-end"), PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.delete(folder.resolve("after-end.read"));
    assertThat(run("launch -y")).isEqualTo(1);
    assertThat(shell.oneLine()).contains("cannot run the hook after-end: ");
    assertThat(run("rollback exec-0000000000000001 -y")).as(shell.oneLine()).isZero();
    assertThat(shell.oneLine()).contains("note: cannot run the hook after-end: ");
    assertThat(wasRun(Hooks.Event.AFTER_END)).isFalse();
  }

  @Test
  void noHookHoldsUpARollback() throws IOException {
    open(Hooks.WITHIN);
    assertThat(run(LAUNCH + "-y")).isZero();
    run("tag exec-0000000000000001 good");
    ShellFixture first = shell;
    hook(Hooks.Event.BEFORE_LAUNCH, "exit 1");
    hook(Hooks.Event.ON_FAILURE, "exit 1");
    shell = new ShellFixture(hooked(first.backends, new Hooks(commands, Hooks.WITHIN)));
    shell.run("use group asg-bp1web");
    assertThat(run("rollback exec-0000000000000001 -y")).as(shell.oneLine()).isZero();
    assertThat(run("rollback --to good -y")).as(shell.oneLine()).isZero();
    assertThat(wasRun(Hooks.Event.BEFORE_LAUNCH)).isFalse();
    assertThat(run("retry exec-0000000000000001 --missing -y")).as("a launch").isEqualTo(1);
  }

  @Test
  void behindAFailureTheRollbackIsOverBeforeAHookHearsOfIt() throws IOException {
    hook(Hooks.Event.ON_FAILURE, "exit 5");
    open(Hooks.WITHIN);
    run("use group asg-bp1web; sandbox fail i-bp1c --times 1");
    assertThat(run(LAUNCH + "-y --rollback-on-failure")).as(shell.oneLine()).isEqualTo(6);
    JsonObject end = read(Hooks.Event.ON_FAILURE);
    assertThat(end.get("status").getAsString()).isEqualTo("Failed");
    assertThat(end.getAsJsonObject("rollback").get("status").getAsString()).isEqualTo("Success");
    assertThat(shell.oneLine()).contains("note: the hook on-failure failed: exit status 5");
  }

  @Test
  void anAnswerInJsonStaysOneDocument() throws IOException {
    hook(Hooks.Event.BEFORE_LAUNCH, "echo words");
    hook(Hooks.Event.AFTER_END, "echo words");
    open(Hooks.WITHIN);
    assertThat(run(LAUNCH + "-y --output json")).isZero();
    assertThat(JsonParser.parseString(shell.results.toString().replaceFirst("(?s)^.*?(?=\\{)", "")))
        .isInstanceOf(JsonObject.class);
    assertThat(shell.results.toString()).doesNotContain("words");
  }
}
