package oosh.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rows 1, 2, 3 and 6: from starting a process to what a person sees. All take turns, so that what
 * else the machine does meanwhile meets all of them alike.
 */
final class Starts {
  private static final int WARM_UP = 2;

  /** Of an id what comes behind {@code exec-}: a list of candidates has a colour in between. */
  private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{16}\\b");

  private final Stage stage;
  private final String endpoint;
  private final Map<String, Supplier<Double>> contenders = new LinkedHashMap<>();
  private final Map<String, List<Double>> figures = new LinkedHashMap<>();

  Starts(Stage stage, String endpoint) {
    this.stage = stage;
    this.endpoint = endpoint;
  }

  private Spread spread(String name) {
    return Spread.of(figures.get(name).stream().mapToDouble(Double::doubleValue).toArray());
  }

  private void turns(int rounds) {
    for (int round = 0; round < WARM_UP + rounds; round++) {
      for (Map.Entry<String, Supplier<Double>> one : contenders.entrySet()) {
        double milliseconds = one.getValue().get();
        if (round >= WARM_UP) {
          figures.computeIfAbsent(one.getKey(), k -> new ArrayList<>()).add(milliseconds);
        }
      }
    }
  }

  void measure(
      Set<Integer> rows, int rounds, Path empty, Path thousand, Path million, Table table) {
    contenders.put("nothing", () -> end(stage.nothing()));
    contenders.put("hello", () -> end(stage.hello()));
    if (rows.contains(1)) {
      contenders.put("jshell", () -> shown(stage.jshell(), Stage.JSHELL_PROMPT, "/exit\r"));
      contenders.put("line", () -> shown(stage.line(), Stage.LINE_PROMPT, "\004"));
      contenders.put("prompt", () -> prompt(thousand));
    }
    if (rows.contains(2)) {
      String last = lastOf(thousand);
      contenders.put("answer", () -> answer(thousand, last));
    }
    if (rows.contains(3)) {
      contenders.put("one-shot", () -> end(stage.oosh(thousand, endpoint, "", "history")));
    }
    if (rows.contains(6)) {
      contenders.put("prompt, empty", () -> prompt(empty));
      contenders.put("prompt, million", () -> prompt(million));
      String last = lastOf(million);
      contenders.put("answer, empty", () -> answer(empty, "nothing launched yet"));
      contenders.put("answer, million", () -> answer(million, last));
    }
    turns(rounds);
    report(rows, table);
  }

  private void report(Set<Integer> rows, Table table) {
    Jdk jdk = stage.jdk();
    Spread hello = spread("hello");
    table.floor(
        "a process that does nothing, part of every start", jdk, spread("nothing").text("ms"));
    table.floor("java Hello, to its end", jdk, hello.text("ms"));
    if (rows.contains(1)) {
      Spread jshell = spread("jshell");
      Spread line = spread("line");
      table.floor("jshell, to its prompt", jdk, jshell.text("ms"));
      table.floor("JLine alone, with a class archive, to its prompt", jdk, line.text("ms"));
      Spread prompt = spread("prompt");
      table.ratio(1, "start to the first prompt", jdk, prompt, hello, "Hello", 5);
      table.ratio(1, "", jdk, prompt, jshell, "jshell", 0.18);
      table.ratio(1, "", jdk, prompt, line, "JLine", 1.4);
    }
    if (rows.contains(2)) {
      table.ratio(
          2,
          "start to the answer of `history` typed ahead",
          jdk,
          spread("answer"),
          hello,
          "Hello",
          9);
    }
    if (rows.contains(3)) {
      table.ratio(3, "`./oosh history` and out", jdk, spread("one-shot"), hello, "Hello", 7);
    }
    if (rows.contains(6)) {
      table.floor("start to the prompt, empty journal", jdk, spread("prompt, empty").text("ms"));
      table.floor(
          "start to the answer typed ahead, empty journal",
          jdk,
          spread("answer, empty").text("ms"));
      table.ratio(
          6,
          "start to the prompt, 1,000,000 records",
          jdk,
          spread("prompt, million"),
          spread("prompt, empty"),
          "empty",
          1.15);
      table.ratio(
          6,
          "the same to the answer typed ahead",
          jdk,
          spread("answer, million"),
          spread("answer, empty"),
          "empty",
          1.15);
    }
  }

  private double prompt(Path home) {
    return shown(stage.oosh(home, endpoint, ""), Stage.PROMPT, "exit\r");
  }

  private double answer(Path home, String last) {
    return shown(stage.oosh(home, endpoint, "history\r"), last, "exit\r");
  }

  private static double shown(Pty pty, String text, String leave) {
    try (pty) {
      long at = pty.until(text);
      pty.type(leave);
      pty.ended();
      return milliseconds(at - pty.started());
    }
  }

  private static double end(Pty pty) {
    try (pty) {
      long at = pty.ended();
      if (pty.status() != 0) {
        throw new IllegalStateException("it ended with " + pty.status() + ": " + pty.since(0));
      }
      return milliseconds(at - pty.started());
    }
  }

  /** The id in the last line of the history's first screen. */
  private String lastOf(Path home) {
    try (Pty pty = stage.oosh(home, endpoint, "", "history")) {
      pty.ended();
      Stage.pause(100);
      return last(pty.since(0));
    }
  }

  static String last(String text) {
    Matcher matcher = ID.matcher(text.replaceAll("\033\\[[0-9;?]*[a-zA-Z]", " "));
    String last = null;
    while (matcher.find()) {
      last = matcher.group();
    }
    if (last == null) {
      throw new IllegalStateException("no execution is listed in " + text);
    }
    return last;
  }

  static double milliseconds(long nanoseconds) {
    return nanoseconds / (double) Duration.ofMillis(1).toNanos();
  }
}
