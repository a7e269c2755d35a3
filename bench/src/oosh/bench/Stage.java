package oosh.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One JDK, with caches and state folders of its own, and how things are started on it. */
final class Stage {
  static final String PROMPT = "cn-hangzhou › ";
  static final String LINE_PROMPT = "line > ";
  static final String JSHELL_PROMPT = "jshell> ";

  private final Path root;
  private final Path scratch;
  private final Jdk jdk;
  private List<String> flags = List.of();
  private List<String> lineFlags = List.of();

  Stage(Path root, Path scratch, Jdk jdk) {
    this.root = root;
    this.scratch = folder(scratch.resolve("jdk-" + jdk.name()));
    this.jdk = jdk;
  }

  Jdk jdk() {
    return jdk;
  }

  /** The flags that the launcher gives the JVM, without the class archive. */
  List<String> flags() {
    return flags;
  }

  /** A new folder of state. */
  Path home(String name) {
    return folder(scratch.resolve(name));
  }

  static Path folder(Path path) {
    try {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param home the folder of state
   * @param endpoint of the sandbox, or of what stands before it
   */
  Map<String, String> environment(Path home, String endpoint) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", jdk.home().resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("JAVA_HOME", jdk.home().toString());
    environment.put("HOME", scratch.toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("TERM", "xterm-256color");
    environment.put("NO_COLOR", "1");
    environment.put("OOSH_HOME", home.toString());
    environment.put("OOSH_PROFILE", "sandbox");
    environment.put("OOSH_ENDPOINT", endpoint);
    return environment;
  }

  /** oosh by its launcher. */
  Pty oosh(Path home, String endpoint, String ahead, String... arguments) {
    List<String> command = new ArrayList<>(List.of(root.resolve("oosh").toString()));
    command.addAll(List.of(arguments));
    return start(command, home, endpoint, ahead);
  }

  Pty hello() {
    return start(List.of(jdk.java(), "-cp", floor().toString(), "Hello"), scratch, "", "");
  }

  /** A process that does nothing: what starting one costs by itself. */
  Pty nothing() {
    return start(List.of("true"), scratch, "", "");
  }

  Pty jshell() {
    return start(
        List.of(
            jdk.home().resolve("bin/jshell").toString(), "-J-Djava.util.prefs.userRoot=" + scratch),
        scratch,
        "",
        "");
  }

  /** JLine alone, with oosh's flags and a class archive of its own. */
  Pty line() {
    List<String> command = new ArrayList<>(List.of(jdk.java()));
    command.addAll(lineFlags);
    command.addAll(List.of("-cp", linePath(), "LinePrompt"));
    return start(command, scratch, "", "");
  }

  private Path floor() {
    return root.resolve("bench/target/floor");
  }

  /** Jars only: an archive takes no folders. */
  private String linePath() {
    try (Stream<Path> jars = Files.list(root.resolve("target/lib"))) {
      Path jline =
          jars.filter(j -> j.getFileName().toString().startsWith("jline-"))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no jline in target/lib"));
      return scratch.resolve("line.jar") + ":" + jline;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Pty start(List<String> command, Path home, String endpoint, String ahead) {
    Map<String, String> environment = environment(home, endpoint);
    return new Pty(command, environment, new File(scratch.toString()), ahead);
  }

  /**
   * Starts oosh and lets it make its class archive, and makes one for JLine alone.
   *
   * @return what is to be known about it, for the report
   */
  String prepare(String endpoint) {
    Path home = home("train");
    String java;
    try (Pty oosh = oosh(home, endpoint, "")) {
      oosh.until(PROMPT);
      java = link("/proc/" + oosh.pid() + "/exe");
      flags = flags(oosh.pid());
      leave(oosh);
    }
    Optional<Path> archive = awaitArchive();
    makeLineArchive();
    Path own = real(jdk.home().resolve("bin/java"));
    return (java.equals(own.toString()) ? "" : "oosh ran on " + java + "; ")
        + archive
            .map(a -> "class archive of " + a.toFile().length() / 1024 / 1024 + " MiB")
            .orElse("NO class archive was made");
  }

  private static String link(String of) {
    try {
      return Files.readSymbolicLink(Path.of(of)).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> flags(long pid) {
    try {
      List<String> flags = new ArrayList<>();
      for (String word : Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0")) {
        if (word.equals("-cp") || word.equals("-classpath") || word.equals("-jar")) {
          break;
        }
        // The native library is part of what is measured: JLine alone has its own way to it.
        if (word.startsWith("-") && !word.matches(".*(Archive|AOT|Xshare|library[.]jline).*")) {
          flags.add(word);
        }
      }
      return flags;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the launcher has made the archive of this JDK; empty if it has made none. */
  private Optional<Path> awaitArchive() {
    long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (true) {
      try (Stream<Path> files = Files.list(root.resolve("target"))) {
        List<Path> archives =
            files
                .filter(f -> f.getFileName().toString().startsWith("classes-" + jdk.version()))
                .toList();
        boolean made = archives.stream().noneMatch(f -> f.toString().endsWith(".new"));
        if (made || System.nanoTime() > deadline) {
          return archives.stream().filter(f -> made).findFirst();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      pause(100);
    }
  }

  private void makeLineArchive() {
    Path jar = scratch.resolve("line.jar");
    run(
        jdk.home().resolve("bin/jar").toString(),
        "--create",
        "--file",
        jar.toString(),
        "-C",
        floor().toString(),
        "LinePrompt.class");
    // As oosh does on that JDK: AOT cache where there is one, else a class data archive.
    boolean aot = jdk.major() >= 25;
    String file = scratch.resolve(aot ? "line.aot" : "line.jsa").toString();
    lineFlags = new ArrayList<>(flags);
    lineFlags.add((aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file);
    try (Pty line = line()) {
      line.until(LINE_PROMPT);
      line.type("\004");
      line.ended();
    }
    lineFlags = new ArrayList<>(flags);
    lineFlags.add((aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file);
    if (!Files.exists(Path.of(file))) {
      throw new IllegalStateException("no archive was made for JLine alone: " + file);
    }
  }

  private void run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Leaves a shell that is at its prompt, as a person does, so that its journal is closed. */
  static void leave(Pty oosh) {
    oosh.type("exit\r");
    oosh.ended();
  }

  /** Ctrl-C, until the next prompt stands there: a key typed before it would belong to the last. */
  static void interrupt(Pty oosh) {
    int mark = oosh.size();
    oosh.type("\003");
    // Once a group is in use, the prompt names it.
    oosh.until("› ", mark, Duration.ofSeconds(60));
    pause(30);
  }

  static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
