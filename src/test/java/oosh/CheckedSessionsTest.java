package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import oosh.rollout.cloud.Profile;
import oosh.shell.Backends;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Every file of {@code sessions/} says what oosh says, to the letter. */
class CheckedSessionsTest {
  /** Side by side: a script that waits leaves its processor to another session. */
  @TestFactory
  @Execution(ExecutionMode.CONCURRENT)
  Stream<DynamicTest> everySessionAnswersAsWritten() throws IOException {
    return sessions().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    String.valueOf(file.getFileName()),
                    () -> {
                      StringWriter said = new StringWriter();
                      int status = check(file, said);
                      assertThat(status).as(said.toString()).isZero();
                    }));
  }

  @Test
  void thereAreAtLeastTwelveStoriesEachWithItsText() throws IOException {
    assertThat(sessions()).hasSizeGreaterThanOrEqualTo(12);
    for (Path file : sessions()) {
      assertThat(Files.readString(file)).as(file.toString()).contains("\n#> ");
    }
  }

  @Test
  void aSessionWithAnotherAnswerIsReported() throws IOException {
    Path file = Files.createTempFile("differs", ".oosh");
    Files.writeString(file, "# A lie.\nuse group asg-bp1web\n#> asg-bp1web \"web\": 7 instances\n");
    StringWriter said = new StringWriter();
    assertThat(check(file, said)).isEqualTo(1);
    assertThat(said.toString())
        .contains("- asg-bp1web \"web\": 7 instances\n")
        .contains("+ asg-bp1web \"web\": 6 instances in service\n");
    Files.delete(file);
  }

  private static List<Path> sessions() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("sessions"))) {
      return files.filter(f -> f.toString().endsWith(".oosh")).sorted().toList();
    }
  }

  private static int check(Path file, StringWriter said) {
    PrintWriter out = new PrintWriter(said, true);
    try (Backends backends = CheckBackends.open()) {
      Session session =
          new Session(
              backends,
              new StreamScreen(out, out, () -> 80, false, null),
              backends.profiles().named(Profile.SANDBOX),
              null,
              null);
      return new Shell(session).run(List.of("run", "--check", file.toString()));
    }
  }
}
