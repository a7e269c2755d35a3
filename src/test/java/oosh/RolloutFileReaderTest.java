package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.rollout.wave.GroupSelector;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.Wave;
import oosh.rollout.wave.WaveHours;
import oosh.shell.verbs.wave.RolloutFileReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a rollout file says, and what is said of one that is wrong. */
class RolloutFileReaderTest extends ShellFixture {
  /** The issue's example. */
  static final String EXAMPLE =
      """
      script: deploy.sh            # beside this file
      rollback: undo.sh
      batch: 2
      gates: [{http: "8080/health", within: 2m}]
      waves:
        - {region: cn-hangzhou, group: asg-bp1db}
        - {region: cn-hangzhou, groups: [asg-bp1web, asg-bp1api], at-once: 2, bake: 10m, hours: "Mon-Fri 09:00-17:00 Asia/Shanghai"}
      """;

  static final String WAVES = "waves: [{region: cn-hangzhou, group: asg-bp1web}]\n";

  static final String SELECTORS =
      """
      max-failures: 2
      waves:
        - {region: cn-hangzhou, groups: web-*}
        - {region: cn-hangzhou, groups: {tag: tier=web=1}}
        - {region: cn-hangzhou, groups: [应用.1, asg-bp1web]}
        - {region: cn-shanghai, group: asg-bp1web, at-once: 500, bake: 30d}
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void scripts() throws IOException {
    file = folder.resolve("web.yaml");
    Files.writeString(folder.resolve("deploy.sh"), "#!/bin/sh\necho 2.4.1\n");
    Files.writeString(folder.resolve("undo.sh"), "#!/bin/sh\necho 2.4.0\n");
    Files.createDirectories(folder.resolve("sub dir"));
    Files.writeString(folder.resolve("sub dir/probe 1.sh"), "exit 0\n");
    Files.writeString(folder.resolve("new.json"), "[{\"name\": \"web\"}]");
    Files.writeString(folder.resolve("old.json"), "[{\"name\": \"old\"}]");
  }

  private RolloutFile read(String text) throws IOException, InterruptedException {
    Files.writeString(file, text);
    return RolloutFileReader.read(session(), file.toString());
  }

  private Problem refused(String text) throws IOException {
    Files.writeString(file, text);
    return catchThrowableOfType(
        Problem.class, () -> RolloutFileReader.read(session(), file.toString()));
  }

  @Test
  void readsTheExample() throws Exception {
    RolloutFile read = read(EXAMPLE);
    assertThat(read.name()).isEqualTo("web.yaml");
    assertThat(read.method()).isEqualTo(UpdateMethod.RUN_SCRIPT);
    assertThat(read.maxFailures()).isZero();
    assertThat(read.waves())
        .containsExactly(
            new Wave(
                1,
                "cn-hangzhou",
                new GroupSelector.Named(List.of("asg-bp1db")),
                1,
                Duration.ZERO,
                null),
            new Wave(
                2,
                "cn-hangzhou",
                new GroupSelector.Named(List.of("asg-bp1web", "asg-bp1api")),
                2,
                Duration.ofMinutes(10),
                WaveHours.of("Mon-Fri 09:00-17:00 Asia/Shanghai")));
    assertThat(read.spec())
        .isEqualTo(
            staged(
                "stage script " + folder + "/deploy.sh",
                "stage rollback " + folder + "/undo.sh",
                "stage batch 2",
                "stage gate http 8080/health --within 2m"));
  }

  /** What these lines stage in a session of its own. */
  private UpdateSpec staged(String... lines) {
    ShellFixture other = new ShellFixture(backends);
    for (String line : lines) {
      assertThat(other.run(line)).as(other.said::toString).isZero();
    }
    return other.session().staging();
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        Arguments.of("batch: 3", "stage batch 3"),
        Arguments.of("batch: --size 2", "stage batch --size 2"),
        Arguments.of("batch: 1,5,20%", "stage batch 1,5,20%"),
        Arguments.of("pause: first", "stage pause first"),
        Arguments.of("pause: 5m", "stage pause 5m"),
        Arguments.of("on-failure: rollback", "stage on-failure rollback"),
        Arguments.of("role: OOSServiceRole", "stage role OOSServiceRole"),
        Arguments.of("suspend: ScaleIn,HealthCheck", "stage suspend ScaleIn,HealthCheck"),
        Arguments.of(
            "only: i-bp1* --tag env=canary --oldest 2",
            "stage only 'i-bp1*' --tag env=canary --oldest 2"),
        Arguments.of("first: i-bp1c i-bp1d", "stage first i-bp1c i-bp1d"),
        Arguments.of("max-errors: 5%", "stage max-errors 5%"),
        Arguments.of("approval: --by alice,bob --need 2", "stage approval --by alice,bob --need 2"),
        Arguments.of("drain: 30s\nbake: 10m", "stage drain 30s; stage bake 10m"),
        Arguments.of(
            "gates:\n- lb: true\n  every: 10s\n- alarm: [cpu, errors]\n- tcp 5432 --times 1",
            "stage gate lb --every 10s; stage gate alarm cpu errors; stage gate tcp 5432 --times"
                + " 1"),
        Arguments.of(
            "gates: [{alarm: cpu errors}, {http: 80/, expect: 204, advise: true}]",
            "stage gate alarm cpu errors; stage gate http 80/ --expect 204 --advise"),
        Arguments.of(
            "gates: [{script: sub dir/probe 1.sh, times: 1}]",
            "stage gate script \"FOLDER/sub dir/probe 1.sh\" --times 1"),
        Arguments.of("script: sub dir/probe 1.sh", "stage script \"FOLDER/sub dir/probe 1.sh\""),
        Arguments.of(
            "script: deploy.sh --type powershell", "stage script FOLDER/deploy.sh -t powershell"),
        Arguments.of(
            "set:\n  lifecycleState: InService,Protected\n  timeout: 60\n  workingDir: -x",
            "stage set lifecycleState InService,Protected; stage set timeout 60; stage set"
                + " workingDir -- -x"),
        Arguments.of(
            "method: replace-image\nimage: m-bp1new --back-to m-bp1old",
            "use method replace-image; stage image m-bp1new --back-to m-bp1old"),
        Arguments.of(
            "package: nginx 1.26 --back-to 1.24", "stage package nginx 1.26 --back-to 1.24"),
        Arguments.of(
            "file: https://example.com/a.tgz /opt/app",
            "stage file https://example.com/a.tgz /opt/app"),
        Arguments.of("object: releases/a.tgz /opt/app", "stage object releases/a.tgz /opt/app"),
        Arguments.of(
            "method: update-container\ncontainer: new.json --back-to old.json",
            "use method update-container; stage container FOLDER/new.json --back-to"
                + " FOLDER/old.json"));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeySaysWhatItsOptionSays(String keys, String lines) throws Exception {
    assertThat(read(keys + "\n" + WAVES).spec())
        .isEqualTo(staged(lines.replace("FOLDER", folder.toString()).split("; ")));
  }

  @Test
  void theMethodIsTheFilesAndTheSessionStaysAsItIs() throws Exception {
    assertThat(run(STAGED + "use method run-script-oosh; stage gate lb")).isZero();
    UpdateSpec staged = session().staging();
    var context = session().context();
    var files = List.copyOf(session().files().values());
    RolloutFile read = read("script: undo.sh\nmethod: download-file\n" + WAVES);
    assertThat(read.method()).isEqualTo(UpdateMethod.DOWNLOAD_FILE);
    assertThat(read.method().declared()).isEmpty();
    assertThat(read.spec()).isEqualTo(staged("stage script " + folder + "/undo.sh"));
    assertThat(session().staging()).isEqualTo(staged);
    assertThat(session().context()).isEqualTo(context);
    assertThat(session().files().values()).containsExactlyElementsOf(files);
    assertThat(read(WAVES).method()).isEqualTo(UpdateMethod.RUN_SCRIPT);
    assertThat(questions).isEmpty();
  }

  @Test
  void groupsAreAListAPatternOrATag() throws Exception {
    RolloutFile read = read(SELECTORS);
    assertThat(read.maxFailures()).isEqualTo(2);
    assertThat(read.waves().stream().map(w -> w.groups().text()))
        .containsExactly("web-*", "tag tier=web=1", "应用.1, asg-bp1web", "asg-bp1web");
  }

  static Stream<Arguments> mistakes() {
    String many =
        IntStream.rangeClosed(0, RolloutFile.MOST_GROUPS)
            .mapToObj(i -> "g" + i)
            .collect(Collectors.joining(", "));
    String at = "waves:\n- region: cn-hangzhou\n  ";
    return Stream.of(
        Arguments.of("", "", "there is nothing in it"),
        Arguments.of("words", "line 1, column 1", "it is not \"KEY: VALUE\"; the keys are method,"),
        Arguments.of(
            "scirpt: x", "line 1, column 1", "\"scirpt\" at the top; did you mean script?"),
        Arguments.of("gate: lb", "line 1, column 1", "did you mean gates?"),
        Arguments.of("skip-matching: true", "line 1, column 1", "the keys at the top are method"),
        Arguments.of("batch: 2", "", "it has no waves"),
        Arguments.of("waves:", "line 1, column 7", "waves takes a list"),
        Arguments.of("waves: []", "line 1, column 8", "waves takes a list"),
        Arguments.of("waves: [a]", "line 1, column 9", "waves takes a list"),
        Arguments.of("waves: [{group: a}]", "line 1, column 9", "the wave has no region"),
        Arguments.of(
            "waves: [{region: cn-hangzou, group: a}]",
            "line 1, column 18",
            "did you mean cn-hangz"),
        Arguments.of("waves: [{region: cn-hangzhou}]", "line 1, column 9", "has no group"),
        Arguments.of(at + "group: a\n  groups: [b]", "line 2, column 3", "has group and groups"),
        Arguments.of(at + "grops: a", "line 3, column 3", "did you mean groups?"),
        Arguments.of(at + "group: web-*", "line 3, column 10", "a pattern goes behind groups"),
        Arguments.of(at + "group: [a]", "line 3, column 10", "of one group"),
        Arguments.of(at + "groups: a", "line 3, column 11", "one group is group: ID"),
        Arguments.of(at + "groups: []", "line 3, column 11", "groups takes a list"),
        Arguments.of(at + "groups: [a, 'b*']", "line 3, column 15", "a pattern stands alone"),
        Arguments.of(at + "groups: {tags: a=b}", "line 3, column 12", "did you mean tag?"),
        Arguments.of(at + "groups: {tag: a}", "line 3, column 17", "is KEY=VALUE"),
        Arguments.of(at + "groups: {}", "line 3, column 11", "is KEY=VALUE"),
        Arguments.of(
            at + "group: a\n- {region: cn-hangzhou, groups: [b, a]}",
            "line 4, column 37",
            "group a is in wave 1 already"),
        Arguments.of(at + "groups: [a, a]", "line 3, column 15", "group a is in wave 1 already"),
        Arguments.of(
            at + "groups: [" + many + "]", "line 3", "it is group 501; a rollout takes 500"),
        Arguments.of(at + "group: a\n  at-once: 0", "line 4, column 12", "from 1 to 500"),
        Arguments.of(at + "group: a\n  at-once: two", "line 4, column 12", "from 1 to 500"),
        Arguments.of(at + "group: a\n  bake: 10", "line 4, column 9", "bake takes a time up to"),
        Arguments.of(at + "group: a\n  bake: 31d", "line 4, column 9", "bake takes a time up to"),
        Arguments.of(at + "group: a\n  hours: 09:00-17:00", "line 4, column 10", "no time zone"),
        Arguments.of(at + "group: a\n  hours: |\n    x\n    y", "line 4, column 10", "on one line"),
        Arguments.of("max-failures: -1\n" + WAVES, "line 1, column 15", "from 0 to 500"),
        Arguments.of("batch: 0\n" + WAVES, "line 1, column 1", "OOS takes 1 to 100"),
        Arguments.of("batch: [1]\n" + WAVES, "line 1, column 8", "batch takes what follows stage"),
        Arguments.of("script: |\n  a\n  b\n" + WAVES, "line 1, column 9", "on one line"),
        Arguments.of("batch: 3 --help\n" + WAVES, "line 1, column 1", "belongs to the whole line"),
        Arguments.of("batch: 3 --nice\n" + WAVES, "line 1, column 1", "did you mean --size?"),
        Arguments.of("gates: lb\n" + WAVES, "line 1, column 8", "gates takes a list"),
        Arguments.of("gates: [{}]\n" + WAVES, "line 1, column 9", "has one of the keys http, tcp"),
        Arguments.of(
            "gates: [{tcp: 1, lb: true}]\n" + WAVES, "line 1, column 18", "a gate is one of"),
        Arguments.of("gates: [{lb: yes}]\n" + WAVES, "line 1, column 14", "lb takes true"),
        Arguments.of("gates: [{tcp: 1, help: true}]\n" + WAVES, "line 1, column 18", "no key"),
        Arguments.of("gates: [{tcp: 1, advise: 1}]\n" + WAVES, "line 1, column 26", "true or"),
        Arguments.of("gates:\n- tcp: 99999\n" + WAVES, "line 2, column 3", "a port is 1 to 65535"),
        Arguments.of("set: {nothing: 1}\n" + WAVES, "line 1, column 7", "the parameters for set"),
        Arguments.of("set: {timeout: [1]}\n" + WAVES, "line 1, column 16", "takes a word"),
        Arguments.of("script: gone.sh\n" + WAVES, "line 1, column 1", "there is no file"),
        Arguments.of("script: /etc/passwd\n" + WAVES, "line 1, column 1", "names files of its own"),
        Arguments.of("script: ~/x.sh\n" + WAVES, "line 1, column 1", "names files of its own"),
        Arguments.of("script: sub/../x.sh\n" + WAVES, "line 1, column 1", "has .. in it"),
        Arguments.of("rollback: ../x.sh\n" + WAVES, "line 1, column 1", "has .. in it"),
        Arguments.of("script: '-'\n" + WAVES, "line 1, column 1", "is not a file"),
        Arguments.of("script: <<END\n" + WAVES, "line 1, column 1", "is not a file"),
        Arguments.of("script: \"'sub dir'\"\n" + WAVES, "line 1, column 1", "not a regular file"),
        Arguments.of("gates: [script ../x]\n" + WAVES, "line 1, column 9", "has .. in it"),
        Arguments.of("gates: [{script: /x}]\n" + WAVES, "line 1, column 9", "of its own folder"),
        Arguments.of(
            "container: new.json --back-to /x\n" + WAVES, "line 1, column 1", "of its own folder"),
        Arguments.of("script: &a x\n" + WAVES, "line 1, column 9", "an anchor is not taken"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamedWithItsPlace(String text, String place, String why) throws IOException {
    Problem problem = refused(text);
    assertThat(problem).isNotNull();
    assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
    assertThat(problem.what()).contains(file.toString()).contains(place);
    assertThat(problem.why()).contains(why);
    assertThat(problem.next()).isNotEmpty().doesNotContain("stage ");
  }

  @Test
  void whatAStagingVerbSaysIsSaidOfTheKey() throws IOException {
    Problem batch = refused("script: deploy.sh\nbatch: 0\n" + WAVES);
    assertThat(batch.what()).isEqualTo(file + ", line 2, column 1: cannot stage 0 batches");
    assertThat(batch.next()).isEqualTo("batch: 3");
    Problem only = refused("only: --zone ''\n" + WAVES);
    assertThat(only.next())
        .isEqualTo(
            "only: [INSTANCE|PATTERN…] [--zone ZONE,…] [--tag KEY=VALUE,…]"
                + " [--oldest N] [--newest N]");
    Problem gate = refused("gates:\n- {http: health}\n" + WAVES);
    assertThat(gate.what()).isEqualTo(file + ", line 2, column 3: cannot stage that gate");
    assertThat(gate.next()).isEqualTo("gates: [http 8080/health]");
    Problem method = refused("method: run-scripts\n" + WAVES);
    assertThat(method.next()).isEqualTo("method: run-script");
  }

  @Test
  void linksMayNotLeadOut() throws Exception {
    Path outside = Files.createTempFile("outside", ".sh");
    try {
      Files.writeString(outside, "exit 0\n");
      Files.createSymbolicLink(folder.resolve("link.sh"), outside);
      Files.createSymbolicLink(folder.resolve("away"), outside.getParent());
      Files.createSymbolicLink(folder.resolve("inside.sh"), folder.resolve("deploy.sh"));
      assertThat(refused("script: link.sh\n" + WAVES).why()).contains("a link that leads out");
      assertThat(refused("script: away/" + outside.getFileName() + "\n" + WAVES).why())
          .contains("a link that leads out");
      assertThat(String.valueOf(read("script: inside.sh\n" + WAVES).spec().script()))
          .contains("inside.sh", "echo 2.4.1");
    } finally {
      Files.delete(outside);
    }
  }

  @Test
  void theFileItselfMustBeThisUsersAndSmall() throws Exception {
    Problem none =
        catchThrowableOfType(
            Problem.class, () -> RolloutFileReader.read(session(), folder + "/none.yaml"));
    assertThat(none.why()).isEqualTo("there is no such file");
    Files.writeString(file, WAVES);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(refused(WAVES).why()).contains("other users can write to " + file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(refused("#".repeat(1024 * 1024 + 1)).why()).contains("larger than 1024 KiB");
  }

  /** Those that a newcomer finds. */
  @Test
  void everySampleFileIsReadAndFitsTheSchema() throws Exception {
    try (Stream<Path> files = Files.walk(Path.of("sessions"))) {
      for (Path sample : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        assertThat(RolloutFileReader.read(session(), sample.toString()).waves()).isNotEmpty();
        assertThat(RolloutFileSchemaTest.errors(Files.readString(sample)))
            .as(sample.toString())
            .isEmpty();
      }
    }
  }

  @Test
  void aServiceThatDoesNotAnswerIsNoMistakeOfTheFile() throws IOException {
    assertThat(run("sandbox fail GetTemplate --how error500")).as(said::toString).isZero();
    Problem problem = refused("method: template my-update\n" + WAVES);
    assertThat(problem.what()).startsWith(file + ", line 1, column 1: ");
    assertThat(problem.kind()).isEqualTo(Problem.Kind.UNREACHABLE);
  }
}
