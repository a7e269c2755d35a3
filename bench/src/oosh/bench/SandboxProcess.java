package oosh.bench;

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
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** A sandbox in real time, in a process of its own, started as oosh starts one. */
final class SandboxProcess implements AutoCloseable {
  private static final HttpClient CONTROL = HttpClient.newHttpClient();

  private final Process process;
  private final URI address;
  private final String key;

  SandboxProcess(Jdk jdk, Path folder) {
    ProcessBuilder builder =
        new ProcessBuilder(
            jdk.java(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx256m",
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            "oosh.sandbox.SandboxMain",
            "--idle-exit",
            "900",
            "--state",
            folder.resolve("state.json").toString(),
            "--announce",
            folder.resolve("announced.json").toString());
    builder.redirectErrorStream(true);
    try {
      process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "sandbox"));
      BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
      String line = said.readLine();
      if (line == null || !line.contains("http://")) {
        throw new IllegalStateException("no sandbox: " + line);
      }
      address = URI.create(line.replaceFirst("^.*(http://\\S+).*$", "$1"));
      key =
          Files.readString(folder.resolve("announced.json"))
              .replaceFirst("(?s)^.*\"secret\":\\s*\"([^\"]+)\".*$", "$1");
      Thread drain = new Thread(() -> said.lines().forEach(l -> {}), "sandbox's words");
      drain.setDaemon(true);
      drain.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI address() {
    return address;
  }

  /** A Windows group in the place of all groups: its scripts are never run. */
  void windows(String group, int instances) {
    StringJoiner all = new StringJoiner(",");
    IntStream.range(0, instances)
        .forEach(
            n ->
                all.add(
                    "{\"instance\":\""
                        + instance(n)
                        + "\",\"lifecycleState\":\"InService\",\"zoneId\":\"cn-hangzhou-b\"}"));
    post(
        "stage",
        "{\"group\":\""
            + group
            + "\",\"name\":\"big\",\"regionId\":\"cn-hangzhou\","
            + "\"osType\":\"windows\",\"suspended\":[],\"instances\":["
            + all
            + "]}");
  }

  static String instance(int n) {
    return "i-big" + String.format("%04d", n);
  }

  void reset() {
    post("reset", "");
  }

  /** Lets the script on that instance hang until its time is over. */
  void hang(String instance) {
    post("faults", "{\"instance\":\"" + instance + "\",\"kind\":\"hang\"}");
  }

  /** How many executions are under way. */
  int running() {
    return Integer.parseInt(get("status").replaceFirst("(?s)^.*\"running\":\\s*(\\d+).*$", "$1"));
  }

  private void post(String what, String body) {
    send(request(what).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  private String get(String what) {
    return send(request(what).GET().build());
  }

  private HttpRequest.Builder request(String what) {
    return HttpRequest.newBuilder(address.resolve("/_sandbox/" + what))
        .header("X-Oosh-Sandbox", key);
  }

  private static String send(HttpRequest request) {
    try {
      HttpResponse<String> answer = CONTROL.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(request.uri() + ": " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
