package oosh.shell.syntax;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import oosh.rollout.Problem;
import oosh.shell.Quoting;
import oosh.shell.SessionFile;
import org.springframework.shell.core.command.CommandRegistry;

/** The parameters of a session file: {@code run FILE group=asg-bp1web} fills {@code ${group}}. */
public final class SessionParameters {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][\\w-]*");

  private SessionParameters() {}

  /** The names that the steps use, in their order. */
  public static Set<String> names(List<SessionFile.Step> steps) {
    Set<String> names = new LinkedHashSet<>();
    for (SessionFile.Step step : steps) {
      step.statements().forEach(s -> names.addAll(Parameters.NAMED.names(s)));
    }
    return names;
  }

  /**
   * The steps with the values in the place of the parameters.
   *
   * @param given {@code name=value}, a word each
   * @throws Problem USAGE if one is missing, is not used, is given twice, or cannot stand there
   */
  public static List<SessionFile.Step> fill(
      Path file, List<SessionFile.Step> steps, List<String> given, CommandRegistry verbs) {
    Set<String> used = names(steps);
    Map<String, String> values = values(file, given, used);
    List<String> missing = used.stream().filter(n -> !values.containsKey(n)).toList();
    if (!missing.isEmpty()) {
      throw Problem.usage(
          file + " needs " + String.join(", ", missing),
          "nothing was run; the file uses " + list(used),
          line(file, used, values));
    }
    List<SessionFile.Step> filled = new ArrayList<>();
    for (SessionFile.Step step : steps) {
      try {
        filled.add(
            step.with(
                step.statements().stream()
                    .map(s -> Parameters.NAMED.fill(s, values, verbs))
                    .toList()));
      } catch (Problem p) {
        throw p.instead(file + ":" + step.number() + ": " + p.what(), p.next());
      }
    }
    return filled;
  }

  private static Map<String, String> values(Path file, List<String> given, Set<String> used) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String word : given) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (equals < 0 || !NAME.matcher(name).matches()) {
        throw Problem.usage(
            "run does not take \"" + word + "\"",
            "behind the file it takes parameters, name=value",
            line(file, used, values));
      }
      if (!used.contains(name)) {
        throw Problem.usage(
            file + " has no parameter " + name,
            used.isEmpty() ? "it has none" : "it uses " + list(used),
            line(file, used, values));
      }
      if (values.put(name, word.substring(equals + 1)) != null) {
        throw Problem.usage(
            "parameter " + name + " is given twice", "one value counts", line(file, used, values));
      }
    }
    return values;
  }

  private static String list(Set<String> used) {
    return String.join(", ", used.stream().map(Parameters.NAMED::typed).toList());
  }

  private static String line(Path file, Set<String> used, Map<String, String> values) {
    StringBuilder line = new StringBuilder("run " + Quoting.quoted(file.toString()));
    for (String name : used) {
      String value = values.get(name);
      line.append(' ').append(value == null ? name + "=VALUE" : Quoting.quoted(name + "=" + value));
    }
    return line.toString();
  }
}
