package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import oosh.aliyun.InTurnProfiles;
import oosh.aliyun.RealProfilesWithoutRetryDelay;
import oosh.config.ConfigFile;
import oosh.rollout.Problem;
import oosh.rollout.ProfileMark;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.Profiles;
import oosh.shell.Backends;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Prompt;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.place.ContextDraft;
import oosh.shell.screen.StreamScreen;
import oosh.view.text.Style;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever comes from outside: no stack trace, no hang, no defect, a documented exit status, and
 * nothing on the screen but text. {@code -Doosh.inputs=N} says how many inputs in all, {@code
 * -Doosh.seed=N} plays a run again; a failure names its own input.
 */
@Tag("endurance")
class HostileInputTest {
  private static final long SEED = Long.getLong("oosh.seed", 1128);
  private static final int INPUTS = Integer.getInteger("oosh.inputs", 1500);

  /** For one input; a busy machine needs a hundredth of it. */
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  /** In so many answers, each action is asked for. */
  private static final int ENOUGH = 300;

  private static final Set<Integer> STATUSES = Set.of(0, 1, 2, 3, 4, 5, 6, 7, 130);

  /** What may never reach a screen, once the colours are taken away. */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e"
              + "\\u2060-\\u206f\\ufeff\\ud800-\\udfff\\x{e0000}-\\x{e007f}]");

  private static final Pattern COLOUR = Pattern.compile("\033\\[(?:0|1|2|3[1-6])m");
  private static final Pattern TRACE = Pattern.compile("(?m)^\\s+at [\\w.$]+\\(|Exception in ");

  private static final Map<String, Integer> COUNTED = new LinkedHashMap<>();
  private static final InputStream STDIN = System.in;

  @TempDir static Path folder;

  private final ExecutorService player =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "player");
            thread.setDaemon(true);
            playing = thread;
            return thread;
          });

  private volatile @Nullable Thread playing;

  @BeforeAll
  static void begin() throws IOException {
    System.out.println(
        "hostile input: seed " + SEED + " (-Doosh.seed=" + SEED + " plays it again)");
    // Nothing that is typed may read what the test's own process is told.
    System.setIn(InputStream.nullInputStream());
    Files.writeString(folder.resolve("deploy.sh"), "#!/bin/sh -e\necho deployed\n");
    Files.writeString(folder.resolve("undo.sh"), "#!/bin/sh -e\necho undone\n");
    Files.writeString(folder.resolve("odd \033[31m.sh"), "echo odd\n");
  }

  @AfterAll
  static void end() {
    System.setIn(STDIN);
    StringBuilder s = new StringBuilder("hostile input: ");
    COUNTED.forEach((what, n) -> s.append(n).append(' ').append(what).append(", "));
    System.out.println(s.append("seed ").append(SEED));
  }

  @Test
  void commandLinesAreAnsweredInWords() throws Exception {
    Shell[] shell = new Shell[1];
    CapturedAnswer said = new CapturedAnswer();
    try (Backends backends = CheckBackends.open()) {
      playAll(
          "command lines",
          INPUTS * 45 / 100,
          (hostile, n) -> {
            if (n % 50 == 0) {
              shell[0] = shell(backends, said, hostile.oneIn(2), hostile.oneIn(2));
            }
            writeInner(hostile);
            String line = hostile.line(hostile.oneIn(60));
            String order = hostile.oneIn(30) ? "sandbox fail i-bp1c --print " + hostile.word() : "";
            said.input = line + "\n" + order;
            said.status = typed(shell[0], hostile, line);
            said.check();
            if (!order.isEmpty()) {
              said.status = new NonInteractiveShell(shell[0]).lines(List.of(order));
              said.check();
              new NonInteractiveShell(shell[0]).lines(List.of("sandbox fail --clear"));
            }
          });
    }
  }

  private static int typed(Shell shell, HostileInputGenerator hostile, String line) {
    return switch (hostile.upTo(3)) {
      case 0 -> shell.run(hostile.words(line));
      case 1 -> new NonInteractiveShell(shell).line(line);
      default -> new NonInteractiveShell(shell).lines(List.of(line));
    };
  }

  @Test
  void aSessionFileChangesNothingOnARealProfileWithoutAQuestion() throws Exception {
    try (HostileService service = new HostileService();
        Backends backends =
            new HostileServiceBackends(
                home(), RealProfilesWithoutRetryDelay::new, service.address())) {
      service.answer(new HostileService.Answers(200, ValidResponses.answers()));
      CapturedAnswer said = new CapturedAnswer();
      playAll(
          "session files",
          INPUTS * 15 / 100,
          (hostile, n) -> {
            writeInner(hostile);
            Path file = folder.resolve("played.oosh");
            byte[] bytes = hostile.sessionFile();
            Files.write(file, bytes);
            said.input = new String(bytes, StandardCharsets.UTF_8);
            said.colour = hostile.oneIn(2);
            // Nobody is there, or somebody who always says no.
            Shell shell = shell(backends, said, said.colour, hostile.oneIn(2));
            said.status = shell.run(List.of("run", file.toString()));
            said.check();
            assertThat(service.asked())
                .as("seed %d, input %d: %s", SEED, n, said.input)
                .noneMatch(
                    a ->
                        a.keyId().equals(RealProfilesWithoutRetryDelay.KEY)
                            && a.action().matches("(Start|Cancel|Notify).*"));
          });
    }
  }

  @Test
  void aCheckOfASessionFileEndsWhateverStandsInIt() throws Exception {
    CapturedAnswer said = new CapturedAnswer();
    try (Backends backends = CheckBackends.open()) {
      Shell shell = shell(backends, said, false, false);
      playAll(
          "checks",
          Math.max(3, INPUTS / 400),
          (hostile, n) -> {
            writeInner(hostile);
            Path file = folder.resolve("checked.oosh");
            Files.write(file, hostile.sessionFile());
            said.input = Files.readAllBytes(file).length + " bytes";
            said.status = shell.run(List.of("run", "--check", file.toString()));
            said.check();
          });
    }
  }

  @Test
  void aConfigFileThatIsBentIsRefusedInWords() throws Exception {
    Path file = folder.resolve("config.json");
    JsonObject good = JsonParser.parseString(ValidResponses.CONFIG).getAsJsonObject();
    CapturedAnswer said = new CapturedAnswer();
    try (HostileService service = new HostileService()) {
      Map<String, String> env = new LinkedHashMap<>();
      Function<Instant, Profiles> reading =
          now -> InTurnProfiles.of(env, file, service::address, () -> now);
      try (HostileServiceBackends backends =
          new HostileServiceBackends(
              home(), (at, pace) -> reading.apply(pace.instant()), service.address())) {
        playAll(
            "config files",
            INPUTS * 10 / 100,
            (hostile, n) -> {
              String text = hostile.written(hostile.bent(good), hostile.oneIn(4));
              Files.write(file, text.getBytes(StandardCharsets.UTF_8));
              env.clear();
              env.put("OOSH_ENDPOINT", service.address().toString());
              if (hostile.oneIn(4)) {
                env.put(
                    hostile.oneOf("ALIBABA_CLOUD_PROFILE", "ALIBABA_CLOUD_REGION_ID", "REGION"),
                    hostile.word());
              }
              said.input = text;
              List<Profile> all = List.of();
              try {
                Profile preferred = backends.profiles().preferred();
                all = backends.profiles().list();
                said.writer.println(preferred.isSandbox() ? "sandbox" : "another");
              } catch (Problem p) {
                said.writer.println(oosh.view.ProblemView.text(p, oosh.view.text.Style.plain(80)));
              }
              Shell shell = shell(backends, said, hostile.oneIn(2), false, Profile.SANDBOX);
              for (Profile p : all) {
                said.status = shell.run(List.of("use", "profile", p.name()));
                said.check();
                said.status =
                    new NonInteractiveShell(shell)
                        .lines(List.of("show", "use region " + hostile.word()));
                said.check();
              }
              said.status = shell.run(List.of("use", "profile", hostile.word()));
              said.check();
            });
      }
    }
  }

  @Test
  void marksOfProfilesThatAreBentAreRefusedInWords() throws Exception {
    Path settings = Files.createDirectories(folder.resolve("settings"));
    CapturedAnswer said = new CapturedAnswer();
    playAll(
        "marks of profiles",
        INPUTS / 20,
        (hostile, n) -> {
          String good =
              "profiles:\n  prod-*: {mark: production, colour: blue}\n  \"*\": {mark: none}\n  '"
                  + hostile.word().replace("'", "''")
                  + "':\n    colour: red\n";
          String text = hostile.oneIn(2) ? good : hostile.bent(good);
          Files.write(settings.resolve("config"), text.getBytes(StandardCharsets.UTF_8));
          said.input = text;
          said.status = 0;
          try {
            String name = hostile.oneIn(2) ? hostile.word() : "prod-eu";
            ProfileMark mark = ConfigFile.read(Map.of(), Optional.of(settings)).profiles().of(name);
            said.writer.println(
                Prompt.of(name, hostile.word(), hostile.word(), mark, true, Style.plain(80)));
          } catch (Problem p) {
            said.writer.println(oosh.view.ProblemView.text(p, Style.plain(80)));
          }
          said.check();
        });
  }

  @Test
  void aDraftThatIsBentIsRefusedInWords() throws Exception {
    CapturedAnswer said = new CapturedAnswer();
    try (Backends backends = CheckBackends.open()) {
      Shell first = shell(backends, said, false, false);
      ContextDraft kept = ContextDraft.of(first.session());
      first.run("use group asg-bp1web");
      first.run("stage script " + folder.resolve("deploy.sh"));
      first.run("stage batch 3");
      kept.keep();
      said.check();
      Path file = backends.home().resolve("draft");
      String good = Files.readString(file);
      playAll(
          "drafts",
          INPUTS / 20,
          (hostile, n) -> {
            String text = hostile.bent(good);
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
            said.input = text;
            said.status = 0;
            Shell next = shell(backends, said, hostile.oneIn(2), hostile.oneIn(2));
            ContextDraft.offer(next.session());
            said.check();
          });
    }
  }

  @Test
  void answersOfTheServiceAreReadStrictlyAndShownSafely() throws Exception {
    answers(
        "answers",
        INPUTS * 20 / 100,
        hostile -> {
          Map<String, String> bodies = new LinkedHashMap<>();
          boolean broken = hostile.oneIn(8);
          ValidResponses.answers()
              .forEach(
                  (action, body) ->
                      bodies.put(
                          action,
                          hostile.oneIn(3)
                              ? body
                              : hostile.written(
                                  hostile.bent(JsonParser.parseString(body)),
                                  broken && hostile.oneIn(2))));
          if (hostile.oneIn(10)) {
            JsonObject error = new JsonObject();
            error.addProperty("Code", hostile.bent("Throttling.User"));
            error.addProperty("Message", hostile.bent("no, the string to sign is"));
            error.addProperty("RequestId", hostile.word());
            String text = hostile.written(hostile.bent(error), false);
            bodies.replaceAll((action, body) -> text);
            return new HostileService.Answers(hostile.oneIn(2) ? 400 : 404, bodies);
          }
          return new HostileService.Answers(200, bodies);
        });
  }

  @Test
  void scriptOutputIsShownWithoutControlSequences() throws Exception {
    answers(
        "script outputs",
        INPUTS * 10 / 100,
        hostile -> {
          Map<String, String> bodies = new LinkedHashMap<>(ValidResponses.answers());
          bodies.put("ListTaskExecutions", ValidResponses.tasks(hostile.output()));
          return new HostileService.Answers(200, bodies);
        });
  }

  @Test
  void aWholeProcessEndsAsItShould() throws Exception {
    Path home = home();
    Files.createDirectory(home.resolve(".aliyun"));
    JsonObject config = JsonParser.parseString(ValidResponses.CONFIG).getAsJsonObject();
    CapturedAnswer said = new CapturedAnswer();
    try (HostileService service = new HostileService()) {
      service.answer(new HostileService.Answers(200, ValidResponses.answers()));
      playAll(
          "processes",
          Math.max(6, INPUTS / 4000),
          (hostile, n) -> {
            String written =
                n % 3 == 0 ? hostile.written(hostile.bent(config), n % 2 == 0) : config.toString();
            // Half a character is none of UTF-8: it goes as a question mark.
            Files.write(
                home.resolve(".aliyun/config.json"), written.getBytes(StandardCharsets.UTF_8));
            Files.write(folder.resolve("played.oosh"), hostile.sessionFile());
            String line = hostile.line(false).replace('\0', ' ');
            List<List<String>> ways =
                List.of(
                    List.of("run", folder.resolve("played.oosh").toString()),
                    List.of("-c", line),
                    hostile.words(line),
                    List.of(),
                    List.of("--profile", hostile.word().replace('\0', ' '), "show"),
                    List.of(
                        "--region", hostile.word().replace('\0', ' '), "use", "group", "asg-1"));
            List<String> command =
                new ArrayList<>(
                    List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Dh2.bindAddress=127.0.0.1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "oosh.Oosh"));
            command.addAll(ways.get(n % ways.size()));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("HOME", home.toString());
            builder.environment().put("OOSH_HOME", home.resolve("state").toString());
            builder.environment().put("OOSH_ENDPOINT", service.address().toString());
            Process process = builder.start();
            try (OutputStream in = process.getOutputStream()) {
              in.write(hostile.sessionFile());
            } catch (IOException e) {
              // It has left without reading, as most verbs do.
            }
            said.input = String.join(" ", ways.get(n % ways.size()));
            byte[] out = process.getInputStream().readAllBytes();
            said.writer.print(new String(out, StandardCharsets.UTF_8));
            said.status = process.waitFor();
            said.check();
          });
    }
  }

  private static final String[] ASKING = {
    "use group asg-1",
    "show exec-1",
    "show exec-1 -o json",
    "outputs exec-1",
    "outputs exec-1 -o json",
    "logs exec-1",
    "logs exec-1 -o json",
    "watch exec-1 --timeout 3s",
    "watch exec-1 --timeout 3s -o json",
    "history",
    "history -o json",
    "plan",
    "plan -o json",
    "launch -y --confirm asg-1 --timeout 3s",
    "launch -d -y --confirm asg-1 -o json",
    "rollback exec-1 -y --timeout 3s",
    "rollback exec-1 -n -o json",
    "abort exec-1 -y",
    "continue exec-1 --timeout 3s",
    "pause exec-3",
    "pause exec-3 -o json",
    "abort exec-3 -y",
    "continue exec-4 -d",
    "plan --skip-matching",
    "launch -y --confirm asg-1 --skip-matching --timeout 3s",
    "launch -y --confirm asg-1 --newcomers --timeout 3s",
    "stage gate alarm rule-1",
    "show",
    "show -o json",
    "history --all --limit 3",
    "coverage exec-1",
    "use group asg-1 -o json"
  };

  private void answers(
      String what, int count, Function<HostileInputGenerator, HostileService.Answers> answers)
      throws Exception {
    try (HostileService service = new HostileService();
        Backends backends =
            new HostileServiceBackends(
                home(), RealProfilesWithoutRetryDelay::new, service.address())) {
      CapturedAnswer said = new CapturedAnswer();
      Shell[] shell = new Shell[1];
      Set<String> unasked = new TreeSet<>(ValidResponses.answers().keySet());
      unasked.removeIf(action -> action.contains(" "));
      playAll(
          what,
          count,
          (hostile, n) -> {
            if (n % 40 == 0) {
              service.answer(new HostileService.Answers(200, ValidResponses.answers()));
              shell[0] = shell(backends, said, hostile.oneIn(2), false, "prod");
              new NonInteractiveShell(shell[0])
                  .lines(
                      List.of(
                          "use group asg-1",
                          "stage script " + folder.resolve("deploy.sh"),
                          "stage rollback " + folder.resolve("undo.sh")));
              if (hostile.oneIn(2)) {
                new NonInteractiveShell(shell[0])
                    .lines(
                        List.of(
                            "stage gate tcp 8080",
                            "stage gate lb",
                            "stage gate alarm rule-1",
                            "stage first i-1"));
              }
              said.check();
            }
            HostileService.Answers next = answers.apply(hostile);
            service.answer(next);
            String line =
                what.equals("answers")
                    ? hostile.oneOf(ASKING)
                    : hostile.oneOf("outputs exec-1", "outputs exec-1 -o json");
            said.input = line + " " + next;
            said.status = new NonInteractiveShell(shell[0]).lines(List.of(line));
            said.checkJson(line);
            said.check();
            service.asked().forEach(a -> unasked.remove(a.action()));
          });
      if (what.equals("answers") && count >= ENOUGH) {
        assertThat(unasked).as("bodies that no line asks for").isEmpty();
      }
    }
  }

  /** One input, made and played. */
  private interface Input {
    void play(HostileInputGenerator hostile, int n) throws Exception;
  }

  private void playAll(String what, int count, Input input) throws Exception {
    for (int i = 0; i < count; i++) {
      int n = i;
      Callable<Boolean> play =
          () -> {
            input.play(
                new HostileInputGenerator(SEED * 31 + what.hashCode() + n * 1_000_003L, folder), n);
            return true;
          };
      Future<Boolean> played = player.submit(play);
      String which = what + " " + n + " of seed " + SEED;
      try {
        assertThat(played.get(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } catch (ExecutionException e) {
        Throwable cause = Objects.requireNonNull(e.getCause());
        throw new AssertionError(
            which + ": " + cause.getMessage() + trace(cause.getStackTrace()), cause);
      } catch (TimeoutException e) {
        String where = playing == null ? "" : trace(playing.getStackTrace());
        throw new AssertionError(which + " hangs" + where, e);
      }
      COUNTED.merge(what, 1, Integer::sum);
    }
    player.shutdownNow();
  }

  private static Path home() throws IOException {
    return Files.createTempDirectory(folder, "home");
  }

  /** Where it happened: the build cuts a failure's own frames off. */
  private static String trace(StackTraceElement[] frames) {
    StringBuilder s = new StringBuilder();
    List.of(frames).stream().limit(20).forEach(f -> s.append("\n    in ").append(f));
    return s.toString();
  }

  /** The files that a session file may play. */
  private static void writeInner(HostileInputGenerator hostile) throws IOException {
    if (hostile.oneIn(8)) {
      Files.write(folder.resolve("one.oosh"), hostile.sessionFile());
      Files.write(folder.resolve("two.oosh"), hostile.sessionFile());
    }
  }

  private static Shell shell(
      Backends backends, CapturedAnswer said, boolean colour, boolean somebody) {
    return shell(backends, said, colour, somebody, backends.profiles().preferred().name());
  }

  private static Shell shell(
      Backends backends, CapturedAnswer said, boolean colour, boolean somebody, String profile) {
    said.colour = colour;
    Function<String, @Nullable String> no =
        question -> {
          said.writer.print(question);
          return "n";
        };
    StreamScreen screen =
        new StreamScreen(said.results, said.writer, () -> 80, colour, somebody ? no : null);
    return new Shell(new Session(backends, screen, backends.profiles().named(profile), null, null));
  }

  /** What one input has brought onto the screen, and how it ended. */
  private static final class CapturedAnswer {
    private final StringWriter text = new StringWriter();
    private final PrintWriter writer = new PrintWriter(text, true);
    private final StringWriter result = new StringWriter();
    private final PrintWriter results = new PrintWriter(result, true);
    private boolean colour;
    private int status;
    private String input = "";

    void check() {
      String shown = result + text.toString();
      result.getBuffer().setLength(0);
      text.getBuffer().setLength(0);
      String plain = colour ? COLOUR.matcher(shown).replaceAll("") : shown;
      String from = input.length() > 3000 ? input.substring(0, 3000) + "…" : input;
      assertThat(status).as(from).isIn(STATUSES);
      assertThat(plain).as(from).doesNotContainPattern(FORBIDDEN);
      assertThat(plain)
          .as(from)
          .doesNotContain("internal error in oosh")
          .doesNotContainPattern(TRACE);
    }

    /** A result in JSON is JSON: one document, or one object a line while watching. */
    void checkJson(String line) {
      String shown = result.toString();
      if (line.endsWith("json")) {
        (line.startsWith("watch") ? shown.lines() : Stream.of(shown))
            .filter(document -> !document.isEmpty())
            .forEach(document -> assertThat(JsonParser.parseString(document)).isNotNull());
      }
    }
  }
}
