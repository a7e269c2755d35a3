package oosh.aliyun.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.Problem.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that print keys, and programs that do not. */
@Timeout(60)
class ProcessCommandTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private static final String KEYS =
      "echo '{\"mode\":\"StsToken\",\"access_key_id\":\"STS.one\","
          + "\"access_key_secret\":\"hushhush\",\"sts_token\":\"hushhush-token\"}'\n";

  @TempDir Path folder;
  private Path config;
  private Path program;
  private final Map<String, String> env = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));

  @BeforeEach
  void files() throws IOException {
    config = Files.writeString(folder.resolve("config.json"), "{}");
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
    program = folder.resolve("keys");
  }

  private void prints(String script) {
    try {
      Files.writeString(program, "#!/bin/sh\n" + script);
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private CliProfile keys(String command, Duration within) throws InterruptedException {
    return new ProcessCommand(config, env, within)
        .keys(new CliProfile("ext", "External", "config.json", Map.of("process_command", command)));
  }

  private Problem problem(String command, Duration within) {
    Problem problem = catchThrowableOfType(Problem.class, () -> keys(command, within));
    assertThat(problem).isNotNull();
    StringWriter trace = new StringWriter();
    problem.printStackTrace(new PrintWriter(trace));
    assertThat(problem.what() + problem.why() + problem.next() + trace).doesNotContain("hushhush");
    assertThat(problem.kind()).isEqualTo(Kind.CREDENTIALS);
    assertThat(problem.what()).isEqualTo("cannot use profile ext");
    return problem;
  }

  @Test
  void takesTheKeysThatItPrints() throws Exception {
    prints("[ \"$1|$2\" = 'a b|$HOME' ] && [ -n \"$OWN\" ] && " + KEYS);
    env.put("OWN", "x");

    CliProfile keys = keys(program + " 'a b' '$HOME'", LONG);

    assertThat(keys.mode()).isEqualTo("StsToken");
    assertThat(keys.get("sts_token")).isEqualTo("hushhush-token");
    assertThat(keys.toString()).doesNotContain("hushhush");
  }

  @Test
  void looksABareNameUpInPath() throws Exception {
    prints(KEYS);
    env.put("PATH", ".:/nowhere:" + folder);

    assertThat(keys("keys", LONG).get("access_key_id")).isEqualTo("STS.one");
    assertThat(problem("nokeys", LONG).why())
        .isEqualTo("its process_command names a program that is not in PATH");
    assertThat(problem("./keys", LONG).why())
        .isEqualTo("its process_command names its program relative to the current folder");
  }

  @Test
  void endsAProgramThatHangs() {
    prints("echo hushhush; exec sleep 60\n");

    assertThat(problem(program.toString(), Duration.ofSeconds(1)).why())
        .isEqualTo("its process_command did not end within 1 s");
  }

  @Test
  void doesNotWaitForAChildThatKeepsTheStreamsOpen() throws Exception {
    prints("sleep 60 &\n" + KEYS);
    long began = System.nanoTime();

    assertThat(keys(program.toString(), LONG).get("access_key_id")).isEqualTo("STS.one");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "exit 3 | ended with exit status 3",
        "echo hushhush; echo hushhush >&2; exit 1 | ended with exit status 1",
        "echo hushhush | did not print exactly one JSON object",
        "true | did not print exactly one JSON object",
        "echo '{} {}' | did not print exactly one JSON object",
        "echo '[\"hushhush\"]' | did not print exactly one JSON object",
        "echo '{\"mode\":\"AK\",\"mode\":\"AK\"}' | did not print exactly one JSON object",
        "head -c 70000 /dev/zero | printed more than 64 KiB",
        "echo '{\"access_key_id\":\"hushhush\"}' | printed JSON whose mode is neither AK nor StsToken",
        "echo '{\"mode\":\"External\",\"process_command\":\"hushhush\"}'"
            + " | printed JSON whose mode is neither AK nor StsToken",
        "echo '{\"mode\":\"AK\",\"access_key_id\":\"hushhush\"}'"
            + " | printed JSON without the keys of mode AK",
        "echo '{\"mode\":\"StsToken\",\"access_key_id\":\"a\",\"access_key_secret\":\"hushhush\"}'"
            + " | printed JSON without the keys of mode StsToken"
      })
  void refusesWhatIsNoKeys(String script, String why) {
    prints(script + "\n");

    Problem problem = problem(program + " --token hushhush", LONG);

    assertThat(problem.why()).isEqualTo("its process_command " + why);
    assertThat(problem.next()).isEqualTo("aliyun sts GetCallerIdentity --profile ext");
  }

  @Test
  void startsNothingThatAStrangerCanHaveWritten() throws Exception {
    prints("touch " + folder.resolve("started") + "\n" + KEYS);
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-rw-rw-"));

    Problem file = problem(program.toString(), LONG);

    assertThat(file.why())
        .isEqualTo(
            "its process_command stands in a file that others can write: other users can write to "
                + config);
    assertThat(file.next()).isEqualTo("chmod go-w " + config);

    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(problem(program.toString(), LONG).why())
        .endsWith("other users can write to " + program);
    assertThat(folder.resolve("started")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'", "\"", "a\\", "'' x", "\u0000"})
  void refusesACommandThatIsNone(String command) {
    assertThat(problem(command, LONG).next())
        .startsWith("aliyun configure --profile ext --mode External");
  }

  @Test
  void splitsAsTheCliDoes() {
    assertThat(ProcessCommand.words(" a  b\t'c d' \"e f\" ''"))
        .isEqualTo(Optional.of(List.of("a", "b", "c d", "e f", "")));
    assertThat(ProcessCommand.words("a\\ b 'c\\d' \"e\\\"f\\g\" x'y'z"))
        .isEqualTo(Optional.of(List.of("a b", "c\\d", "e\"f\\g", "xyz")));
    assertThat(ProcessCommand.words("a 'b")).isEmpty();
    assertThat(ProcessCommand.words("a\\")).isEmpty();
    assertThat(ProcessCommand.words(" ")).isEqualTo(Optional.of(List.of()));
  }
}
