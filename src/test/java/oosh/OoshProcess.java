package oosh;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import oosh.rollout.Interrupted;
import oosh.sandboxcontrol.Announcement;
import oosh.sandboxcontrol.ControlClient;

/** A process of oosh or of its sandbox beside this one, on the class path of the tests. */
final class OoshProcess implements AutoCloseable {
  private static final ControlClient DOOR = new ControlClient();

  /** The sandboxes that have announced themselves, by where they answer. */
  private static final Map<URI, Announcement> ANNOUNCED = new ConcurrentHashMap<>();

  private final Process process;

  private OoshProcess(Process process) {
    this.process = process;
  }

  /**
   * @param flags for the virtual machine
   * @param environment besides what is inherited; no credentials are
   */
  static OoshProcess start(
      String mainClass, List<String> flags, Map<String, String> environment, String... args) {
    return start(mainClass, flags, environment, ProcessBuilder.Redirect.PIPE, args);
  }

  /** The same, with its standard output and error to another place than {@link #output}. */
  static OoshProcess start(
      String mainClass,
      List<String> flags,
      Map<String, String> environment,
      ProcessBuilder.Redirect to,
      String... args) {
    return begun(
        command(mainClass, flags, environment, args).redirectErrorStream(true).redirectOutput(to));
  }

  /** The same where a person types at that terminal and reads errors there; the rest is a pipe. */
  static OoshProcess typedAt(
      File terminal,
      String mainClass,
      List<String> flags,
      Map<String, String> environment,
      String... args) {
    return begun(
        command(mainClass, flags, environment, args)
            .redirectInput(terminal)
            .redirectError(terminal));
  }

  private static ProcessBuilder command(
      String mainClass, List<String> flags, Map<String, String> environment, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xlog:disable",
            "-Xlog:all=off",
            "-Dh2.bindAddress=127.0.0.1",
            "-Dsun.net.httpserver.nodelay=true"));
    command.addAll(flags);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            mainClass));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(ALI|OOSH_|ACCESS_KEY|SECUR).*|CI"));
    builder.environment().put("XDG_CONFIG_HOME", "/none");
    builder.environment().putAll(environment);
    return builder;
  }

  private static OoshProcess begun(ProcessBuilder builder) {
    try {
      return new OoshProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A sandbox in step time, once it answers. */
  static OoshProcess sandboxInSteps(Path folder) throws IOException {
    OoshProcess sandbox =
        start(
            "oosh.sandbox.SandboxMain",
            List.of(),
            Map.of(),
            "--step",
            "--announce",
            folder.resolve("announced.json").toString());
    sandbox.output().readLine();
    return sandbox;
  }

  /** What it prints, line by line; the end once it has gone. */
  BufferedReader output() {
    return process.inputReader(StandardCharsets.UTF_8);
  }

  /** Writes to its standard input. */
  void type(String text) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append(text).flush();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** SIGKILL, and waits until it has gone. What it had printed until then is still to be read. */
  void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /** Sends a signal by its name, such as HUP. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor();
  }

  int awaitExit() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    kill();
  }

  /** Where the sandbox that announced itself in that folder answers. */
  static URI announced(Path folder) throws IOException {
    Announcement sandbox =
        Announcement.read(folder.resolve("announced.json"))
            .orElseThrow(() -> new IOException("no sandbox has announced itself in " + folder));
    ANNOUNCED.put(sandbox.address(), sandbox);
    return sandbox.address();
  }

  /** Lets the sandbox's time pass. */
  static void advance(URI sandbox, int seconds) throws IOException, InterruptedException {
    order(sandbox, "POST", "advance?seconds=" + seconds, "");
  }

  /** Has every script on these instances end well without being run. */
  static void runNoScripts(URI sandbox, List<String> instances)
      throws IOException, InterruptedException {
    for (String instance : instances) {
      order(
          sandbox,
          "POST",
          "faults",
          "{\"instance\":\"" + instance + "\",\"kind\":\"fail\",\"exitCode\":0}");
    }
  }

  /** Has an action fail in that way from its second call on. */
  static void failSecond(URI sandbox, String action, String how)
      throws IOException, InterruptedException {
    order(
        sandbox,
        "POST",
        "faults",
        "{\"action\":\"" + action + "\",\"kind\":\"" + how + "\",\"after\":1}");
  }

  /** Has a group of so many instances, after so many seconds. */
  static void resize(URI sandbox, String group, int instances, int seconds)
      throws IOException, InterruptedException {
    order(
        sandbox,
        "POST",
        "world",
        "{\"group\":\""
            + group
            + "\",\"instances\":"
            + instances
            + ",\"seconds\":"
            + seconds
            + "}");
  }

  /** Has executions listed so many seconds after their start; takes every other order back. */
  static void listLate(URI sandbox, int seconds) throws IOException, InterruptedException {
    order(sandbox, "DELETE", "faults", "");
    if (seconds > 0) {
      order(
          sandbox,
          "POST",
          "faults",
          "{\"action\":\"ListExecutions\",\"kind\":\"late\",\"seconds\":" + seconds + "}");
    }
  }

  private static void order(URI sandbox, String method, String what, String body)
      throws IOException, InterruptedException {
    Announcement known = ANNOUNCED.get(sandbox);
    if (known == null) {
      throw new IOException("no sandbox has announced itself at " + sandbox);
    }
    try {
      DOOR.ask(known, method, what, body);
    } catch (Interrupted stopped) {
      throw new InterruptedException(stopped.getMessage());
    }
  }

  static void removeAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path f : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(f);
      }
    }
  }
}
