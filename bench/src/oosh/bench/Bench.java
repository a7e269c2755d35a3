package oosh.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.util.Statistics;

/** Measures every row on every JDK and prints the table; progress goes to standard error. */
public final class Bench {
  private static final int LARGE = 100_000;
  private static final int MILLION = 1_000_000;

  /** Other words for rows. */
  private static final Map<String, Set<Integer>> NAMES =
      Map.of(
          "start", Set.of(1, 2, 3, 6),
          "prompt", Set.of(1),
          "answer", Set.of(2),
          "one-shot", Set.of(3),
          "tab", Set.of(4),
          "history", Set.of(5),
          "launch", Set.of(7),
          "watch", Set.of(8),
          "memory", Set.of(9),
          "sandbox", Set.of(10));

  private final Path root;
  private final Path scratch;
  private final Set<Integer> rows = new TreeSet<>();
  private final List<Jdk> jdks = new ArrayList<>();
  private final Table table = new Table();
  private boolean quick;
  private int rounds;

  private Bench(Path root, Path scratch) {
    this.root = root;
    this.scratch = scratch;
  }

  public static void main(String[] args) {
    Bench bench = new Bench(Path.of(args[0]), Path.of(args[1]));
    if (!bench.asked(List.of(args).subList(2, args.length))) {
      System.err.println(
          "bench/run [--quick] [--rounds N] [--jdk HOME]… [ROW…], with ROW from 1 to 10 or one of "
              + NAMES.keySet().stream().sorted().collect(Collectors.joining(", ")));
      System.exit(2);
    }
    bench.run();
    System.exit(0);
  }

