package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import oosh.Launcher.Said;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The launcher, started where users start it: in their locales, with and without a home folder.
 * {@code -Doosh.places=all} has every case; a few of each kind are tried otherwise.
 */
@Tag("endurance")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class PlacesTest {
  private static final int LONGEST_SECONDS = 120;

  private static final boolean ALL = "all".equals(System.getProperty("oosh.places"));

  /**
   * Made once, and found under a name with blanks and letters of two scripts: to pack the classes
   * takes longer than most starts.
   */
  @TempDir static Path checkout;

  @TempDir Path folder;

  private Launcher oosh;

  @BeforeEach
  void build() throws IOException {
    oosh =
        Launcher.built(checkout.resolve("ein größerer Ort 中文"), folder.resolve("wo's geht"))
            .with("OOSH_ARCHIVE", "no");
  }

  static Stream<Locale> locales() {
    List<Locale> all =
        Stream.of("ar-EG", "tr-TR", "fa-IR", "th-TH", "my-MM", "bn-BD", "de-DE", "zh-CN")
            .map(Locale::forLanguageTag)
            .toList();
    return all.stream().limit(ALL ? all.size() : 2);
  }

  @ParameterizedTest
  @MethodSource("locales")
  void printsAndSendsTheSameInEveryLocale(Locale locale) throws IOException {
    Launcher there =
        oosh.with("LC_ALL", locale.getLanguage() + "_" + locale.getCountry() + ".UTF-8")
            // The locale may not be installed: Java is English then, without a word.
            .with(
                "JAVA_TOOL_OPTIONS",
                "-Duser.language="
                    + locale.getLanguage()
                    + " -Duser.country="
                    + locale.getCountry());
    assertThat(javaSettings(there).err()).contains("user.language = " + locale.getLanguage());

    succeeds(there);
  }

  static Stream<List<String>> noLocales() {
    return Stream.of(
            List.of("LC_ALL", "C"), List.of("LC_ALL", ""), List.of("LC_ALL", "xx_YY.UTF-8"))
        .limit(ALL ? 3 : 1);
  }

  @ParameterizedTest
  @MethodSource("noLocales")
  void readsArgumentsAsUtf8WhenTheLocaleHasNoCharset(List<String> variable) throws IOException {
    Launcher there = oosh.with(variable.get(0), variable.get(1));
    assertThat(javaSettings(there).err()).contains("sun.jnu.encoding = ANSI_X3.4-1968");

    succeeds(there);
  }

  @Test
  void saysThatALocaleOfAnotherCharsetIsNotInstalled() throws IOException {
    Files.writeString(oosh.here().resolve("größe.sh"), "set -e\necho v1\n");
    String line = "stage script größe.sh";

    Said said = oosh.with("LC_ALL", "xx_YY.KOI8-R").run("--profile", "sandbox", "-c", line);
    assertThat(said.err())
        .isEqualTo(
            "the locale xx_YY.KOI8-R is not installed here; file names and text are UTF-8\n");
    assertThat(said.out()).contains("staged script größe.sh");
    assertThat(oosh.with("LC_ALL", "xx_YY").run("--profile", "sandbox", "-c", line))
        .isEqualTo(new Said(0, said.out(), ""));
  }

  /** The launcher leaves these as they are, and Java takes what the variable says. */
  @ParameterizedTest
  @CsvSource({"ar_EG,ISO-8859-6", "tr_TR,ISO-8859-9"})
  void printsAndSendsTheSameWhereAnotherCharsetIsInUse(String name, String charset)
      throws IOException {
    assumeTrue(ALL, "one of the long ones");
    assumeTrue(Files.exists(Path.of("/usr/share/i18n/locales", name)), "locales is not installed");
    Path locales = Files.createDirectory(folder.resolve("locales"));
    Launcher there =
        Launcher.built(folder.resolve("plain"), folder.resolve("start"))
            .with("OOSH_ARCHIVE", "no")
            .with("LOCPATH", locales.toString())
            .with("LC_ALL", name + "." + charset);
    there.run(
        List.of("localedef", "-i", name, "-f", charset, locales + "/" + name + "." + charset));
    assertThat(javaSettings(there).err())
        .contains("user.language = " + name.substring(0, 2), "sun.jnu.encoding = " + charset);
    Files.writeString(there.here().resolve("x.sh"), "set -e\necho v1\n");

    Said said =
        there.run(
            "--profile",
            "sandbox",
            "-c",
            "use group asg-bp1web; stage script x.sh; launch -y --detach; journal export j.jsonl;"
                + " sandbox stop");

    assertThat(said.status()).isZero();
    assertThat(said.out()).contains("exported 1 execution and 1 script to j.jsonl");
  }

  private static Said javaSettings(Launcher there) {
    return there.run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XshowSettings:properties",
            "-version"));
  }

  /** A whole story in step time, and reads of a sandbox in a process of its own. */
  private static void succeeds(Launcher there) throws IOException {
    Files.writeString(there.here().resolve("skript-ü.sh"), "set -e\necho v1\n");
    Files.writeString(
        there.here().resolve("gehört.oosh"),
        """
        use group asg-bp1web
        #> asg-bp1web "web": 6 instances in service
        stage script skript-ü.sh
        #> staged script skript-ü.sh (sha 9e13b7, 15 bytes, RunShellScript)
        stage batch --size 1
        #> 6 instances in 1 batch of 6: 100% out of service, none keeps serving
        launch -y --detach -m "größe €"
        """);
    Said said =
        there.run(
            "--profile",
            "sandbox",
            "--group",
            "asg-bp1web",
            "-c",
            "run gehört.oosh; history; journal export größe.jsonl; sandbox stop");

    assertThat(said.err()).contains("because     \"größe €\"");
    assertThat(said.out()).contains("started exec-");
    assertThat(said.out()).contains("asg-bp1web  ", "\"größe €\"");
    assertThat(said.out()).contains("exported 1 execution and 1 script to größe.jsonl");
    assertThat(said.status()).isZero();
    assertThat(there.here().resolve("größe.jsonl")).content().contains("größe €");
  }

  @Test
  void usesHomeBeforeThePasswordFile() throws IOException {
    Files.createDirectories(oosh.home().resolve(".aliyun"));
    Files.writeString(
        oosh.home().resolve(".aliyun/config.json"),
        """
        {"current":"mine","profiles":[{"name":"mine","mode":"AK","region_id":"cn-beijing",
        "access_key_id":"LTAIexample","access_key_secret":"s3"}]}
        """);
    Files.writeString(oosh.home().resolve("x.sh"), "set -e\necho v1\n");

    Said said = oosh.with("OOSH_HOME", null).run("-c", "show; stage script ~/x.sh; history");

    assertThat(said.err()).isEmpty();
    assertThat(said.out()).contains("profile mine, region cn-beijing", "staged script x.sh");
    assertThat(oosh.home().resolve(".local/state/oosh/journal.mv.db")).exists();
  }

  @Test
  void expandsTheTildeThatNoShellHasExpanded() {
    Said said = oosh.with("OOSH_HOME", "~/mine").with("XDG_CACHE_HOME", "~/cache").run("history");

    assertThat(said.status()).isZero();
    assertThat(oosh.home().resolve("mine/journal.mv.db")).exists();
    assertThat(oosh.here()).isEmptyDirectory();
  }

  @Test
  void saysThatThereIsNoPlaceWhereTheUserHasNoHomeFolder() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/bwrap")), "bubblewrap is not installed");

    Said said =
        oosh.with("HOME", null)
            .with("OOSH_HOME", null)
            .within(
                "exec bwrap --dev-bind / / --unshare-user --uid 4242 --gid 4242 -- \"$@\"",
                "history");

    assertThat(said)
        .isEqualTo(
            new Said(
                1,
                "",
                """
                oosh has no place for its journal
                  why   HOME is not set, and this user has no home folder
                  next  OOSH_HOME=/a/folder oosh
                """));
    assertThat(oosh.here()).isEmptyDirectory();
  }

  /** Verbs that answer in text, and one that answers in JSON. */
  static Stream<String> answers() {
    return Stream.of("history --output json", "journal export", "help", "--version", "history")
        .limit(ALL ? 5 : 1);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void saysThatAnAnswerCouldNotBeWritten(String line) {
    String[] words = line.split(" ", -1);

    assertThat(oosh.within("exec \"$@\" >/dev/full", words))
        .isEqualTo(
            new Said(
                1,
                "",
                "the answer could not be written to standard output: No space left on device\n"));
    assertThat(oosh.within("exec \"$@\" >&-", words))
        .isEqualTo(
            new Said(
                1,
                "",
                "the answer could not be written to standard output: Bad file descriptor\n"));
    // The reader has gone before the first line comes.
    assertThat(oosh.within("mkfifo p; (: <p) & exec 3>p; wait; exec \"$@\" >&3 3>&-", words))
        .isEqualTo(new Said(141, "", ""));
  }

  @Test
  void treatsAClosedInputAsEmpty() {
    assertThat(oosh.within("exec \"$@\" <&-", "--profile", "sandbox").status()).isZero();
  }

  @Test
  void runsNothingMoreAfterTheReaderHasLeft() {
    Said said =
        oosh.within(
            "exec \"$@\" >/dev/full", "--profile", "sandbox", "-c", "history; sandbox start");

    assertThat(said.status()).isEqualTo(1);
    assertThat(oosh.state().resolve("sandbox.json")).doesNotExist();
  }

  static Stream<String> profileFiles() {
    return Stream.of(
            """
        {"current":"foo","profiles":[{"name":"bar","mode":"AK","region_id":"cn-beijing",
        "access_key_id":"LTAIexample","access_key_secret":"s3"}]}
        """,
            """
        {"current":"bar","profiles":[{"name":"bar","mode":"AK"},]}
        """)
        .limit(ALL ? 2 : 1);
  }

  @ParameterizedTest
  @MethodSource("profileFiles")
  void doesWhatNeedsNoProfileWhereTheFileNamesNone(String file) throws IOException {
    Files.createDirectories(oosh.home().resolve(".aliyun"));
    Files.writeString(oosh.home().resolve(".aliyun/config.json"), file);
    Files.writeString(
        oosh.here().resolve("x.oosh"),
        "history\n#> nothing launched yet on any group, profile sandbox, cn-hangzhou\n");

    Said said =
        oosh.run("-c", "help; history; sandbox status; run --check x.oosh; use profile sandbox");

    assertThat(said.err()).isEmpty();
    assertThat(said.out())
        .contains(
            "nothing launched yet",
            "no sandbox runs",
            "x.oosh: 1 command",
            "profile sandbox (sandbox, built in), region cn-hangzhou");
    assertThat(said.status()).isZero();
    if (ALL) {
      // A profile that the file does not have, or no file that can be read.
      int status = file.contains("foo") ? 1 : 4;
      assertThat(oosh.run("use", "group", "asg-1").status()).isEqualTo(status);
    }
  }

  static Stream<List<String>> onAFullDisk() {
    return Stream.of(
            List.of("sandbox start", "the sandbox did not start"),
            List.of("--profile sandbox use group asg-bp1web", "the sandbox did not start"))
        .limit(ALL ? 2 : 1);
  }

  @ParameterizedTest
  @MethodSource("onAFullDisk")
  void endsWithItsMessageOnAFullDisk(List<String> verb) throws IOException {
    try (FullDiskFixture disk = FullDiskFixture.at(Files.createDirectory(oosh.state()))) {
      Path home = oosh.state().resolve("small");
      Launcher there = oosh.with("OOSH_HOME", home.toString());
      assertThat(there.run("tag").status()).isZero();
      disk.fill();

      Said said = there.run(verb.get(0).split(" ", -1));

      assertThat(said.status()).isEqualTo(1);
      assertThat(said.out()).isEmpty();
      assertThat(said.err())
          .startsWith(verb.get(1))
          .containsPattern("\\n  why   the disk of \\S+\\s+\\S+\\s+is\\s+full\\n")
          .doesNotContain("Exception", "\tat ");
    }
  }

  @Test
  void refusesAFolderNameThatJavaCannotUse() throws IOException {
    Launcher there = Launcher.built(folder.resolve("a:b"), folder);

    assertThat(there.run("history"))
        .isEqualTo(
            new Said(
                1,
                "",
                "oosh cannot start from "
                    + folder.toRealPath().resolve("a:b")
                    + "\n  why   Java ends a folder's name at a colon"
                    + "\n  next  move it to a folder without one\n"));
  }

  @ParameterizedTest
  @CsvSource({"n,100,may open fewer than 128 files", "f,1000,may write no file of 1 GiB"})
  void refusesToStartWithTooLowFileLimits(String limit, int value, String why) {
    Said said = oosh.within("ulimit -" + limit + " " + value + "; exec \"$@\"", "history");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err()).startsWith("oosh cannot start\n  why   it " + why + " here");
  }

  @Test
  void launchesWithTheFewestFileDescriptorsThatItAccepts() throws IOException {
    assumeTrue(ALL, "one of the long ones");
    Files.writeString(oosh.here().resolve("x.sh"), "set -e\necho v1\n");

    Said said =
        oosh.within(
            "ulimit -n 128; exec \"$@\"",
            "--profile",
            "sandbox",
            "-c",
            "use group asg-bp1web; stage script x.sh; launch -y --detach; history; sandbox stop");

    assertThat(said.status()).isZero();
    assertThat(said.out()).contains("started exec-");
  }

  /** A java that says what it was started with, and makes a class archive of its own. */
  private static final String RECORDING =
      """
      #!/bin/sh
      for a; do
        case $a in -XX:AOTCacheOutput=*) echo archive >"${a#*=}" ;; esac
      done
      printf '%s\\n' "$@" >>"$RECORD"
      """;

  @Test
  void passesOnlyTheWholeClassArchiveOfThisBuildToJava() throws Exception {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, RECORDING);
    java.toFile().setExecutable(true);
    Files.writeString(folder.resolve("jdk/release"), "JAVA_RUNTIME_VERSION=\"25.0.3+9\"\n");
    Path record = folder.resolve("record");
    Launcher there =
        Launcher.built(folder.resolve("built"), folder.resolve("start"))
            .with("JAVA_HOME", folder.resolve("jdk").toString())
            .with("RECORD", record.toString());
    Path target = there.checkout().toRealPath().resolve("target");
    Path archive = target.resolve("classes-25.0.3+9.jsa");

    assertThat(started(there, record)).contains("oosh.Oosh").doesNotContain("AOTCache=");
    awaitThat(() -> Files.exists(archive) && !Files.exists(target.resolve(archive + ".new")));
    assertThat(started(there, record)).contains("-XX:AOTCache=" + archive, "-XX:+SuppressFatal");

    Files.createDirectory(there.state());
    Files.writeString(archive, "another", StandardOpenOption.APPEND);
    assertThat(started(there, record))
        .doesNotContain("-XX:AOTCache=")
        .contains("-XX:ErrorFile=" + there.state() + "/crash-%p.log");
    awaitThat(() -> started(there, record).contains("-XX:AOTCache=" + archive));
    assertThat(archive).hasContent("archive");

    Files.setLastModifiedTime(target.resolve("oosh.jar"), FileTime.from(Instant.now()));
    assertThat(started(there, record)).doesNotContain("-XX:AOTCache=");
  }

  private static String started(Launcher there, Path record) {
    try {
      Files.deleteIfExists(record);
      there.with("OOSH_ARCHIVE", null).run();
      return Files.readString(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ctrl-\ sends it, and Java would print hundreds of lines about its threads. */
  @Test
  void printsNothingAtASignalToQuit() {
    Said said =
        oosh.within(
            "mkfifo in; \"$@\" <in & exec 4>in; until [ -e \"$OOSH_HOME\" ]; do sleep 0.1; done;"
                + " kill -QUIT $!; echo history >&4; exec 4>&-; wait $!");

    assertThat(said)
        .isEqualTo(
            new Said(0, "nothing launched yet on any group, profile sandbox, cn-hangzhou\n", ""));
  }

  private static void awaitThat(BooleanSupplier such) throws InterruptedException {
    for (int i = 0; i < 500 && !such.getAsBoolean(); i++) {
      Thread.sleep(20);
    }
    assertThat(such.getAsBoolean()).isTrue();
  }

  @Test
  void watchesOnWhereTheDiskFillsMeanwhile() throws Exception {
    assumeTrue(ALL, "one of the long ones");
    Files.writeString(oosh.here().resolve("x.sh"), "set -e\necho v1\n");
    Path shown = folder.resolve("shown");
    try (FullDiskFixture disk = FullDiskFixture.at(Files.createDirectory(oosh.state()));
        OoshProcess sandbox =
            OoshProcess.start(
                "oosh.sandbox.SandboxMain",
                List.of(),
                Map.of(),
                "--announce",
                folder.resolve("announced.json").toString())) {
      assertThat(sandbox.output().readLine()).startsWith("oosh sandbox on ");
      Launcher there =
          oosh.with("OOSH_HOME", oosh.state().resolve("small").toString())
              .with("OOSH_ENDPOINT", OoshProcess.announced(folder).toString());
      CompletableFuture<Said> launch =
          CompletableFuture.supplyAsync(
              () ->
                  there.within(
                      "exec \"$@\" | tee " + Launcher.quoted(shown),
                      "--profile",
                      "sandbox",
                      "-c",
                      "use group asg-bp1web; stage script x.sh; stage batch 3; launch -y"));
      awaitThat(() -> text(shown).contains("started exec-"));
      disk.fill();

      Said said = launch.get(LONGEST_SECONDS, TimeUnit.SECONDS);

      assertThat(said.out()).contains("Success: 6 of 6 instances");
      assertThat(said.err())
          .contains("the journal cannot be written", "it is watched anyway")
          .doesNotContain("Exception", "\tat ");
    }
  }

  @Test
  void saysThatTheDiskIsReadOnly() throws IOException {
    assumeTrue(ALL, "one of the long ones");
    try (FullDiskFixture disk = FullDiskFixture.at(Files.createDirectory(oosh.state()))) {
      Launcher there = oosh.with("OOSH_HOME", oosh.state().resolve("small").toString());
      assertThat(there.run("tag").status()).isZero();
      disk.writeProtect();

      Said said = there.run("sandbox", "start");

      assertThat(said.status()).isEqualTo(1);
      assertThat(said.err())
          .containsPattern("(read-only|cannot be written)")
          .contains("\n  next  ")
          .doesNotContain("Exception", "\tat ");
      // What only reads goes on.
      assertThat(there.run("history").status()).isZero();
      assertThat(there.run("help").status()).isZero();
    }
  }

  @Test
  void usesAnotherUsersHomeFolderOnlyWithPermission() throws IOException {
    assumeTrue(ALL, "one of the long ones");
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can be another user");
    for (Path way : List.of(checkout, folder, oosh.folder(), oosh.here())) {
      Files.setPosixFilePermissions(way, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Said said =
        oosh.with("OOSH_HOME", null)
            .within("exec setpriv --reuid 65534 --regid 65534 --clear-groups \"$@\"", "history");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err())
        .startsWith("oosh has no place for its journal: ")
        .contains("it cannot be created", "OOSH_HOME=/another/folder oosh");
  }

  @Test
  void looksIntoThePasswordFileWhereThereIsNoHome() {
    assumeTrue(ALL, "one of the long ones");
    Said said = oosh.with("HOME", null).run("use", "profile", "nowhere-to-be-found");

    assertThat(said.err().replaceAll("\\s+", " "))
        .contains(System.getProperty("user.home") + "/.aliyun/config.json");
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
