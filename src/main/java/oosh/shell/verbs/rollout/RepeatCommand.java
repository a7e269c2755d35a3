package oosh.shell.verbs.rollout;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.shell.CommandInput;
import oosh.shell.JsonAnswer;
import oosh.shell.Quoting;
import oosh.shell.Session;
import oosh.shell.StrictCommandParser;
import oosh.shell.Verb;
import oosh.shell.VerbCommand;
import oosh.shell.WordCompleter;
import oosh.shell.screen.KeyReader;
import oosh.shell.screen.Screen;
import oosh.shell.screen.StreamScreen;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextWidth;
import oosh.view.text.TimeText;

/*
 * every 5s: show · 10:32:05 · q or Ctrl-C ends it
 *
 * asg-bp1web "web": 6 instances in service
 */
/**
 * {@code repeat 5s VERB…}: runs a verb that changes nothing again and again, until Ctrl-C. At a
 * terminal its answer is repainted in place, elsewhere the answers stand below each other. A round
 * that fails is shown, and the next one may succeed; without credentials none can.
 */
public final class RepeatCommand {
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofHours(1);

  /** Those that only read, on OOS's side and here. Each may still refuse an option that writes. */
  private static final Set<String> READS =
      Set.of(
          "show",
          "whoami",
          "plan",
          "doctor",
          "coverage",
          "history",
          "outputs",
          "logs",
          "report",
          "tag",
          "notify list",
          "sandbox status",
          "help");

  private RepeatCommand() {}

  public static Verb verb() {
    return Verb.of("repeat", Verb.HelpSection.PAST, "run a verb that changes nothing, every 5s")
        .example("repeat 5s show", "repeat 30s history --limit 5", "repeat 1m doctor")
        .argument("INTERVAL", WordCompleter.words("5s", "30s", "1m"))
        .several(
            StrictCommandParser.REST,
            WordCompleter.each(RepeatCommand::reads, Verb::name, Verb::sentence))
        .answers(JsonAnswer.NOTHING)
        .does(
            (session, in) -> {
              Duration interval =
                  CommandInput.taken(
                      CommandInput.time(in.need(0))
                          .filter(t -> t.compareTo(LEAST) >= 0 && t.compareTo(MOST) <= 0),
                      "repeat",
                      in.need(0),
                      "an interval from 1s to 1h",
                      "repeat 5s show");
              List<String> words = in.arguments().subList(1, in.arguments().size());
              requireReads(session, words);
              String line = words.stream().map(Quoting::quoted).collect(Collectors.joining(" "));
              return session.screen().repaints()
                  ? painted(session, line, interval)
                  : plain(session, line, interval);
            });
  }

  private static List<Verb> reads(Session session) {
    return VerbCommand.verbs(session.shell().commands()).stream()
        .filter(verb -> READS.contains(verb.name()))
        .toList();
  }

  private static void requireReads(Session session, List<String> words) {
    if (words.isEmpty()) {
      throw Problem.usage(
          "repeat needs a verb", "without it there is nothing to run", "repeat 5s show");
    }
    String line = words.stream().map(Quoting::quoted).collect(Collectors.joining(" "));
    Optional<VerbCommand> named = Optional.empty();
    int taken = 0;
    for (int n = 1; n <= words.size(); n++) {
      Optional<VerbCommand> longer =
          VerbCommand.named(session.shell().commands(), String.join(" ", words.subList(0, n)));
      if (longer.isPresent()) {
        named = longer;
        taken = n;
      }
    }
    if (named.isEmpty()) {
      throw Problem.usage(
          "there is no verb \"" + words.get(0) + "\"", "repeat runs a verb", "repeat 5s show");
    }
    Verb verb = named.get().verb();
    CommandInput input = StrictCommandParser.input(verb, words.subList(taken, words.size()));
    if (!READS.contains(verb.name())
        || verb.changes(input)
        || verb.writes(input).isPresent()
        || input.has("follow")
        || (verb.name().equals("tag") && !input.arguments().isEmpty())) {
      throw Problem.usage(
          "repeat does not take \"" + TextSanitizer.line(line) + "\"",
          input.has("follow")
              ? "it goes on by itself"
              : "it takes only a verb that changes nothing: "
                  + READS.stream().sorted().collect(Collectors.joining(", ")),
          "repeat 5s show");
    }
    if (session.playing() != null) {
      throw Problem.refused(
          "a session file cannot repeat a verb",
          "repeat ends by Ctrl-C alone",
          "type the line at the prompt");
    }
  }

  /** Below each other, with an empty line between. */
  private static int plain(Session session, String line, Duration interval)
      throws InterruptedException {
    for (boolean first = true; !session.screen().out().checkError(); first = false) {
      if (!first) {
        session.screen().out().println();
      }
      int status = session.shell().run(line);
      session.screen().out().flush();
      if (ends(status)) {
        return status;
      }
      session.backends().pace().pause(interval);
    }
    return 0;
  }

  private static boolean ends(int status) {
    return status == Problem.Kind.CREDENTIALS.exitStatus()
        || status == Problem.Kind.INTERRUPTED.exitStatus();
  }

  private static int painted(Session session, String line, Duration interval)
      throws InterruptedException {
    Screen screen = session.screen();
    TimeSource pace = session.backends().pace();
    try (WatchKeyboard keys = new WatchKeyboard(screen)) {
      while (true) {
        StringWriter text = new StringWriter();
        int status = round(session, line, text);
        if (ends(status)) {
          screen.paint(List.of());
          screen.out().print(text);
          return status;
        }
        Instant at = pace.instant();
        Instant next = at.plus(interval);
        paint(screen, line, interval, at, text.toString());
        while (pace.instant().isBefore(next)) {
          if (screen.isResized()) {
            paint(screen, line, interval, at, text.toString());
          }
          int key = keys.read(pace);
          if (key == 'q') {
            return 0;
          } else if (key == KeyReader.END) {
            pace.pause(Duration.between(pace.instant(), next));
          }
        }
      }
    } finally {
      screen.paint(List.of());
    }
  }

  /** What the verb says is kept: nothing can be asked meanwhile. */
  private static int round(Session session, String line, StringWriter text) {
    Screen screen = session.screen();
    PrintWriter writer = new PrintWriter(text);
    session.show(
        new StreamScreen(
            writer, writer, () -> screen.style().width() - 1, screen.style().colour(), null));
    try {
      return session.shell().run(line);
    } finally {
      writer.flush();
      session.show(screen);
    }
  }

  private static void paint(
      Screen screen, String line, Duration interval, Instant at, String text) {
    int width = screen.style().width() - 1;
    int height = screen.rows() - 1;
    String head =
        "every "
            + TimeText.span(interval)
            + ": "
            + TextSanitizer.line(line)
            + " · "
            + TimeText.clock(at)
            + " · q or Ctrl-C ends it";
    List<String> frame = new ArrayList<>();
    frame.add(screen.style().dim(TextWidth.cut(head, width)));
    frame.add("");
    List<String> lines = text.lines().map(l -> TextWidth.cut(l, width)).toList();
    int room = Math.max(0, height - frame.size());
    if (lines.size() <= room) {
      frame.addAll(lines);
    } else {
      frame.addAll(lines.subList(0, Math.max(0, room - 1)));
      frame.add(
          TextWidth.cut("… " + (lines.size() - Math.max(0, room - 1)) + " more lines", width));
    }
    screen.paint(frame.subList(0, Math.min(frame.size(), Math.max(1, height))));
  }
}
