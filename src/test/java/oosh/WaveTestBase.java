package oosh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.WaveStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A shell with a rollout file: a wave of one group, then a wave of two in another region. */
abstract class WaveTestBase extends ShellFixture {
  static final String UPDATE =
      """
      script: deploy.sh
      rollback: undo.sh
      batch: --size 2
      """;

  static final String WAVES =
      """
      waves:
        - {region: ap-southeast-1, group: asg-t4nweb}
        - {region: cn-hangzhou, groups: [asg-bp1web, asg-bp1api], at-once: 2}
      """;

  /** A script that fails once on an instance of asg-bp1web. */
  static final String WEB_FAILS = "sandbox fail i-bp1c --exit 3 --times 1; ";

  @TempDir Path folder;

  /** Launches what the file says. */
  String launch;

  WaveTestBase() {}

  WaveTestBase(CheckBackends backends) {
    super(backends);
  }

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("deploy.sh"), "set -e\necho deployed\n");
    Files.writeString(folder.resolve("undo.sh"), "set -e\necho undone\n");
    launch = "launch " + file(UPDATE + WAVES) + " -y -m web --confirm asg-t4nweb";
  }

  /** Writes the rollout file. */
  Path file(String text) {
    try {
      return Files.writeString(folder.resolve("release.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The newest rollout, as the journal has it. */
  WaveStatus rollout() {
    return backends.journal().waves().startingWith("sandbox", "wave-", 1).get(0);
  }

  String id() {
    return rollout().id();
  }

  /** {@code asg-t4nweb SUCCESS}, in their order. */
  List<String> phases() {
    return rollout().groups().stream().map(g -> g.group().group() + " " + g.phase()).toList();
  }

  String executionOn(String group) {
    return rollout().groups().stream()
        .filter(g -> g.group().group().equals(group))
        .map(GroupProgress::executionId)
        .findFirst()
        .orElseThrow();
  }
}
