package oosh.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import org.springframework.shell.core.command.CommandOption;

/** The help of a verb: examples, usage and options, as text and as JSON. */
public final class VerbHelp {
  /** What help output explains for all verbs. */
  private static final Set<String> REST = Set.of("query", "columns");

  private static final String PARTS =
      "For this line alone, beside what is staged; help stage has the details. A value is"
          + " what follows the stage verb, in quotes if that is more than a word: --gate"
          + " 'http 8080/health --expect 204'. --gate and --set may be repeated.";

  private VerbHelp() {}

  /** Verbs with their arguments and options, as one document. */
  public static String json(List<Verb> verbs) {
    return JsonOutput.document(Map.of("verbs", verbs.stream().map(VerbHelp::fields).toList()));
  }

  private static Map<String, Object> fields(Verb verb) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("verb", verb.name());
    fields.put("heading", verb.heading().title);
    fields.put("does", verb.sentence());
    fields.put("usage", verb.usage());
    fields.put("examples", verb.examples());
    if (!verb.kinds().isEmpty()) {
      fields.put("kinds", verb.kinds());
    }
    fields.put("options", verb.flags().stream().map(VerbHelp::fields).toList());
    fields.put("answers", verb.answers().stream().map(JsonAnswer::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(CommandOption flag) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("option", "--" + flag.longName());
    if (flag.shortName() != Verb.NO_LETTER) {
      fields.put("letter", "-" + flag.shortName());
    }
    if (flag.value() != null) {
      fields.put("value", flag.value());
    }
    fields.put("does", flag.description());
    return fields;
  }

  public static String of(Verb verb, Style style) {
    StringBuilder s = new StringBuilder();
    s.append(style.wrapped(style.bold(verb.name()) + ": " + verb.sentence())).append("\n\n");
    verb.examples().forEach(e -> s.append(style.command(2, e)).append('\n'));
    s.append('\n').append(style.usage(verb.usage())).append('\n');
    verb.kinds()
        .forEach(
            (words, says) -> s.append(style.beside("  " + words + " ", 29, 10, says)).append('\n'));
    Set<String> parts = verb.parts().stream().map(Verb::option).collect(Collectors.toSet());
    for (CommandOption f : verb.flags()) {
      if (!REST.contains(f.longName()) && !parts.contains(f.longName())) {
        s.append(option(f, style)).append('\n');
      }
    }
    if (!parts.isEmpty()) {
      s.append('\n').append(style.wrapped(PARTS)).append("\n\n");
      for (Verb part : verb.parts()) {
        s.append(option(verb.flag(part.option()).orElseThrow(), style)).append('\n');
      }
    }
    return s.toString().stripTrailing();
  }

  private static String option(CommandOption f, Style style) {
    String left =
        "  "
            + (f.shortName() == Verb.NO_LETTER ? "    " : "-" + f.shortName() + ", ")
            + "--"
            + f.longName()
            + (f.value() == null ? "" : " " + f.value());
    return style.beside(left + " ", 29, 10, String.valueOf(f.description()));
  }
}
