package oosh.sandbox.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import oosh.FullDiskFixture;
import oosh.sandbox.api.VendorTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
  /** A state that was kept before there were services and alarm rules. */
  @Test
  void readsAnOlderState(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("state.json");
    String old =
        "{\"format\":1,\"groups\":{\"asg-a\":{\"id\":\"asg-a\",\"memberIds\":[\"i-a\"]}},"
            + "\"members\":{\"i-a\":{\"id\":\"i-a\"}},\"commands\":{\"t-1\":{\"invokeId\":\"t-1\","
            + "\"instances\":{\"i-a\":{\"finishedAt\":5}}}}}";
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(old.getBytes(StandardCharsets.UTF_8));
    }

    SandboxState state = Objects.requireNonNull(new StateFile(path).load(0));

    assertThat(state.alarms).isEmpty();
    assertThat(Objects.requireNonNull(state.members.get("i-a")).serviceDownAt)
        .isEqualTo(VendorTimes.NEVER);
    assertThat(Objects.requireNonNull(state.commands.get("t-1")).on("i-a").downAfterSeconds)
        .isEqualTo(-1);
  }

  /** What the clock's thread waits for: any other exception ends it. */
  @Test
  void saysThatTheDiskIsFullHoweverMuchIsToBeWritten(@TempDir Path folder) throws Exception {
    SandboxState world = new SandboxState();
    for (int i = 0; i < 3000; i++) {
      world.tokens.put(
          "token-" + i, new SandboxState.ClientTokenUse("exec-" + i, "request".repeat(10)));
    }
    try (FullDiskFixture disk = FullDiskFixture.at(folder)) {
      StateFile file = new StateFile(folder.resolve("state.json"));
      disk.fill();

      assertThatThrownBy(() -> file.save(world))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("No space left");
    }
  }
}
