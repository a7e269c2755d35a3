package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.rollout.wave.RolloutFile;
import oosh.shell.verbs.wave.RolloutFileReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code show --as-file}. */
class RolloutFileWriterTest extends ShellFixture {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void scripts() throws IOException {
    file = folder.resolve("web.yaml");
    Files.writeString(folder.resolve("deploy.sh"), "#!/bin/sh\necho 2.4.1\n");
    Files.createDirectories(folder.resolve("sub dir"));
    Files.writeString(folder.resolve("sub dir/undo 1.sh"), "#!/bin/sh\necho 2.4.0\n");
    Files.writeString(folder.resolve("sub dir/probe.sh"), "exit 0\n");
    Files.writeString(folder.resolve("-x~.ps1"), "exit 0\n");
  }

  private void stage(String... lines) {
    for (String line : lines) {
      assertThat(run(line.replace("FOLDER", folder.toString()))).as(said::toString).isZero();
    }
  }

  @Test
  void writesAFileThatAPersonReads() throws Exception {
    stage(
        "use group asg-bp1web",
        "stage script FOLDER/deploy.sh",
        "stage rollback 'FOLDER/sub dir/undo 1.sh'",
        "stage batch 1,5,20%",
        "stage pause 5m",
        "stage on-failure rollback",
        "stage gate http 8080/health --within 5m",
        "stage gate lb",
        "stage only 'i-bp1*' --tag env=canary",
        "stage set lifecycleState InService,Protected",
        "show --as-file " + file);
    assertThat(said.toString().strip()).contains("is written: plan " + file + " shows it");
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            # plan web.yaml shows what this would do, launch web.yaml does it.
            script: deploy.sh
            rollback: sub dir/undo 1.sh
            batch: 1,5,20%
            pause: 5m
            on-failure: rollback
            only: i-bp1* --tag env=canary
            gates:
              - {http: "8080/health", within: 5m}
              - {lb: true}
            set:
              lifecycleState: InService,Protected

            # One wave after the other; add at-once, bake and hours as you need them.
            waves:
              - {region: cn-hangzhou, group: asg-bp1web}
            """);
    assertThat(RolloutFileReader.read(session(), file.toString()).spec())
        .isEqualTo(session().staging());
    assertThat(run("show --as-file " + file)).isEqualTo(1);
    assertThat(oneLine()).contains("the file is there already");
  }

  @Test
  void isRefusedWhereAFileIsUnknownElsewhereOrAnother() throws IOException {
    assertThat(run("show --as-file")).isEqualTo(1);
    assertThat(oneLine()).contains("nothing is staged");
    stage("stage script sessions/scripts/deploy.sh");
    assertThat(run("show --as-file")).isEqualTo(2);
    assertThat(oneLine()).contains("no scaling group is chosen");
    stage("use group asg-bp1web");
    assertThat(run("show --as-file " + file)).isEqualTo(1);
    assertThat(oneLine()).contains("deploy.sh is not in " + folder + " or below");
    assertThat(run("show --as-file")).as(said::toString).isZero();
    assertThat(said.toString()).contains("script: sessions/scripts/deploy.sh\n");
    stage("stage script FOLDER/deploy.sh");
    Files.writeString(folder.resolve("deploy.sh"), "another\n");
    assertThat(run("show --as-file " + file)).isEqualTo(1);
    assertThat(oneLine()).contains("deploy.sh is not as it was staged");
    session().files().clear();
    assertThat(run("show --as-file " + file)).isEqualTo(1);
    assertThat(oneLine()).contains("deploy.sh was not staged from a file that this shell knows");
    stage(
        "unstage script",
        "stage file 'https://example.com/a.tgz?Signature=abc&OSSAccessKeyId=LTAI0000000000000000'"
            + " /opt");
    assertThat(run("show --as-file " + file)).isEqualTo(1);
    assertThat(oneLine()).contains("which a file must not hold").doesNotContain("Signature=abc");
    assertThat(file).doesNotExist();
  }

  /** Lines of which each stages something else; by method, because each takes some of them. */
  private static final List<List<String>> LINES =
      List.of(
          List.of("stage script FOLDER/deploy.sh", "stage script FOLDER/-x~.ps1 -t powershell"),
          List.of("stage rollback 'FOLDER/sub dir/undo 1.sh'"),
          List.of(
              "stage batch 3", "stage batch --size 2", "stage batch 25%", "stage batch 1,20%,5"),
          List.of("stage pause every", "stage pause 90s", "stage pause 2h", "stage pause never"),
          List.of("stage on-failure pause", "stage on-failure rollback", "stage on-failure stop"),
          List.of("stage role OOSServiceRole"),
          List.of("stage suspend none", "stage suspend all", "stage suspend ScaleIn,ScaleOut"),
          List.of(
              "stage only i-bp1a 'i-bp1?'",
              "stage only --zone cn-hangzhou-h,cn-hangzhou-i --newest 2",
              "stage only --tag 'env=a b,role=\"x\"' --oldest 3"),
          List.of("stage first 2", "stage first i-bp1a i-bp1b"),
          List.of("stage max-errors 5%", "stage max-errors 2", "stage max-errors 0"),
          List.of(
              "stage approval --by alice,bob --need 2 --before rest", "stage approval --by alice"),
          List.of("stage gate http 80/a?b=1&c=%20 --expect 204 --every 7s --times 2 --within 3m"),
          List.of("stage gate tcp 5432 --advise"),
          List.of("stage gate script 'FOLDER/sub dir/probe.sh' --times 1"),
          List.of("stage gate lb --every 10s --within 1h"),
          List.of("stage gate alarm cpu-high errors.5xx", "stage gate alarm one"),
          List.of("stage drain 45s"),
          List.of("stage bake 24h"),
          List.of(
              "stage image m-bp1new",
              "stage image m-bp1new --back-to m-bp1old --configuration asc-bp1web"),
          List.of(
              "stage package nginx",
              "stage package nginx 1.26 --back-to 1.24",
              "stage package nginx --uninstall"),
          List.of(
              "stage file https://example.com/app.tar.gz /opt/app",
              "stage file https://example.com/a%20b#c '/opt/a b' --back-to http://example.com/o.tgz"
                  + " --back-dir C:\\\\old"),
          List.of(
              "stage object releases/a.tgz /opt/app --back-to releases/b/c.tgz",
              "stage object \"releases/it's: {a}, [b] # c\" /opt"),
          List.of("stage set timeout 60"),
          List.of(
              "stage set workingDir \"/srv/it's a \\\"dir\\\": x\"", "stage set workingDir -- -"),
          List.of("stage set lifecycleState Protected"));

  @Test
  void whatIsReadAgainIsWhatWasStaged() throws Exception {
    Random random = new Random(22);
    List<String> words = new ArrayList<>(UpdateMethod.KNOWN.stream().map(m -> m.word()).toList());
    stage("use group asg-bp1web");
    for (int i = 0; i < 60; i++) {
      String method = i < 40 ? "run-script" : words.get(random.nextInt(words.size()));
      assertThat(run("unstage --all; use method " + method)).isZero();
      List<String> staged = new ArrayList<>();
      for (List<String> choices : LINES) {
        // Each line alone at first, then many together.
        boolean one = i < LINES.size() && LINES.get(i) == choices;
        if (one || (i >= LINES.size() && random.nextInt(3) == 0)) {
          String line = choices.get(random.nextInt(choices.size()));
          if (run(line.replace("FOLDER", folder.toString())) == 0) {
            staged.add(line);
          }
        }
      }
      if (session().staging().count() == 0) {
        continue;
      }
      Path written = folder.resolve("web" + i + ".yaml");
      assertThat(run("show --as-file " + written)).as(staged + "\n" + said).isZero();
      RolloutFile read = RolloutFileReader.read(session(), written.toString());
      UpdateSpec spec = session().staging();
      assertThat(read.spec()).as(staged + "\n" + Files.readString(written)).isEqualTo(spec);
      assertThat(read.method().word()).isEqualTo(method);
      assertThat(read.waves()).hasSize(1);
    }
  }
}
