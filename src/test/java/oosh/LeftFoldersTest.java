package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a rehearsal that was killed has left is swept by the next one, and nothing else is. */
@Tag("endurance")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LeftFoldersTest {
  @TempDir private Path folder;

  @Test
  void theNextRehearsalSweepsWhatAKilledOneHasLeft() throws Exception {
    Path slow = Files.writeString(folder.resolve("slow.sh"), "echo begun\nsleep 60\n");
    Path session =
        Files.writeString(
            folder.resolve("slow.oosh"),
            "use group asg-bp1web\nstage script " + slow + "\nrehearse\n");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path other = Files.createDirectory(temporary.resolve("oosh-check-of-somebody"));
    List<Path> left;
    // A check and a rehearsal in it, each with a sandbox.
    try (OoshProcess killed = check(temporary, session)) {
      do {
        left = folders(temporary);
        left.remove(other);
        assertThat(killed.alive()).isTrue();
      } while (left.size() < 4);
    }
    assertThat(left).allMatch(Files::exists);
    for (Path each : left) {
      assertThat(Files.getPosixFilePermissions(each))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    String mine = left.get(0).getFileName().toString().replaceFirst("\\d+-\\d+", me());
    Path alive = Files.createDirectory(temporary.resolve(mine));
    String later = me().replaceFirst("\\d+$", "1");
    Path reused = Files.createDirectory(temporary.resolve(mine.replace(me(), later)));
    try (OoshProcess next = check(temporary, Path.of("sessions/a-wrong-word.oosh"))) {
      assertThat(next.awaitExit()).isZero();
    }

    assertThat(left).noneMatch(Files::exists);
    assertThat(reused).doesNotExist();
    assertThat(folders(temporary)).containsExactlyInAnyOrder(alive, other);
  }

  private OoshProcess check(Path temporary, Path session) {
    return OoshProcess.start(
        "oosh.Oosh",
        List.of("-Djava.io.tmpdir=" + temporary),
        Map.of("OOSH_HOME", folder.resolve("home").toString()),
        "--profile",
        "sandbox",
        "run",
        "--check",
        session.toString());
  }

  private static List<Path> folders(Path temporary) throws IOException {
    try (Stream<Path> all = Files.list(temporary)) {
      return new ArrayList<>(all.filter(f -> f.toString().contains("oosh-")).toList());
    }
  }

  private static String me() {
    ProcessHandle me = ProcessHandle.current();
    return me.pid() + "-" + me.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
  }
}
