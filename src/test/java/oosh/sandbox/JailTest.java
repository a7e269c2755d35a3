package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JailTest {
  @TempDir private Path directory;
  private Jail jail = new Jail(Path.of("unused"), true);

  @BeforeEach
  void open() {
    jail = new Jail(directory, true);
  }

  private JailResult run(String script) {
    assumeTrue(jail.works(), "bubblewrap is not installed");
    return jail.run("i-bp1a", "RunShellScript", script, "", 20_000);
  }

  @Test
  void runsWhereItIsTold() {
    assumeTrue(jail.works());
    assertThat(jail.run("i-bp1a", "RunShellScript", "pwd", "/usr/lib", 20_000).output())
        .isEqualTo("/usr/lib\n");
    JailResult nowhere = jail.run("i-bp1a", "RunShellScript", "pwd", "/srv/web", 20_000);
    assertThat(nowhere.exitCode()).isEqualTo(1);
    assertThat(nowhere.output()).contains("/srv/web");
  }

  @Test
  void aScriptHasItsInstancesNameAndNoNetwork() {
    JailResult result =
        run("cat /proc/sys/kernel/hostname; tail -n +3 /proc/net/dev | grep -vc lo");
    assertThat(result.output()).isEqualTo("i-bp1a\n0\n");
  }

  @Test
  void aScriptWritesNowhereButInItsOwnDirectoryWhichLasts() {
    assertThat(run("echo x > /usr/x").exitCode()).isNotZero();
    assertThat(run("echo x > /x").exitCode()).isNotZero();
    assertThat(run("echo kept > ~/file").exitCode()).isZero();
    assertThat(run("cat file; exit 4")).isEqualTo(new JailResult(4, "kept\n", 0, false));
  }

  @Test
  void aScriptSeesNothingOfTheEnvironmentOutside() {
    JailResult result =
        run("for e in /proc/[0-9]*/environ; do tr '\\0' '\\n' <$e; done | sed 's/=.*//' | sort -u");
    assertThat(result.output().lines())
        .isSubsetOf("PATH", "HOME", "LANG", "PWD", "OLDPWD", "SHLVL", "_");
  }

  @Test
  void aScriptsDirectoryIsForItsOwnerOnly() throws Exception {
    run("true");
    assertThat(Files.getPosixFilePermissions(directory.resolve("i-bp1a")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void longOutputIsCutAndCounted() {
    JailResult result = run("head -c 30000 /dev/zero | tr '\\0' a");
    assertThat(result.output()).hasSize(24 * 1024);
    assertThat(result.dropped()).isEqualTo(30_000 - 24 * 1024);
  }

  @Test
  void aScriptThatDoesNotEndIsKilledWithItsChildren() {
    assumeTrue(jail.works(), "bubblewrap is not installed");
    JailResult result = jail.run("i-bp1a", "RunShellScript", "sleep 60 & sleep 60", "", 300);
    assertThat(result.timedOut()).isTrue();
  }

  @Test
  void aWindowsScriptIsNotRun() {
    assertThat(jail.run("i-bp4a", "RunBatScript", "dir", "", 1_000).output()).contains("not run");
  }
}
