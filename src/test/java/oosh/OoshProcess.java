package oosh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A process of oosh or of its sandbox beside this one, on the class path of the tests. */
final class OoshProcess implements AutoCloseable {
  private static final HttpClient CONTROL = HttpClient.newHttpClient();

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
    builder.environment().keySet().removeIf(name -> name.matches("(ALI|OOSH_|ACCESS_KEY|SECUR).*"));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
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

  boolean alive() {
    return process.isAlive();
  }

  /** SIGKILL, and waits until it has gone. What it had printed until then is still to be read. */
  void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
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
    String json = Files.readString(folder.resolve("announced.json"));
    return URI.create("http://127.0.0.1:" + json.replaceAll("(?s).*\"port\":\\s*(\\d+).*", "$1"));
  }

  /** Lets the sandbox's time pass. */
  static void advance(URI sandbox, int seconds) throws IOException, InterruptedException {
    order(sandbox, "advance?seconds=" + seconds, "");
  }

  /** Has every script on these instances end well without being run. */
  static void runNoScripts(URI sandbox, List<String> instances)
      throws IOException, InterruptedException {
    for (String instance : instances) {
      order(
          sandbox,
          "faults",
          "{\"instance\":\"" + instance + "\",\"kind\":\"fail\",\"exitCode\":0}");
    }
  }

  /** Has executions listed so many seconds after their start; takes every other order back. */
  static void listLate(URI sandbox, int seconds) throws IOException, InterruptedException {
    send(sandbox, "faults", HttpRequest.Builder::DELETE);
    if (seconds > 0) {
      order(
          sandbox,
          "faults",
          "{\"action\":\"ListExecutions\",\"kind\":\"late\",\"seconds\":" + seconds + "}");
    }
  }

  private static void order(URI sandbox, String what, String body)
      throws IOException, InterruptedException {
    send(sandbox, what, request -> request.POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static void send(URI sandbox, String what, UnaryOperator<HttpRequest.Builder> method)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        CONTROL.send(
            method
                .apply(
                    HttpRequest.newBuilder(sandbox.resolve("/_sandbox/" + what))
                        .header("X-Oosh-Sandbox", "1"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.body());
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
