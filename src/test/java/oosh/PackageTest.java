package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import oosh.Launcher.Said;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher where a package has it: in bin/, with the jars beside that folder. */
@Tag("endurance")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class PackageTest {
  /** As dist/build dates files: long before they are installed. */
  private static final FileTime BUILT = FileTime.fromMillis(1_700_000_000_000L);

  /** A Java that says with what it was started, and makes a class archive of its own. */
  private static final String RECORDING =
      """
      #!/bin/sh
      for a; do
        case $a in -XX:AOTCacheOutput=*) echo archive >"${a#*=}" ;; esac
      done
      printf '%s\\n' "$@" >>"$RECORD"
      """;

  @TempDir Path folder;

  private Path root;
  private Launcher oosh;

  @BeforeEach
  void install() throws Exception {
    Path checkout = folder.resolve("checkout");
    Launcher source = Launcher.built(checkout, folder.resolve("start"));
    root = folder.toRealPath().resolve("my tools/oosh-9");
    Files.createDirectories(root.getParent());
    Files.move(checkout.resolve("target"), root);
    Path bin = Files.createDirectory(root.resolve("bin"));
    Files.move(checkout.resolve("oosh"), bin.resolve("oosh"));
    StringBuilder sums = new StringBuilder();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jar")).toList()) {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        sums.append(HexFormat.of().formatHex(sum) + "  " + root.relativize(file) + "\n");
      }
    }
    Files.writeString(root.resolve("SHA256SUMS"), sums);
    Files.setLastModifiedTime(root.resolve("oosh.jar"), BUILT);
    Files.setLastModifiedTime(root.resolve("lib"), BUILT);
    oosh = new Launcher(bin, source.folder(), source.env()).with("PATH", "/usr/bin:/bin");
  }

  @Test
  void startsThroughALinkAndReadsAndWritesOnlyWhatIsTheUsers() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/bwrap")), "bubblewrap is not installed");
    Path link = Files.createSymbolicLink(folder.resolve("start/link"), root.resolve("bin/oosh"));

    Said said =
        oosh.with("OOSH_ARCHIVE", "no")
            .within(
                "exec bwrap --ro-bind / / --proc /proc --dev /dev --bind start start -- "
                        .replace("start", Launcher.quoted(oosh.folder()))
                    + Launcher.quoted(link)
                    + " history");

    assertThat(said)
        .isEqualTo(
            new Said(0, "nothing launched yet on any group, profile sandbox, cn-hangzhou\n", ""));
  }

  @Test
  void namesTheFileThatIsMissingOrCutAlsoAfterAStartThatWasWell() throws IOException {
    Path h2;
    try (Stream<Path> jars = Files.list(root.resolve("lib"))) {
      h2 = jars.filter(j -> j.getFileName().toString().startsWith("h2-")).findFirst().orElseThrow();
    }
    Path away = folder.resolve("away.jar");
    Files.move(h2, away);
    assertDamaged(h2);

    Files.copy(away, h2);
    assertThat(recording().run("history").status()).isZero();
    Files.delete(h2);
    assertDamaged(h2);

    Files.copy(away, h2);
    try (FileChannel channel = FileChannel.open(h2, StandardOpenOption.WRITE)) {
      channel.truncate(1000);
    }
    assertDamaged(h2);

    // As an unpacking leaves it that had no space.
    Files.writeString(root.resolve("oosh.jar"), "");
    assertThat(recording().run("history").err()).startsWith("oosh is damaged\n");
  }

  private void assertDamaged(Path file) throws IOException {
    assertThat(recording().run("history"))
        .isEqualTo(
            new Said(
                1,
                "",
                "oosh is damaged\n  why   "
                    + file
                    + " is missing, or not as it was made\n  next  install oosh again\n"));
  }

  @Test
  void refusesAJavaThatIsTooOldMissingOrBroken() throws IOException {
    Path old = java("11.0.2", "#!/bin/sh\n");
    assertThat(oosh.with("OOSH_JAVA", old.toString()).run("history").err())
        .isEqualTo(
            """
            the Java of OOSH_JAVA cannot be used
              why   it is Java 11.0.2
              next  set OOSH_JAVA to the folder of a Java 17 or newer
            """);
    assertThat(oosh.with("OOSH_JAVA", "/nowhere").run("history").err())
        .isEqualTo(
            """
            the Java of OOSH_JAVA cannot be used
              why   /nowhere/bin/java is missing, or does not start
              next  set OOSH_JAVA to the folder of a Java 17 or newer
            """);
    Path broken = java("21.0.1", "#!/bin/sh\nexit 127\n");
    assertThat(oosh.with("OOSH_JAVA", broken.toString()).run("history"))
        .isEqualTo(
            new Said(
                1,
                "",
                "Java cannot be started\n  why   "
                    + broken
                    + "/bin/java is damaged, or made for another machine\n"
                    + "  next  install it again, or set OOSH_JAVA to the folder of another\n"));

    // An old one is passed over where a project needs it.
    assertThat(oosh.with("JAVA_HOME", old.toString()).with("OOSH_ARCHIVE", "no").run("history"))
        .isEqualTo(
            new Said(0, "nothing launched yet on any group, profile sandbox, cn-hangzhou\n", ""));
  }

  @Test
  void saysHowJavaIsInstalledWhereThereIsNone() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/bwrap")), "bubblewrap is not installed");
    Said said =
        oosh.with("JAVA_HOME", null)
            .within(
                "exec bwrap --dev-bind / / --tmpfs /usr/lib/jvm --tmpfs /opt -- \"$@\"", "history");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err())
        .startsWith(
            "oosh needs Java 17 or newer\n  why   none was found\n  next  install one, as by ")
        .endsWith("; or set OOSH_JAVA or JAVA_HOME to the folder of one\n");
  }

  @Test
  void keepsAnArchiveForAllUsersElseOneInTheUsersCache() throws Exception {
    Path record = folder.resolve("record");
    Launcher there = recording();
    Path own =
        there
            .folder()
            .toRealPath()
            .resolve("cache/oosh")
            .resolve(root.toString().substring(1).replace('/', '-'));
    Path archive = own.resolve("classes-25.0.3+9.jsa");

    assertThat(started(there, record)).contains("oosh.Oosh").doesNotContain("AOTCache=");
    awaitThat(() -> Files.exists(archive) && !Files.exists(own.resolve(archive + ".new")));
    assertThat(started(there, record)).contains("-XX:AOTCache=" + archive);

    // What others can write may hold their classes.
    Path elsewhere = Files.move(own, folder.resolve("elsewhere"));
    Files.createSymbolicLink(own, elsewhere);
    assertThat(started(there, record)).doesNotContain("AOTCache=");
    Files.delete(own);
    Files.move(elsewhere, own);
    Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-rw-r--"));
    assertThat(started(there, record)).doesNotContain("-XX:AOTCache=" + archive);

    Path shared = root.resolve("cache/classes-25.0.3+9.jsa");
    assertThat(there.with("OOSH_ARCHIVE", "make").run()).isEqualTo(new Said(0, "", ""));
    assertThat(started(there, record)).contains("-XX:AOTCache=" + shared);
  }

  /** With a Java that starts nothing. */
  private Launcher recording() throws IOException {
    return oosh.with("OOSH_JAVA", java("25.0.3+9", RECORDING).toString())
        .with("RECORD", folder.resolve("record").toString());
  }

  private Path java(String version, String script) throws IOException {
    Path home = folder.resolve("java " + version);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, script);
    java.toFile().setExecutable(true);
    Files.setLastModifiedTime(java, BUILT);
    Files.writeString(home.resolve("release"), "JAVA_RUNTIME_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static String started(Launcher there, Path record) throws IOException {
    Files.deleteIfExists(record);
    there.run();
    return Files.readString(record);
  }

  private static void awaitThat(BooleanSupplier such) throws InterruptedException {
    for (int i = 0; i < 1000 && !such.getAsBoolean(); i++) {
      Thread.sleep(20);
    }
    assertThat(such.getAsBoolean()).isTrue();
  }
}
