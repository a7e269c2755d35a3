package oosh.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.view.JsonOutput;
import oosh.view.Style;

/** The help of a verb: examples, usage and options, as text and as JSON. */
final class VerbHelp {
  private VerbHelp() {}

  /** Verbs with their arguments and options, as one document. */
  static String json(List<Verb> verbs) {
    return JsonOutput.document(Map.of("verbs", verbs.stream().map(VerbHelp::fields).toList()));
  }

  private static Map<String, Object> fields(Verb verb) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("verb", verb.getName());
    fields.put("heading", verb.heading().title);
    fields.put("does", verb.getDescription());
    fields.put("usage", verb.usage());
    fields.put("examples", verb.examples());
    fields.put("options", verb.flags().stream().map(VerbHelp::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(VerbOption flag) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("option", "--" + flag.name());
    if (flag.letter() != VerbOption.NO_LETTER) {
      fields.put("letter", "-" + flag.letter());
    }
    if (flag.value() != null) {
      fields.put("value", flag.value());
    }
    fields.put("does", flag.sentence());
    return fields;
  }

  static String of(Verb verb, Style style) {
    StringBuilder s = new StringBuilder();
    s.append(style.wrapped(style.bold(verb.getName()) + ": " + verb.getDescription()))
        .append("\n\n");
    verb.examples().forEach(e -> s.append("  ").append(e).append('\n'));
    s.append('\n').append(style.usage(verb.usage())).append('\n');
    for (VerbOption f : verb.flags()) {
      String left =
          "  "
              + (f.letter() == VerbOption.NO_LETTER ? "    " : "-" + f.letter() + ", ")
              + "--"
              + f.name()
              + (f.value() == null ? "" : " " + f.value());
      s.append(style.beside(left + " ", 29, f.sentence())).append('\n');
    }
    return s.toString().stripTrailing();
  }
}