  private boolean asked(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--quick")) {
        quick = true;
      } else if (word.equals("--rounds") && i + 1 < words.size()) {
        rounds = Integer.parseInt(words.get(++i));
      } else if (word.equals("--jdk") && i + 1 < words.size()) {
        jdks.add(Jdk.of(Path.of(words.get(++i))));
      } else if (NAMES.containsKey(word)) {
        rows.addAll(NAMES.get(word));
      } else if (word.matches("[1-9]|10")) {
        rows.add(Integer.parseInt(word));
      } else {
        return false;
      }
    }
    if (rows.isEmpty()) {
      NAMES.values().forEach(rows::addAll);
    }
    if (jdks.isEmpty()) {
      jdks.addAll(Jdk.here());
    }
    rounds = rounds > 0 ? rounds : quick ? 5 : 15;
    return true;
  }

  private void run() {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    long began = System.nanoTime();
    List<String> head = new ArrayList<>(machine());
    for (Jdk jdk : jdks) {
      Path folder = Stage.folder(scratch.resolve("sandbox-" + jdk.name()));
      try (SandboxProcess sandbox = new SandboxProcess(jdk, folder);
          Recorder recorder = new Recorder(sandbox.address())) {
        Stage stage = new Stage(root, scratch, jdk);
        say(jdk, "class archive");
        head.add(
            "JDK "
                + jdk.version()
                + " ("
                + jdk.maker()
                + "): "
                + stage.prepare(recorder.address()));
        rows(stage, sandbox, recorder);
      } catch (RuntimeException e) {
        // The other JDK's rows are worth having.
        e.printStackTrace();
        table.failed(0, "all", jdk, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      }
    }
    head.add(
        "medians of "
            + rounds
            + " (least–most), in turns; "
            + Duration.ofNanos(System.nanoTime() - began).toSeconds()
            + " s in all; load at the end "
            + load());
    head.forEach(line -> out.println("- " + line));
    out.println();
    out.print(table.text());
  }

  private void rows(Stage stage, SandboxProcess sandbox, Recorder recorder) {
    Path kept = Stage.folder(root.resolve("bench/target"));
    Path thousand = Records.of(kept, 1000);
    String endpoint = recorder.address();
    Path large = rows.contains(4) || rows.contains(5) ? Records.of(kept, LARGE) : thousand;
    Path million = rows.contains(6) ? Records.of(kept, MILLION) : thousand;
    Inside inside = new Inside(stage, kept.resolve("jmh-" + stage.jdk().name() + ".log"), quick);
    try {
      if (rows.stream().anyMatch(Set.of(1, 2, 3, 6)::contains)) {
        one(
            stage,
            1,
            "starts",
            () ->
                new Starts(stage, endpoint)
                    .measure(rows, rounds, stage.home("empty"), thousand, million, table));
      }
      if (rows.contains(4)) {
        one(
            stage,
            4,
            "Tab",
            () -> Tabs.measure(stage, endpoint, quick ? 15 : 60, thousand, large, table));
        one(stage, 4, "Tab, inside", () -> tabs(stage, inside, thousand, large));
      }
      if (rows.contains(5)) {
        one(stage, 5, "history, inside", () -> histories(stage, inside, large));
      }
      if (rows.contains(7)) {
        Path home = stage.home("launch");
        Records.copy(thousand, home);
        one(
            stage,
            7,
            "launch",
            () -> Launches.measure(stage, sandbox, recorder, quick ? 3 : 7, home, table));
      }
      if (rows.contains(9)) {
        one(
            stage,
            9,
            "memory",
            () -> Memory.measure(stage, endpoint, quick ? 1 : 3, thousand, table));
      }
      Path big = stage.home("big");
      Watches watches = new Watches(stage, sandbox, recorder, big, table);
      if (rows.contains(10)) {
        one(stage, 10, "sandbox", () -> watches.rollouts(quick ? 1 : 3));
      }
      // Six minutes of looking on for each state.
      if (rows.contains(8)) {
        one(stage, 8, "watch", () -> watches.watches(!quick));
      }
    } finally {
      Records.tidy(thousand);
      Records.tidy(large);
      Records.tidy(million);
    }
  }

  private void one(Stage stage, int row, String what, Runnable work) {
    say(stage.jdk(), what);
    try {
      work.run();
    } catch (RuntimeException e) {
      String why = String.valueOf(e.getMessage());
      System.err.println(why);
      table.failed(row, what, stage.jdk(), why.lines().findFirst().orElse("").replace('|', '¦'));
    }
  }

  private static void say(Jdk jdk, String what) {
    System.err.println("JDK " + jdk.name() + ": " + what + " …");
  }

  private void tabs(Stage stage, Inside inside, Path thousand, Path large) {
    Map<String, Statistics> few = inside.tabs(thousand);
    Map<String, Statistics> many = inside.tabs(large);
    many.forEach(
        (typed, figures) -> {
          String what = "`" + typed + "<Tab>`, inside (JMH), 100,000 records";
          double p99 = figures.getPercentile(99);
          table.limit(4, what, stage.jdk(), percentiles(figures), p99, 10, "ms");
          Statistics beside = few.get(typed);
          if (beside != null) {
            Spread one = Spread.of(figures.getPercentile(50));
            Spread other = Spread.of(beside.getPercentile(50));
            table.ratio(4, "", stage.jdk(), one, other, "1,000", 2);
          }
        });
  }

  private void histories(Stage stage, Inside inside, Path large) {
    Map<String, Statistics> all = inside.histories(large);
    for (String line : Inside.lines()) {
      String what = "`" + line + "`, 100,000 records";
      Statistics figures = all.get(line);
      if (figures == null) {
        table.failed(5, what, stage.jdk(), inside.why(line));
      } else {
        double p99 = figures.getPercentile(99);
        table.limit(5, what, stage.jdk(), percentiles(figures), p99, 50, "ms");
      }
    }
  }

  private static String percentiles(Statistics figures) {
    Function<Double, String> at = p -> Spread.number(figures.getPercentile(p));
    return "p99 " + at.apply(99.0) + " ms of " + figures.getN() + "; median " + at.apply(50.0);
  }

  private List<String> machine() {
    return List.of(
        Instant.now().truncatedTo(ChronoUnit.MINUTES) + ", commit " + commit(),
        Runtime.getRuntime().availableProcessors()
            + " cores ("
            + first("/proc/cpuinfo", "model name")
            + "), "
            + Long.parseLong(first("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024
            + " MiB, "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + ", load at the start "
            + load());
  }

  private String commit() {
    try {
      Process git =
          new ProcessBuilder("git", "-C", root.toString(), "describe", "--always", "--dirty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return said.isEmpty() ? "unknown" : said;
    } catch (IOException none) {
      return "unknown";
    }
  }

  private static String load() {
    try {
      String[] words = Files.readString(Path.of("/proc/loadavg")).split(" ");
      return words[0] + " " + words[1] + " " + words[2];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String first(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(l -> l.startsWith(name))
          .map(l -> l.replaceFirst("^[^:]*:\\s*", ""))
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
