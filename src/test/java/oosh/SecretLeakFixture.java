package oosh;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Keys that nothing but a leak would print, and the folder where all that oosh wrote, showed and
 * was called with stays until {@link SecretLeakSearchTest} has searched it.
 */
final class SecretLeakFixture {
  static final Path FOLDER = Path.of("target", "swept");

  static final String KEY_ID = "sweptkeyid7f3a";
  static final String SECRET = "sweptsecret9c2e/+a";
  static final String WRONG_SECRET = "sweptwrong44d1/+a";
  static final String TOKEN = "swepttoken51bd/+a==";
  static final String OLD_TOKEN = "sweptold0e77/+a==";

  /** Their beginnings, which read the same in every encoding of an address. */
  static final List<String> SEARCHED =
      List.of(
          "sweptkeyid7f3a", "sweptsecret9c2e", "sweptwrong44d1", "swepttoken51bd", "sweptold0e77");

  private SecretLeakFixture() {}

  /**
   * What a search saw.
   *
   * @param found each key with the file that holds it
   */
  record Search(int files, long bytes, List<String> found) {}

  /** Searches every file below the folder, whatever it is, byte by byte. */
  static Search search(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    long bytes = 0;
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      bytes += content.length;
      String text = new String(content, StandardCharsets.ISO_8859_1);
      for (String secret : SEARCHED) {
        if (text.contains(secret)) {
          found.add(secret + " in " + file);
        }
      }
    }
    return new Search(files.size(), bytes, found);
  }

  /** An empty folder of that name, for what one test leaves. */
  static Path fresh(String name) throws IOException {
    Path folder = FOLDER.resolve(name).toAbsolutePath();
    if (Files.exists(folder)) {
      OoshProcess.removeAll(folder);
    }
    return Files.createDirectories(folder);
  }

  /** Adds to the screens that a test has seen. */
  static void seen(Path folder, String screen) throws IOException {
    Files.writeString(
        folder.resolve("screens"),
        screen + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** The keys, as a file that the sandbox reads; not to be kept below {@link #FOLDER}. */
  static Path keysFile(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("keys.json"),
        "{\"accessKeyId\":\"%s\",\"accessKeySecret\":\"%s\",\"securityToken\":\"%s\"}"
            .formatted(KEY_ID, SECRET, TOKEN));
  }

  /** Starts oosh with its state, its output and its arguments below the folder. */
  static Process start(String name, Path userHome, Map<String, String> env, String... args)
      throws IOException {
    Path folder = Files.createDirectories(FOLDER.resolve(name));
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Dh2.bindAddress=127.0.0.1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "oosh.Oosh"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(v -> v.matches("(ALI|OOSH_|ACCESS_KEY|SECUR).*"));
    builder
        .environment()
        .put("XDG_CACHE_HOME", folder.resolve("cache").toAbsolutePath().toString());
    builder.environment().put("HOME", userHome.toString());
    builder.environment().putAll(env);
    builder.redirectInput(new File("/dev/null"));
    builder.redirectOutput(folder.resolve("stdout").toFile());
    builder.redirectError(folder.resolve("stderr").toFile());
    Process process = builder.start();
    new ProcessBuilder("ps", "-o", "args=", "-p", String.valueOf(process.pid()))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("ps").toFile())
        .start()
        .onExit()
        .join();
    return process;
  }

  static String said(String name) throws IOException {
    Path folder = FOLDER.resolve(name);
    return Files.readString(folder.resolve("stdout")) + Files.readString(folder.resolve("stderr"));
  }
}
