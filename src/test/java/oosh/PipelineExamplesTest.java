package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * Runs the shell lines of the examples in docs/ci.md against a sandbox, as their runners would: in
 * a bare environment, with a token instead of a key. What fetches oosh and its tools is left out.
 */
@Tag("endurance")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class PipelineExamplesTest {
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern FETCHES = Pattern.compile(".*\\bgit clone\\b.*");

  @TempDir Path folder;
  private final List<String> heard = new ArrayList<>();
  private Launcher launcher;
  private Path work;
  private Sandbox sandbox;
  private HttpServer host;
  private final Map<String, String> env = new HashMap<>();

  @BeforeEach
  void open() throws IOException {
    for (String tool : List.of("bash", "curl", "jq")) {
      assumeTrue(
          Stream.of(System.getenv("PATH").split(":", -1))
              .anyMatch(p -> Files.isExecutable(Path.of(p, tool))),
          tool + " is not installed");
    }
    launcher = Launcher.built(folder.resolve("checkout"), folder);
    work = Files.createDirectories(folder.resolve("work"));
    Path deploy = Files.createDirectories(work.resolve("deploy"));
    Files.copy(Path.of("sessions/scripts/deploy.sh"), deploy.resolve("deploy.sh"));
    Files.copy(Path.of("sessions/scripts/undo.sh"), deploy.resolve("undo.sh"));
    sandbox = Sandbox.open(new SandboxOptions(0, null, false, null).withoutPacing());
    host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    host.createContext("/", this::answer);
    host.start();
    env.put("PATH", System.getenv("PATH"));
    env.put("HOME", launcher.home().toString());
    env.put("OOSH_HOME", launcher.state().toString());
    env.put("JAVA_HOME", System.getProperty("java.home"));
    env.put("OOSH_ARCHIVE", "no");
    env.put("OOSH_ENDPOINT", "http://127.0.0.1:" + sandbox.port());
    env.put("CI", "true");
  }

  @AfterEach
  void close() {
    if (sandbox != null) {
      sandbox.close();
      host.stop(0);
    }
  }

  /** A runner's own service: it gives tokens, and takes notes. */
  private void answer(HttpExchange exchange) throws IOException {
    heard.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization")
            + " "
            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    byte[] body = "{\"value\": \"a.token.signed\"}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String at(String path) {
    return "http://127.0.0.1:" + host.getAddress().getPort() + path;
  }

  private static Map<String, Object> example(int number) throws IOException {
    Matcher m = EXAMPLE.matcher(Files.readString(Path.of("docs/ci.md")));
    for (int i = 0; i <= number; i++) {
      assertThat(m.find()).isTrue();
    }
    return new Yaml().load(m.group(1));
  }

  @SuppressWarnings("unchecked")
  private static <T> T within(Object map, String... keys) {
    Object at = map;
    for (String key : keys) {
      at = ((Map<String, Object>) at).get(key);
    }
    return (T) at;
  }

  private String run(String script, int status) throws IOException, InterruptedException {
    Path said = folder.resolve("said.txt");
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-e", "-o", "pipefail", "-c", script)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    bash.environment().clear();
    bash.environment().putAll(env);
    int exit = bash.start().waitFor();
    String text = Files.readString(said);
    assertThat(exit).as(script + "\n" + text).isEqualTo(status);
    return text;
  }

  @Test
  void onGitHub() throws Exception {
    Map<String, Object> workflow = example(0);
    Map<String, String> declared = within(workflow, "env");
    declared.forEach(
        (name, value) ->
            env.put(
                name,
                value
                    .replace("${{ vars.ROLE_ARN }}", "acs:ram::1000000000000000:role/deploy")
                    .replace(
                        "${{ vars.OIDC_PROVIDER_ARN }}",
                        "acs:ram::1000000000000000:oidc-provider/github")));
    env.put("GITHUB_ENV", folder.resolve("env").toString());
    env.put("GITHUB_PATH", folder.resolve("path").toString());
    env.put("GITHUB_STEP_SUMMARY", folder.resolve("summary.md").toString());
    env.put("GITHUB_SHA", "0a1b2c");
    env.put("RUNNER_TEMP", Files.createDirectories(folder.resolve("temp")).toString());
    env.put("ACTIONS_ID_TOKEN_REQUEST_URL", at("/token?api-version=2.0"));
    env.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token");
    Files.createSymbolicLink(work.resolve("oosh"), folder.resolve("checkout"));
    List<Map<String, Object>> steps = within(workflow, "jobs", "rollout", "steps");
    for (Map<String, Object> step : steps) {
      if (step.get("run") instanceof String script) {
        run(script, 0);
        afterStep();
      }
    }
    assertThat(heard)
        .containsExactly(
            "GET /token?api-version=2.0&audience=sts.aliyuncs.com bearer request-token ");
    assertThat(Files.readString(folder.resolve("summary.md")))
        .startsWith("**launch** of deploy.sh on asg-bp1web: 6 instances in 3 batches\n\n")
        .containsPattern("Success: 6 of 6 instances, exec-[0-9a-f]+\n$");
    assertThat(run("oosh history -o tsv --columns reason,status", 0))
        .isEqualTo("0a1b2c\tSuccess\n");
  }

  /** What a step has said for those that follow. */
  private void afterStep() throws IOException {
    Path path = folder.resolve("path");
    if (Files.exists(path)) {
      env.put("PATH", Files.readString(path).strip() + ":" + env.get("PATH"));
      Files.delete(path);
    }
    Path variables = folder.resolve("env");
    if (Files.exists(variables)) {
      Files.readAllLines(variables).stream()
          .map(line -> line.split("=", 2))
          .forEach(v -> env.put(v[0], v[1]));
      Files.delete(variables);
    }
  }

  @Test
  void onGitLab() throws Exception {
    Map<String, Object> pipeline = example(1);
    env.putAll(within(pipeline, "variables"));
    env.put("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1000000000000000:role/deploy");
    env.put("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1000000000000000:oidc-provider/gitlab");
    env.put("ALIYUN_TOKEN", "a.token.signed");
    env.put("NOTE_TOKEN", "note-token");
    env.put("CI_API_V4_URL", at("/api/v4"));
    env.put("CI_PROJECT_ID", "7");
    env.put("CI_MERGE_REQUEST_IID", "12");
    env.put("CI_COMMIT_SHA", "0a1b2c");
    Files.createSymbolicLink(launcher.home().resolve("oosh"), folder.resolve("checkout"));
    String before = script(pipeline, "default", "before_script");
    Map<String, String> planned = new LinkedHashMap<>(env);
    run(before + script(pipeline, "plan", "script"), 0);
    assertThat(heard).hasSize(1);
    assertThat(heard.get(0))
        .startsWith("POST /api/v4/projects/7/merge_requests/12/notes")
        .contains("6 in service; 6 take part");
    assertThat(env).isEqualTo(planned);

    Files.setPosixFilePermissions(
        work.resolve("rollout.plan"), PosixFilePermissions.fromString("rw-rw-rw-"));
    String launch = before + script(pipeline, "launch", "script");
    assertThat(run(launch, 0)).contains("Success: 6 of 6 instances");
    Files.writeString(work.resolve("deploy/deploy.sh"), "echo changed\n");
    assertThat(run(launch, 1)).contains("file deploy/deploy.sh").contains("nothing was started");
  }

  /** The lines of a job, without those that fetch something. */
  private static String script(Map<String, Object> pipeline, String... path) {
    StringBuilder script = new StringBuilder();
    List<String> lines = within(pipeline, path);
    lines.stream()
        .filter(line -> !FETCHES.matcher(line).matches())
        .forEach(line -> script.append(line).append('\n'));
    return script.toString();
  }
}
