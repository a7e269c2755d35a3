package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.config.Config;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reaches a file or a stream when every switch that makes Java talk is set from outside. */
class LogFileTest {
  private static final String URL_PART = "/?AccessKeyId=plainkey1&Signature=hushhush";

  @TempDir Path folder;

  @Test
  void masksWhatIsLoggedAndPrintsNothingAtTheMostTalkativeLevel() throws Exception {
    Path leak = folder.resolve("leak.log");
    Path logging =
        Files.writeString(
            folder.resolve("logging.properties"),
            String.join(
                "\n",
                "handlers=java.util.logging.ConsoleHandler,java.util.logging.FileHandler",
                ".level=ALL",
                "com.aliyuncs.level=ALL",
                "com.aliyuncs.handlers=java.util.logging.ConsoleHandler",
                "java.util.logging.ConsoleHandler.level=ALL",
                "java.util.logging.FileHandler.level=ALL",
                "java.util.logging.FileHandler.pattern=" + leak));
    Path screen = folder.resolve("screen");
    try (Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps())) {
      ProcessBuilder process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  LogFileTest.class.getName(),
                  folder.resolve("home").toString(),
                  "http://127.0.0.1:" + sandbox.port() + URL_PART)
              .redirectErrorStream(true)
              .redirectOutput(screen.toFile());
      process.environment().put("DEBUG", "sdk");
      process
          .environment()
          .put(
              "JAVA_TOOL_OPTIONS",
              String.join(
                  " ",
                  "-Djava.util.logging.config.file=" + logging,
                  "-Djdk.httpclient.HttpClient.log=all",
                  "-Djdk.internal.httpclient.debug=true",
                  "-Djavax.net.debug=all",
                  "-Dorg.apache.commons.logging.Log=" + "org.apache.commons.logging.impl.SimpleLog",
                  "-Dorg.apache.commons.logging.simplelog.defaultlog=trace"));
      assertThat(process.start().waitFor()).isZero();
    }

    Path log = folder.resolve("home").resolve("oosh.log");
    assertThat(log)
        .content()
        .contains("at SEVERE", "at WARNING", "IllegalStateException: for (address)", "Caused by:")
        .contains("a defect ended doomed")
        .doesNotContain("hushhush", "plainkey1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rw-------");
    assertThat(leak).doesNotExist();
    assertThat(Files.readAllLines(screen))
        .singleElement()
        .asString()
        .startsWith("Picked up JAVA_TOOL_OPTIONS");
  }

  /** Runs in the other process. */
  public static void main(String[] args) throws IOException, InterruptedException {
    JvmHardening.apply(Map.of());
    StateDirectory home = new StateDirectory(Path.of(args[0])).createIfMissing();
    LiveBackends backends = new LiveBackends(home, Config.EMPTY, Map.of());
    LogFile.open(home, backends.profiles()::masked);
    RuntimeException told =
        new IllegalStateException(
            "for " + args[1], new IllegalArgumentException("token=hushhush", new Error(args[1])));
    told.addSuppressed(new IllegalStateException("x-acs-security-token: hushhush"));
    for (Level level : List.of(Level.FINEST, Level.INFO, Level.WARNING, Level.SEVERE)) {
      for (String name : List.of("oosh", "com.aliyuncs.DefaultAcsClient", "org.h2", "java.net")) {
        Logger.getLogger(name).log(level, "at " + level + " AccessKeySecret=hushhush", told);
      }
    }
    Thread doomed =
        new Thread(
            () -> {
              throw told;
            },
            "doomed");
    doomed.start();
    doomed.join();
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(args[1])).build(),
            HttpResponse.BodyHandlers.discarding());
    backends.close();
    System.exit(new File(args[0]).isDirectory() ? 0 : 1);
  }
}
