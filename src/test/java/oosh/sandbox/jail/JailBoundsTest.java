package oosh.sandbox.jail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each bound of the jail, asked of it from inside: in two shells, and as two users. */
class JailBoundsTest {
  /**
   * A bound, and the script that tries it.
   *
   * @param said what the script prints where the bound holds
   */
  private record Bound(String name, String script, String said) {}

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static final List<String> ANOTHER =
      List.of("setpriv", "--reuid=23456", "--regid=23456", "--clear-groups", "--inh-caps=-all");

  private static final List<String> SHELLS = List.of("dash", "bash");

  /** Processes are tried last: they stay until the script has ended. */
  private static final List<Bound> BOUNDS =
      List.of(
          new Bound("the memory of a process", "ulimit -v", "1048576\n"),
          new Bound(
              "the memory that a process gets",
              "dd if=/dev/zero of=/dev/null bs=1100M count=1 2>/dev/null || echo refused",
              "refused\n"),
          new Bound(
              "the size of a file, in units of the shell's",
              "case $(ulimit -f) in 131072|65536) echo 64 MiB;; *) ulimit -f;; esac",
              "64 MiB\n"),
          new Bound(
              "the size that a file gets",
              "(exec 2>/dev/null; truncate -s 64M ~/a; truncate -s 65M ~/b; :); stat -c %s ~/a ~/b",
              "67108864\n0\n"),
          new Bound(
              "home, /tmp and /dev/shm together",
              """
              for on in ~ /tmp /dev/shm; do dd if=/dev/zero of=$on/f bs=1M count=40 2>/dev/null; done
              set -- $(du -cBM ~ /tmp /dev/shm | tail -n 1); [ ${1%M} -le 64 ] && echo $1
              """,
              "64M\n"),
          new Bound(
              "files without content",
              "cd /tmp; seq 9000 | xargs touch 2>/dev/null; set -- *; [ $# -lt 8192 ] && echo few",
              "few\n"),
          new Bound(
              "no other directory to fill",
              """
              for on in / /dev /dev/pts /proc /proc/self /usr /usr/lib /script; do
                (echo x >$on/x) 2>/dev/null && echo $on; done; echo none
              """,
              "none\n"),
          new Bound("open files", "ulimit -n", "256\n"),
          new Bound(
              "the kernel's settings",
              """
              for f in core_pattern panic hostname; do
                f=/proc/sys/kernel/$f; v=$(cat $f); (echo "$v" >$f) 2>/dev/null && echo $f; done
              find /proc/sys /proc/irq /proc/bus /proc/fs /proc/[a-z]* -maxdepth 6 -writable \\
                ! -type l 2>/dev/null | grep -v '^/proc/self/\\|^/proc/thread-self/'; echo none
              """,
              "none\n"),
          new Bound(
              "what the kernel holds",
              "head -c 1 /proc/kcore 2>/dev/null; ls -d /sys /boot /etc/shadow 2>/dev/null; echo"
                  + " none",
              "none\n"),
          new Bound(
              "no user that is root outside", "stat -c %u /usr/bin/env; id -u", "65534\n1000\n"),
          new Bound(
              "no rights, and none to be had",
              "grep -c '^Cap.*:.0000000000000000$' /proc/self/status; grep NoNew /proc/self/status",
              "5\nNoNewPrivs:\t1\n"),
          new Bound(
              "no user namespace of its own",
              "unshare --user true 2>/dev/null || echo refused",
              "refused\n"),
          new Bound(
              "no file of the sandbox",
              """
              for f in /proc/[0-9]*/fd/*; do readlink $f; done |
                grep -v '^pipe:\\|^/dev/null$\\|^/script\\|^/proc/\\|^anon_inode:'; echo none
              """,
              "none\n"),
          new Bound(
              "no terminal",
              "(: </dev/tty) 2>/dev/null; read -r a b c d e f tty rest </proc/self/stat; echo $tty",
              "0\n"),
          new Bound(
              "no memory beside, no keys of the sandbox's user",
              """
              [ $(uname -m) = x86_64 ] && [ -x /usr/bin/perl ] || { echo -1 38; exit; }
              for call in 319 29 68 240 248 250 425 0x40000001; do
                perl -e 'print syscall('$call', 0, 1, 0), " ", $! + 0, "\\n"'; done | sort -u
              """,
              "-1 38\n"),
          new Bound(
              "processes",
              """
              dash -c 'for i in $(seq 100); do sleep 9 & done' 2>/dev/null
              set -- /proc/[0-9]*; [ $# -gt 40 ] && [ $# -le 64 ] && echo few
              """,
              "few\n"));

  @TempDir private Path homes;

