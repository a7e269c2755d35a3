package oosh.shell.oneline;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.shell.Quoting;
import oosh.shell.Session;
import oosh.shell.Verb;

/**
 * Where the one command of {@code ./oosh} was typed to act: {@code --profile}, {@code --region} and
 * {@code --group}. What its refusal says to type next has them, too, so that it can be pasted.
 */
public final class TypedPlace {
  /** Where a command begins within a sentence. */
  private static final String BEGINS = "(?<=^|[;,:] |[;,] or |, then )";

  private Map<String, String> place = Map.of();

  private TypedPlace() {}

  /** The session's; empty at a prompt, and for what comes from a file. */
  public static TypedPlace of(Session session) {
    return session.part(TypedPlace.class, s -> new TypedPlace());
  }

  /**
   * Begins with the options that were typed.
   *
   * @param typed their values by their names
   */
  public void begin(Map<String, String> typed) {
    place = new LinkedHashMap<>(typed);
  }

  /**
   * The problem, with these options in the commands that it says to type next.
   *
   * @param verbs all that there are
   */
  public Problem in(Problem p, List<Verb> verbs) {
    if (place.isEmpty()) {
      return p;
    }
    Map<String, Verb> acting =
        verbs.stream().filter(TypedPlace::acts).collect(Collectors.toMap(Verb::name, v -> v));
    String names =
        acting.keySet().stream()
            .sorted(Comparator.comparing(String::length).reversed())
            .collect(Collectors.joining("|"));
    return p.instead(
        p.what(),
        Pattern.compile(BEGINS + "(" + names + ")(?=$|[;,]| (?!\\[))")
            .matcher(p.next())
            .replaceAll(found -> Matcher.quoteReplacement(placed(found, acting))));
  }

  /** The others only say what a next command uses, or act nowhere. */
  private static boolean acts(Verb verb) {
    return verb.heading() == Verb.HelpSection.ROLLOUT || verb.heading() == Verb.HelpSection.PAST;
  }

  private String placed(MatchResult command, Map<String, Verb> acting) {
    String name = command.group(1);
    Verb verb = Objects.requireNonNull(acting.get(name));
    return place.entrySet().stream()
        .filter(o -> verb.flag(o.getKey()).isEmpty())
        .map(o -> " --" + o.getKey() + " " + Quoting.quoted(o.getValue()))
        .collect(Collectors.joining("", name, ""));
  }
}
