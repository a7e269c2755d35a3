package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;

/** What {@code --version} says of the build. */
class VersionTest {
  @Test
  void namesTheCommitAndWhetherThereWereChanges() {
    assertThat(Version.commit(built("5a1c354f4dee"))).isEqualTo("commit 5a1c354f4dee");
    assertThat(Version.commit(built("5a1c354f4dee+")))
        .isEqualTo("commit 5a1c354f4dee and uncommitted changes");
  }

  @Test
  void saysThatABuildWithoutAGitRepositoryKnowsNoCommit() {
    assertThat(Version.commit(built("${oosh.commit}")))
        .isEqualTo(Version.commit(new Attributes()))
        .isEqualTo("commit not known, built without Git");
  }

  @Test
  void namesTheJavaThatRunsIt() {
    assertThat(Version.full()).startsWith("oosh ").endsWith(", Java " + Runtime.version() + ")");
  }

  private static Attributes built(String commit) {
    Attributes manifest = new Attributes();
    manifest.putValue("Oosh-Commit", commit);
    return manifest;
  }
}