  @TestFactory
  Stream<DynamicTest> holdForThisUser() {
    Jail jail = new Jail(homes, true);
    assumeTrue(jail.works(), jail.notRun());
    return SHELLS.stream()
        .map(shell -> jail.run("i-bp1a", "RunShellScript", allFor(shell), "", 60_000).output())
        .flatMap(JailBoundsTest::compared);
  }

  @TestFactory
  Stream<DynamicTest> holdWhereTheShellOpensTheJail() throws Exception {
    Jail jail = new Jail(homes, true);
    assumeTrue(jail.works(), jail.notRun());
    Path none = Path.of("/dev/null");
    List<String> shell = List.of("/bin/dash");
    List<String> command =
        JailCommand.of(false, "i-bp1a", none, none, JailBounds.KEPT, "", "", shell);
    return compared(JailProcess.run(command, allFor("dash"), 60_000).result().output());
  }

  @TestFactory
  Stream<DynamicTest> holdForAnotherUserWhereThisIsRoot() throws Exception {
    assumeTrue(new Jail(homes, true).works(), "there is no jail here");
    assumeTrue(JailCommand.isRoot(), "only root can be another user");
    return asAnotherUser(SHELLS.stream().map(JailBoundsTest::allFor).toList()).stream()
        .flatMap(JailBoundsTest::compared);
  }

  @Test
  void runsNothingAndSaysWhatIsMissingWhereBubblewrapIsNotInstalled() throws Exception {
    Path tools = Files.createDirectory(homes.resolve("tools"));
    for (String name : List.of("sh", "setpriv", "unshare", "prlimit", "tar", "mount", "mkdir")) {
      Path tool = Path.of("/usr/bin", name);
      assumeTrue(Files.isExecutable(tool), name + " is not installed");
      Files.createSymbolicLink(tools.resolve(name), tool);
    }
    Files.setPosixFilePermissions(homes, PosixFilePermissions.fromString("rwxr-xr-x"));
    String said = inAnotherProcess(List.of(), target(), tools.toString(), List.of("echo x")).get(0);
    DirectoryCleanup.deleteRecursively(tools);
    assertThat(said)
        .isEqualTo(
            "(not run: bubblewrap (bwrap) is not installed;"
                + " the sandbox runs scripts only in a jail)\n");
  }

  /** One script that tries all bounds, for a jail takes its time. */
  private static String allFor(String shell) {
    return "#!/bin/"
        + shell
        + "\n"
        + BOUNDS.stream()
            .map(b -> "(" + b.script() + "\n)\nrm -rf ~/* /tmp/* /dev/shm/*; printf '\\001'\n")
            .collect(Collectors.joining());
  }

  private static Stream<DynamicTest> compared(String output) {
    List<String> said = List.of(output.split("\1", -1));
    return IntStream.range(0, BOUNDS.size())
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    BOUNDS.get(i).name(),
                    () ->
                        assertThat(i < said.size() ? said.get(i) : output)
                            .isEqualTo(BOUNDS.get(i).said())));
  }

  /** The classes of the sandbox are copied to where that user can read them. */
  private static List<String> asAnotherUser(List<String> scripts) throws Exception {
    Path classes = Files.createTempDirectory("oosh-jail-classes");
    try {
      Set<Path> folders = new TreeSet<>(Set.of(classes, classes.resolve("oosh")));
      for (Class<?> of : List.of(Jail.class, JailTry.class)) {
        Path from = Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(from.resolve("oosh/sandbox"))) {
          for (Path file : files.toList()) {
            Path to = classes.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
              folders.add(Files.createDirectories(to));
            } else {
              Files.copy(file, to);
            }
          }
        }
      }
      for (Path open : folders) {
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      Process looking = new ProcessBuilder(command(ANOTHER, "test", "-x", JAVA)).start();
      assumeTrue(looking.waitFor() == 0, "another user cannot run " + JAVA);
      return inAnotherProcess(ANOTHER, classes.toString(), System.getenv("PATH"), scripts);
    } finally {
      DirectoryCleanup.deleteRecursively(classes);
    }
  }

  private static List<String> command(List<String> as, String... words) {
    List<String> command = new ArrayList<>(as);
    command.addAll(List.of(words));
    return command;
  }

  private static String target() throws Exception {
    return Path.of(Jail.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        + File.pathSeparator
        + Path.of(JailTry.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static List<String> inAnotherProcess(
      List<String> as, String classes, String path, List<String> scripts) throws Exception {
    List<String> command = command(as, JAVA, "-cp", classes, "oosh.sandbox.jail.JailTry");
    command.addAll(scripts);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PATH", path);
    Process process = builder.start();
    process.getOutputStream().close();
    byte[] said = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    return List.of(new String(said, StandardCharsets.UTF_8).split("\0"));
  }
}
