package oosh.shell.oneline;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.Problem;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.CommandInput;
import oosh.shell.FileName;
import oosh.shell.Quoting;
import oosh.shell.Session;
import oosh.shell.StrictCommandParser;
import oosh.shell.Verb;

/**
 * The options of a line that stage something: the value of {@code --gate} is what follows {@code
 * stage gate}. They add to what is staged, for this line alone.
 */
public final class StagedOptions {
  private static final Pattern UNSTAGE = Pattern.compile("\\bunstage (\\S+?)(?=[,;\\s]|$)");

  private StagedOptions() {}

  /** The rest of a command. */
  public interface Work {
    int run() throws InterruptedException;
  }

  /**
   * Does it with what the line's options stage, and leaves the session as it was.
   *
   * @return the exit status
   */
  public static int during(Session session, Verb verb, CommandInput in, Work work)
      throws InterruptedException {
    List<Verb> given = verb.parts().stream().filter(p -> in.has(p.option())).toList();
    if (given.isEmpty() || in.has("help")) {
      return work.run();
    }
    return alone(
        session,
        () -> {
          try {
            for (Verb part : given) {
              stage(session, part, in);
            }
            return work.run();
          } catch (Problem p) {
            throw p.instead(p.what(), leftOut(p.next(), in));
          }
        });
  }

  /** Does something that stages and chooses, and leaves the session as it was. */
  public static int alone(Session session, Work work) throws InterruptedException {
    Context context = session.context();
    UpdateSpec staged = session.staging();
    Map<String, Path> files = new HashMap<>(session.files());
    try {
      return work.run();
    } finally {
      session.stageBack(staged);
      session.files().clear();
      session.files().putAll(files);
      if (!session.context().equals(context)) {
        session.move(context, context.chosenGroup().isEmpty() ? null : session.group());
      }
    }
  }

  private static void stage(Session session, Verb part, CommandInput in)
      throws InterruptedException {
    for (String value : in.values(part.option())) {
      try {
        part.change(session, line(part, words(part, value))).change().accept(session);
      } catch (Problem p) {
        throw p.instead(
            "--" + part.option() + " " + Quoting.quoted(value) + ": " + p.what(),
            next(p.next(), part, value, in));
      }
    }
  }

  /**
   * A line of a staging verb that another line, or a file, holds.
   *
   * @throws Problem for what the verb does not take, and for an option of every verb
   */
  public static CommandInput line(Verb part, List<String> words) {
    CommandInput line = StrictCommandParser.input(part, words);
    for (String option : Verb.OF_EVERY) {
      if (line.has(option)) {
        throw Problem.usage(
            part.name() + " takes no --" + option + " here",
            "it belongs to the whole line",
            line.without(option).line());
      }
    }
    return line;
  }

  /** A file whose name has blanks is one word. */
  private static List<String> words(Verb part, String value) {
    try {
      if (part.usage().contains("FILE") && Files.exists(FileName.of(value))) {
        return List.of(value);
      }
    } catch (InvalidPathException none) {
      // Then it is not such a file.
    }
    return StrictCommandParser.split(value);
  }

  /** The line with what is to be typed instead, where that is a single line of the stage verb. */
  private static String next(String next, Verb part, String value, CommandInput in) {
    if (!next.startsWith(part.name() + " ") || next.matches(".*(, |\\(|…|\\[).*")) {
      return next;
    }
    List<String> values = new ArrayList<>(in.values(part.option()));
    values.replaceAll(v -> v.equals(value) ? next.substring(part.name().length() + 1) : v);
    return in.line(part.option(), String.join(CommandInput.AND, values));
  }

  /** What an option has staged is not taken back by a verb. */
  private static String leftOut(String next, CommandInput in) {
    return UNSTAGE
        .matcher(next)
        .replaceAll(
            m -> Matcher.quoteReplacement(in.has(m.group(1)) ? "omit --" + m.group(1) : m.group()));
  }
}
