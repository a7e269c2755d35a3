package oosh.rollout.update;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is sent, run by a real shell against a real service. {@code sleep} and {@code date} are of a
 * clock that only {@code sleep} moves, so nothing waits.
 */
class ProbedScriptTest {
  private static final Gates DRAINED = Gates.NONE.withDrain(Duration.ofSeconds(30));

  @TempDir Path folder;
  private Path tools;
  private HttpServer service;
  private final AtomicInteger asked = new AtomicInteger();
  private IntUnaryOperator status = n -> 200;

  @BeforeEach
  void start() throws IOException {
    tools = Files.createDirectory(folder.resolve("tools"));
    Files.writeString(folder.resolve("clock"), "1000");
    tool("sleep", "echo $(($(cat " + clock() + ") + $1)) >" + clock());
    tool("date", "cat " + clock());
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status.applyAsInt(asked.incrementAndGet()), -1);
          exchange.close();
        });
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  private Path clock() {
    return folder.resolve("clock");
  }

  private void tool(String name, String text) throws IOException {
    tool(tools, name, text);
  }

  private static void tool(Path folder, String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  /** Only these tools of the system are there. */
  private String without(String... absent) throws IOException {
    Path some = Files.createDirectory(folder.resolve("some"));
    for (String name :
        List.of(
            "sh", "bash", "curl", "wget", "nc", "mktemp", "cat", "chmod", "rm", "head", "sed", "tr",
            "timeout")) {
      Path tool = Path.of("/usr/bin", name);
      if (!List.of(absent).contains(name) && Files.isExecutable(tool)) {
        tool(some, name, "exec " + tool + " \"$@\"");
      }
    }
    return tools + ":" + some;
  }

  private record Ended(int exitCode, String output) {}

  private Ended run(String sent) throws Exception {
    return run(sent, tools + ":" + System.getenv("PATH"));
  }

  private Ended run(String sent, String path) throws Exception {
    Path file = Files.writeString(folder.resolve("sent"), sent);
    Path output = folder.resolve("output");
    ProcessBuilder shell =
        new ProcessBuilder("/bin/sh", file.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    shell.environment().clear();
    shell.environment().putAll(Map.of("PATH", path, "TMPDIR", folder.toString()));
    int code = shell.start().waitFor();
    try (var left = Files.list(folder)) {
      assertThat(left.filter(f -> f.getFileName().toString().startsWith("oosh."))).isEmpty();
    }
    return new Ended(code, Files.readString(output));
  }

  private String subject(String path) {
    return service.getAddress().getPort() + path;
  }

  private static ProbedScript of(String script, Gates gates) {
    return new ProbedScript(Script.ofText("deploy.sh", script), gates);
  }

  private Gates http(int times, boolean advises) {
    return Gates.NONE.with(
        new Gate(
            Gate.Kind.HTTP,
            subject("/health?a=1&b=2"),
            null,
            200,
            Gate.EVERY,
            times,
            Gate.WITHIN,
            advises));
  }

  private static Gates script(String text) {
    return Gates.NONE.with(
        Gate.of(Gate.Kind.SCRIPT, "it's a $(probe).sh", Script.ofText("", text)));
  }

  @Test
  void sendsTheScriptAsItIsWithoutGates() {
    for (String text : List.of("exit 0", "#!/bin/bash\r\necho {{ x }}\r\n", "\n")) {
      assertThat(of(text, Gates.NONE).text()).isEqualTo(text);
    }
  }

  @Test
  void readsBackWhatItSends() {
    String end = of("a", DRAINED).text().replaceAll("(?s).*<<'(END_[^']*)'.*", "$1");
    for (String text :
        List.of("exit 0", "a\n", "\n\n", "'\n$(x) {{ y }}\n", "a\n" + end + "\nb\n", "é\r\nz")) {
      Gates gates = script("#!/bin/sh\nexit 1").with(Gate.of(Gate.Kind.TCP, "80", null));
      ProbedScript read = ProbedScript.of("deploy.sh", of(text, gates).text());
      assertThat(read.script()).isEqualTo(Script.ofText("deploy.sh", text));
      assertThat(read.gates().gates()).hasSize(2);
      assertThat(read.gates().gates().get(0).script().text()).isEqualTo("#!/bin/sh\nexit 1\n");
      assertThat(read.text()).isEqualTo(of(text, read.gates()).text());
    }
  }

  /** The system's own clock, which no wait of a rehearsal takes long of. */
  @Test
  void waitsOnAClockOfItsOwnInARehearsal() throws Exception {
    status = n -> 503;
    Gates gates = http(3, false).withDrain(Duration.ofMinutes(5)).inSteps();
    long began = System.nanoTime();
    Ended ended = run(of("echo done", gates).text(), System.getenv("PATH"));

    assertThat(ended.exitCode()).isEqualTo(ProbedScript.UNHEALTHY);
    assertThat(ended.output()).contains("not healthy within 120 s");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
    assertThat(asked.get()).isBetween(20, 24);
    assertThat(ProbedScript.of("x", of("a", gates).text()).gates().stepped()).isTrue();
    assertThat(Gates.NONE.withBake(Gate.WITHIN).inSteps().stepped()).isFalse();
    Gates low = Gates.NONE.with(Gate.of(Gate.Kind.TCP, "80", null));
    assertThat(of("a", low).text()).contains(" tcp 80\n");
    assertThat(of("a", low.inSteps()).text()).contains(" tcp 20080\n").contains("'tcp 80'");
  }

  @Test
  void takesWhatIsOfAnotherFormAsAScript() {
    String sent = of("exit 0\n", DRAINED).text();
    for (String other :
        List.of(
            sent.substring(0, 300),
            sent.replace("drain=30", "drain=x"),
            sent.replaceFirst("END_", "END:"))) {
      ProbedScript read = ProbedScript.of("x", other);
      assertThat(read.script().text()).isEqualTo(other);
      assertThat(read.gates()).isEqualTo(Gates.NONE);
    }
  }

  @Test
  void runsTheScriptByItsOwnFirstLineAndPassesItsExitCodeOn() throws Exception {
    Ended perl = run(of("#!/usr/bin/perl\nprint \"$0\\n\"; exit 3;", DRAINED).text());
    assertThat(perl.exitCode()).isEqualTo(3);
    assertThat(perl.output())
        .startsWith("oosh: waits 30 s for requests under way\n" + folder + "/oosh.");
    assertThat(Files.readString(clock())).isEqualTo("1030\n");
    assertThat(run(of("umask; kill -9 $$", DRAINED).text()).exitCode()).isEqualTo(137);
    assertThat(run(of("exit 0", DRAINED).text()).exitCode()).isZero();
  }

  @Test
  void aScriptMayEndWithACodeOfOoshItself() throws Exception {
    Ended ended = run(of("exit " + ProbedScript.UNHEALTHY, DRAINED).text());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("the script ended with exit code 231");
  }

  @Test
  void asksUntilAsManyAnswersInARowAreHealthy() throws Exception {
    status = n -> n == 3 ? 503 : 200;
    Ended ended = run(of("echo done", http(3, false)).text());
    assertThat(ended.exitCode()).isZero();
    assertThat(asked).hasValue(6);
    ProbedScript.Printed printed = ProbedScript.Printed.of(ended.output());
    assertThat(printed.script()).isEqualTo("done\n");
    String name = "http " + subject("/health?a=1&b=2") + ": ";
    assertThat(printed.gates())
        .containsExactly(
            name + "answers 200",
            name + "answers 503, not 200",
            name + "answers 200",
            name + "healthy");
    // From one look to the next 5 s: no more than it needs.
    assertThat(Files.readString(clock())).isEqualTo("1025\n");
  }

  @Test
  void anInstanceThatStaysUnhealthyFailsWithACodeOfItsOwn() throws Exception {
    status = n -> 503;
    Ended ended = run(of("exit 0", http(1, false)).text());
    assertThat(ended.exitCode()).isEqualTo(ProbedScript.UNHEALTHY);
    assertThat(ended.output()).contains("not healthy within 120 s, so the instance stays out");
    assertThat(asked.get()).isBetween(25, 26);
  }

  @Test
  void aProbeThatAdvisesStopsNothing() throws Exception {
    status = n -> 503;
    Ended ended = run(of("exit 0", http(1, true)).text());
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output()).contains("not healthy within 120 s; this probe only advises");
  }

  @Test
  void theLeastTimeThatIsTakenIsEnoughForAHealthyInstance() throws Exception {
    Gate least =
        new Gate(
            Gate.Kind.HTTP,
            subject("/"),
            null,
            200,
            Duration.ofSeconds(5),
            3,
            Duration.ofSeconds(11),
            false);
    // Each look takes a second as well.
    status =
        n -> {
          try {
            int now = Integer.parseInt(Files.readString(clock()).strip());
            Files.writeString(clock(), (now + 1) + "\n");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return 200;
        };
    assertThat(run(of("exit 0", Gates.NONE.with(least)).text()).exitCode()).isZero();
  }

  @Test
  void nothingIsProbedBehindAScriptThatFailed() throws Exception {
    assertThat(run(of("exit 4", http(1, false)).text()).exitCode()).isEqualTo(4);
    assertThat(asked).hasValue(0);
  }

  @Test
  void takesWhatToolTheInstanceHas() throws Exception {
    String path = without("curl", "wget");
    assertThat(run(of("exit 0", http(1, false)).text(), path)).matches(e -> e.exitCode() == 0);
    Files.delete(folder.resolve("some/bash"));
    Ended none = run(of("exit 0", http(1, false)).text(), path);
    assertThat(none.exitCode()).isEqualTo(ProbedScript.UNPROBED);
    assertThat(none.output()).contains("neither curl, wget nor bash is installed");
    if (Files.isExecutable(Path.of("/usr/bin/wget"))) {
      tool(folder.resolve("some"), "wget", "exec /usr/bin/wget \"$@\"");
      assertThat(run(of("exit 0", http(1, false)).text(), path).exitCode()).isZero();
    }
  }

  @Test
  void connectsToAPort() throws Exception {
    Gates open = Gates.NONE.with(Gate.of(Gate.Kind.TCP, subject(""), null));
    assertThat(run(of("exit 0", open).text()).exitCode()).isZero();
    service.stop(0);
    Ended closed = run(of("exit 0", open).text());
    assertThat(closed.exitCode()).isEqualTo(ProbedScript.UNHEALTHY);
    assertThat(closed.output()).contains("accepts no connection");
  }

  @Test
  void aProbeMayPrintWhatItLikes() throws Exception {
    String loud = "#!/bin/sh\nyes '$(touch hit) `touch hit`' | head -c 1000000\nexit 0\n";
    Ended ended = run(of("exit 0", script(loud)).text());
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output()).contains("script it_s a __probe_.sh: healthy").hasSizeLessThan(700);
    assertThat(folder.resolve("hit")).doesNotExist();
  }

  @Test
  void aProbeMayLeaveAProcessBehind() throws Exception {
    Ended ended = run(of("exit 0", script("#!/bin/sh\n/bin/sleep 60 &\necho $! >left\n")).text());
    assertThat(ended.exitCode()).isZero();
    long left = Long.parseLong(Files.readString(folder.resolve("left")).strip());
    ProcessHandle.of(left).ifPresent(process -> assertThat(process.destroyForcibly()).isTrue());
  }

  @Test
  void saysWhereItCannotWriteTheScript() throws Exception {
    tool("mktemp", "exit 1");
    Ended ended = run(of("exit 0", DRAINED).text());
    assertThat(ended.exitCode()).isEqualTo(ProbedScript.UNPREPARED);
    assertThat(ended.output()).contains("the script was not run: no folder takes a file");
  }

  @Test
  void nothingInItIsAPlaceholderOfOos() {
    Gates all =
        script("exit 0").with(http(1, false).gates().get(0)).withDrain(Duration.ofSeconds(1));
    String own = of("exit 0", all.with(Gate.of(Gate.Kind.TCP, "80", null))).text();
    assertThat(own).doesNotContain("{{").isASCII();
    assertThat(own.getBytes(StandardCharsets.UTF_8).length).isLessThan(5_000);
  }
}
