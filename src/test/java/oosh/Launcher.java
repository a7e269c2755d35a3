package oosh;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The launcher itself, in a checkout that holds what a build leaves: the classes under test as a
 * jar, the libraries beside it. Each start says where: environment, folder, and what the shell
 * around it does.
 *
 * @param folder a start's home, state, cache and current folder are below it, unless it says others
 */
record Launcher(Path checkout, Path folder, Map<String, String> env) {
  private static final long LONGEST_SECONDS = 120;

  /** What a start printed and how it ended. */
  record Said(int status, String out, String err) {}

  /** The classes of this build, below the folder; its own files are in it too. */
  static Launcher built(Path checkout, Path folder) throws IOException {
    if (!Files.exists(checkout.resolve("oosh"))) {
      build(checkout);
    }
    Files.createDirectories(folder.resolve("here"));
    Files.createDirectories(folder.resolve("home"));
    Map<String, String> env = new LinkedHashMap<>();
    env.put("PATH", System.getenv("PATH"));
    env.put("JAVA_HOME", System.getProperty("java.home"));
    env.put("HOME", folder.resolve("home").toString());
    env.put("OOSH_HOME", folder.resolve("state").toString());
    env.put("XDG_CONFIG_HOME", folder.resolve("settings").toString());
    env.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    env.put("LC_ALL", "C.UTF-8");
    return new Launcher(checkout, folder, Map.copyOf(env));
  }

  private static void build(Path checkout) throws IOException {
    Path lib = Files.createDirectories(checkout.resolve("target/lib"));
    List<String> jars = new ArrayList<>();
    Files.createDirectories(checkout.resolve("src/main"));
    Files.writeString(checkout.resolve("pom.xml"), "");
    Files.copy(Path.of("oosh"), checkout.resolve("oosh"));
    checkout.resolve("oosh").toFile().setExecutable(true);
    for (String entry :
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
            .split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      if (jar.toString().endsWith(".jar")) {
        lay(jar, lib.resolve(jar.getFileName()));
        jars.add("lib/" + jar.getFileName());
        if (jar.getFileName().toString().startsWith("jline-")) {
          unpackTerminal(jar, checkout.resolve("target/native"));
        }
      }
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", jars));
    jar(Path.of("target/classes"), manifest, checkout.resolve("target/oosh.jar"));
  }

  private static void lay(Path jar, Path at) throws IOException {
    try {
      Files.createLink(at, jar);
    } catch (IOException | UnsupportedOperationException otherDisk) {
      Files.copy(jar, at);
    }
  }

  private static void jar(Path classes, Manifest manifest, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
  }

  private static void unpackTerminal(Path jline, Path to) throws IOException {
    try (FileSystem in = FileSystems.newFileSystem(URI.create("jar:" + jline.toUri()), Map.of());
        Stream<Path> files = Files.walk(in.getPath("/org/jline/nativ"))) {
      for (Path file : files.filter(f -> f.toString().contains("/Linux/")).toList()) {
        if (Files.isRegularFile(file)) {
          Path out = to.resolve(file.toString().substring(1));
          Files.createDirectories(out.getParent());
          Files.copy(file, out);
        }
      }
    }
  }

  /** With another value of that variable; null takes it away. */
  Launcher with(String name, @org.jspecify.annotations.Nullable String value) {
    Map<String, String> other = new LinkedHashMap<>(env);
    if (value == null) {
      other.remove(name);
    } else {
      other.put(name, value);
    }
    return new Launcher(checkout, folder, Map.copyOf(other));
  }

  Path here() {
    return folder.resolve("here");
  }

  Path home() {
    return folder.resolve("home");
  }

  Path state() {
    return folder.resolve("state");
  }

  Said run(String... args) {
    return within("exec \"$@\"", args);
  }

  /**
   * @param script of {@code sh}: what it does around {@code "$@"}, which is the launcher with its
   *     arguments
   */
  Said within(String script, String... args) {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", script, "sh", checkout.resolve("oosh").toString()));
    command.addAll(List.of(args));
    return run(command);
  }

  /** A file's name, as a word of {@code sh}. */
  static String quoted(Path file) {
    return "'" + file.toString().replace("'", "'\\''") + "'";
  }

  Said run(List<String> command) {
    try {
      Path out = Files.createTempFile(folder, "out", "");
      Path err = Files.createTempFile(folder, "err", "");
      ProcessBuilder builder = new ProcessBuilder(command).directory(here().toFile());
      builder.environment().clear();
      builder.environment().putAll(env);
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      Process process = builder.start();
      try (OutputStream in = process.getOutputStream()) {
        in.flush();
      }
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " has not ended: " + Files.readString(err));
      }
      return new Said(
          process.exitValue(),
          new String(Files.readAllBytes(out), StandardCharsets.UTF_8),
          new String(Files.readAllBytes(err), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
