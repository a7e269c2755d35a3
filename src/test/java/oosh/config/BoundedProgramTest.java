package oosh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class BoundedProgramTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;

  private Path program(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("program"), "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private BoundedProgram.Ended run(String script, String input, Duration within)
      throws IOException, InterruptedException {
    return BoundedProgram.of("the hook", List.of(program(script).toString(), "a b", "$HOME"))
        .run(Map.of("OWN", "x"), input, within, 100);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void getsItsWordsAndItsInputAsTheyAre() throws Exception {
    BoundedProgram.Ended ended =
        run("echo \"$1|$2|$OWN|$(pwd)|$(cat)\"; echo oh >&2; exit 3", "größe", LONG);
    assertThat(text(ended.output())).isEqualTo("a b|$HOME|x|/|größe\n");
    assertThat(text(ended.errors())).isEqualTo("oh\n");
    assertThat(ended.exitStatus()).contains(3);
    assertThat(ended.isSuccess()).isFalse();
  }

  @Test
  void hasNothingOfOurEnvironmentButWhatItNeeds() throws Exception {
    String names = text(run("env | cut -d= -f1 | sort | tr '\\n' ' '", "", LONG).output());
    assertThat(List.of(names.split(" ")))
        .contains("OWN", "PATH")
        .isSubsetOf(
            "OWN",
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "TZ",
            "TMPDIR",
            "PWD",
            "OLDPWD",
            "SHLVL",
            "_");
  }

  @Test
  void isEndedAtTheBoundWithAllThatItHasStarted() throws Exception {
    BoundedProgram.Ended ended = run("sleep 600 & echo $!; wait", "", Duration.ofSeconds(1));
    assertThat(ended.exitStatus()).isEmpty();
    awaitGone(text(ended.output()));
  }

  @Test
  void whatItLeavesBehindDoesNotHoldItUp() throws Exception {
    long begun = System.nanoTime();
    BoundedProgram.Ended ended = run("sleep 600 & echo $!", "", LONG);
    assertThat(ended.exitStatus()).contains(0);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG);
    awaitGone(text(ended.output()));
  }

  private static void awaitGone(String pid) throws Exception {
    Optional<ProcessHandle> left = ProcessHandle.of(Long.parseLong(pid.strip()));
    if (left.isPresent()) {
      left.get().onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void moreThanTheBoundIsForgottenAndTheProgramGoesOn() throws Exception {
    BoundedProgram.Ended ended = run("head -c 1000000 /dev/zero; exit 0", "", LONG);
    assertThat(ended.output()).hasSize(101);
    assertThat(ended.isSuccess()).isTrue();
  }

  @Test
  void needNotReadItsInput() throws Exception {
    assertThat(run("exit 0", "x".repeat(1_000_000), LONG).exitStatus()).isEqualTo(Optional.of(0));
  }

  @Test
  void isRefusedIfOthersCanChangeItOrItCannotBeRun() throws Exception {
    Path file = program("exit 0");
    List<String> command = List.of(file.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx---rwx"));
    assertThatThrownBy(() -> BoundedProgram.of("the hook", command))
        .isInstanceOf(Problem.class)
        .hasMessage("cannot run the hook: " + file + ": other users can write to " + file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> BoundedProgram.of("the hook", command))
        .hasMessageEndingWith("it may not be executed");
    Files.delete(file);
    assertThatThrownBy(() -> BoundedProgram.of("the hook", command))
        .hasMessageEndingWith("there is no such file");
  }
}
