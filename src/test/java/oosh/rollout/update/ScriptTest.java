package oosh.rollout.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;

class ScriptTest {
  @Test
  void acceptsExactlyWhatCloudAssistantAccepts() {
    assertThat(Script.of("a.sh", filled(18_432)).bytes()).isEqualTo(18_432);
    assertThatThrownBy(() -> Script.of("a.sh", filled(18_433)))
        .isInstanceOfSatisfying(
            Problem.class,
            p ->
                assertThat(p.why())
                    .isEqualTo(
                        "it is 18,433 bytes, 24,580 after Base64; Cloud Assistant takes 24,576"
                            + " (18,432 bytes of text)"));
  }

  @Test
  void countsBytesNotLetters() {
    assertThat(Script.of("a.sh", "écho".getBytes(StandardCharsets.UTF_8)).bytes()).isEqualTo(5);
  }

  @Test
  void refusesAFileThatIsNotText() {
    assertThatThrownBy(() -> Script.of("a", new byte[] {(byte) 0xff, (byte) 0xfe, 0x41}))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.why()).isEqualTo("it is not UTF-8 text"));
    assertThatThrownBy(() -> Script.of("a", new byte[] {0x41, 0, 0x42}))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.why()).isEqualTo("it is a binary file"));
    assertThatThrownBy(() -> Script.of("a", new byte[0])).isInstanceOf(Problem.class);
  }

  @Test
  void isNamedByItsContent() {
    Script a = Script.of("a.sh", "abc".getBytes(StandardCharsets.UTF_8));
    assertThat(a.shortSha()).isEqualTo("ba7816");
  }

  private static byte[] filled(int n) {
    byte[] bytes = new byte[n];
    java.util.Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }
}
