package oosh.sandbox.jail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import oosh.FullDiskFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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
    assumeTrue(jail.works(), jail.notRun());
    return jail.run("i-bp1a", "RunShellScript", script, "", 20_000);
  }

  @Test
  void runsInTheGivenDirectory() {
    assumeTrue(jail.works(), jail.notRun());
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
  void aHomeIsForItsOwnerOnly() throws Exception {
    run("echo x >y");
    assertThat(Files.getPosixFilePermissions(jail.home("i-bp1a")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aHomeIsAfterTheNextScriptsStartAsTheLastOneLeftIt() {
    String left = "stat -c '%A %s %Y %N' a a/b c d; cat a/b; du -k d | cut -f 1";
    String made =
        "mkdir -m 700 a; echo x >a/b; chmod 640 a/b; touch -d @9 a/b; ln -s a/b c;"
            + " truncate -s 9M d; mkfifo e; ln a/b f; mkdir -m 0 g; ";
    String before = run(made + left).output();
    assertThat(before).contains("-rw-r----- 2 9 'a/b'").endsWith("x\n0\n");
    assertThat(run(left).output()).isEqualTo(before);
    assertThat(run("ls").output()).isEqualTo("a\nc\nd\ne\nf\ng\n");
    run("rm -r *");
    assertThat(jail.home("i-bp1a")).doesNotExist();
    run("echo x >y");
    jail.forget("i-bp1a");
    assertThat(run("ls").output()).isEmpty();
  }

  @Test
  void whatAScriptLeftBeforeItsTimeWasOverStays() {
    assumeTrue(jail.works(), jail.notRun());
    String script = "echo x >y; sleep 60";
    for (int limit = 300; limit < 30_000 && Files.notExists(jail.home("i-bp1a")); limit *= 3) {
      assertThat(jail.run("i-bp1a", "RunShellScript", script, "", limit).timedOut()).isTrue();
    }
    assertThat(run("cat y").output()).isEqualTo("x\n");
  }

  @Test
  void aHomeStaysAsItWasWhereTheTimeIsOverBeforeTheScriptBegins() {
    run("echo x >y");
    for (int limit = 0; limit < 12; limit += 2) {
      assertThat(jail.run("i-bp1a", "RunShellScript", "sleep 9; rm y", "", limit).timedOut())
          .isTrue();
    }
    assertThat(run("cat y").output()).isEqualTo("x\n");
  }

  @Test
  @Tag("endurance")
  void aScriptWhoseProcessesTakeTooMuchMemoryTogetherIsKilled() {
    JailResult result =
        run("for i in 1 2 3; do dd if=/dev/zero of=/dev/null bs=600M count=90 & done; wait");
    assertThat(result)
        .isEqualTo(new JailResult(137, "(killed: more than 1024 MiB of memory)\n", 0, false));
  }

  @Test
  void aHomeThatIsTooLargeBesideTheOthersIsNotKept() throws Exception {
    run("echo x >y");
    try (RandomAccessFile others = new RandomAccessFile(jail.home("i-b").toFile(), "rw")) {
      others.setLength(JailBounds.KEPT_OF_ALL - (64 << 10));
    }
    open();
    assertThat(run("head -c 99999 /dev/zero >z; echo done"))
        .isEqualTo(
            new JailResult(
                126,
                "done\n(not kept: what the script left in its home is too large)\n",
                0,
                false));
    assertThat(run("ls")).isEqualTo(new JailResult(0, "y\n", 0, false));
  }

  @Test
  void aHomeIsNotKeptOnAFullDisk() throws Exception {
    assumeTrue(jail.works(), jail.notRun());
    try (FullDiskFixture disk = FullDiskFixture.at(directory)) {
      disk.fill();
      assertThat(run("head -c 99999 /dev/urandom >z; echo done").output())
          .isEqualTo("done\n(not kept: the disk of the sandbox does not take its home)\n");
    }
  }

  private static final String PROBE =
      "probe() { perl -e 'my $s; socket $s, 2, 1, 0; connect $s, pack \"Sna4x8\", 2, 8080,"
          + " \"\\x7f\\0\\0\\1\" or print(\"refused\\n\"), exit; syswrite $s, \"GET /health"
          + " HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n\"; print substr(<$s>, 9, 3), \"\\n\"'; }\n# 127.0.0.1\n";

  private JailResult probe(String script) {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "there is no perl here");
    return run(PROBE + script);
  }

  @Test
  void theServiceAnswersAsTheFileSaysFromTheFirstLineOn() {
    assertThat(probe("probe; echo 503 >~/service; probe; rm ~/service; probe").output())
        .isEqualTo("200\n503\n200\n");
    assertThat(jail.service("i-bp1a")).isEqualTo(Jail.UP);
  }

  @Test
  void aServiceThatIsDownDoesNotListenUntilItIsUp() {
    String down = "echo down >~/service; n=0; until [ \"$(probe)\" = refused ]; do :; done; probe";
    String up = "; echo up >~/service; until [ \"$(probe)\" = 200 ]; do :; done; probe";
    assertThat(probe(down).output()).isEqualTo("refused\n");
    assertThat(jail.service("i-bp1a")).isEqualTo(Jail.DOWN);
    assertThat(probe("probe" + up).output()).isEqualTo("refused\n200\n");
    assertThat(jail.service("i-bp1a")).isEqualTo(Jail.UP);
  }

  @Test
  void theServiceListensOnTheStagedPortsAndMayBeHeldWhateverTheFileSays() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "there is no perl here");
    String both = PROBE.replace("8080", "$ENV{P}") + "export P; for P in 8080 9000; do probe; done";
    Map<Integer, Integer> ports = Map.of(8080, 200, 9000, 204);

    assertThat(served(both, new ServiceStart(ports, ""))).isEqualTo("200\n204\n");
    assertThat(served("echo up >~/service; " + both, new ServiceStart(ports, "down")))
        .isEqualTo("refused\nrefused\n");
    assertThat(served(both, new ServiceStart(ports, "503"))).isEqualTo("503\n503\n");
    assertThat(served(both, new ServiceStart(Map.of(9000, 200), ""))).isEqualTo("refused\n200\n");
    assertThat(jail.service("i-bp1a")).isEqualTo(Jail.UP);
  }

  private String served(String script, ServiceStart service) {
    return jail.run("i-bp1a", "RunShellScript", script, "", 20_000, service).output();
  }

  @Test
  void theServiceIsAFileThatIsKeptAndThatTheOrderWrites() {
    run("echo x >y; mkdir -m 0 z; echo 500 >service");
    assertThat(jail.service("i-bp1a")).isEqualTo("500");
    jail.setService("i-bp1a", "down");
    jail.setService("i-bp1a", "404");
    open();
    assertThat(jail.service("i-bp1a")).isEqualTo("404");
    assertThat(probe("cat y service; stat -c %a z; probe").output()).isEqualTo("x\n404\n0\n404\n");
    jail.setService("i-bp1b", "down");
    assertThat(jail.service("i-bp1b")).isEqualTo(Jail.DOWN);
    jail.forget("i-bp1a");
    assertThat(jail.service("i-bp1a")).isEqualTo(Jail.UP);
    jail.forgetAll();
    assertThat(jail.service("i-bp1b")).isEqualTo(Jail.UP);
  }

  @Test
  void anythingElseInThePlaceOfTheFileCountsAsUp() {
    for (String made : new String[] {"mkdir service", "ln -s y service", "echo no >service"}) {
      jail.forgetAll();
      assertThat(probe("echo down >y; " + made + "; probe").output()).isEqualTo("200\n");
      assertThat(jail.service("i-bp1a")).isEqualTo(Jail.UP);
    }
  }

  @Test
  void aScriptHasNoChildAndNoFileOfTheService() {
    String script =
        "ls -l /proc/$$/fd | grep -c socket; jobs; wait; echo $?;"
            + " read -r all </proc/$$/task/$$/children; echo \"[$all]\"; kill -9 -1; until [ \"$(probe)\" = refused ]; do :; done; exit 3";
    assertThat(probe(script)).isEqualTo(new JailResult(3, "0\n0\n[]\n", 0, false));
  }

  @Test
  void saysWhatIsMissingAndRunsNothing() {
    Jail none = new Jail(directory, false);
    assertThat(none.run("i-bp1a", "RunShellScript", "echo x", "", 1_000))
        .isEqualTo(
            new JailResult(0, "(not run: the sandbox was told to run no scripts)\n", 0, false));
  }

  @Test
  void longOutputIsCutAndCounted() {
    JailResult result = run("head -c 30000 /dev/zero | tr '\\0' a");
    assertThat(result.output()).hasSize(24 * 1024);
    assertThat(result.dropped()).isEqualTo(30_000 - 24 * 1024);
  }

  @Test
  void longOutputIsCutBetweenCharacters() {
    JailResult result = run("i=0; while [ $i -lt 9000 ]; do printf 'ü€ä'; i=$((i+1)); done");
    assertThat(result.output()).isEqualTo("ü€ä".repeat(3510) + "ü€");
    assertThat(result.dropped()).isEqualTo(7 * 9_000 - (24 * 1024 - 1));
  }

  @Test
  void aScriptThatDoesNotEndIsKilledWithItsChildren() {
    assumeTrue(jail.works(), jail.notRun());
    JailResult result = jail.run("i-bp1a", "RunShellScript", "sleep 60 & sleep 60", "", 300);
    assertThat(result.timedOut()).isTrue();
  }

  @Test
  void aWindowsScriptIsNotRun() {
    assertThat(jail.run("i-bp4a", "RunBatScript", "dir", "", 1_000).output()).contains("not run");
  }
}
