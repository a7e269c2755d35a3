package oosh.sandbox.state;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import oosh.FullDiskFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
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
