package oosh.shell.oneline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import oosh.shell.CommandInput;
import oosh.shell.Quoting;
import oosh.shell.Shell;
import oosh.shell.StrictCommandParser;
import oosh.shell.Verb;

/**
 * A verb that is the one command of {@code ./oosh}, although it only says what the next command
 * uses: context and staging end with the command.
 */
public final class LoneVerb {
  private LoneVerb() {}

  /**
   * Names the line that does what the words prepare.
   *
   * <pre>
   * nothing stays staged when oosh ends; ./oosh launch --group G --batch 3 does it in one line
   * </pre>
   *
   * @param place the options of place that were given, by name
   * @return empty for a verb that does something alone, and where only its help is asked for
   */
  public static Optional<String> sentence(
      Shell shell, List<String> words, Map<String, String> place) {
    Verb verb = shell.parser().command(words).orElseThrow().verb();
    boolean places = verb.name().startsWith("use ") && !verb.isPart();
    boolean stages = verb.heading() == Verb.HelpSection.STAGE;
    CommandInput in =
        StrictCommandParser.input(
            verb, words.subList(verb.name().split(" ", -1).length, words.size()));
    if (in.has("help") || !(places || stages || verb.isPart())) {
      return Optional.empty();
    }
    Map<String, String> options = new LinkedHashMap<>(place);
    options.putIfAbsent("group", "G");
    if (places || verb.isPart()) {
      options.put(verb.option(), in.line().substring(verb.name().length()).strip());
    }
    if (places || !verb.isPart()) {
      options.putIfAbsent("script", "FILE");
    }
    String line =
        options.entrySet().stream()
            .map(o -> " --" + o.getKey() + " " + shellWord(o.getValue()))
            .collect(Collectors.joining("", "oosh launch", ""));
    return Optional.of(
        (stages ? "nothing stays staged" : "what is chosen is forgotten")
            + " when oosh ends; "
            + line
            + " does it in one line");
  }

  /** As a POSIX shell reads it. */
  private static String shellWord(String value) {
    return value.equals(Quoting.quoted(value)) ? value : "'" + value.replace("'", "'\\''") + "'";
  }
}
