package oosh.shell.screen;

import java.util.List;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.shell.CommandInput;
import oosh.shell.StrictCommandParser;
import oosh.view.format.AnswerFormat;
import oosh.view.format.OutputForm;
import oosh.view.format.Query;

/**
 * The options of every verb that say how to answer: {@code --output}, {@code --query}, {@code
 * --columns}.
 */
public final class AnswerOptions {
  private AnswerOptions() {}

  /**
   * The form in which a line is answered; checked before the verb does anything.
   *
   * @param declared the fields of each kind of answer that the verb has
   * @throws Problem USAGE if its query is none, or no answer of the verb has such a field
   */
  public static AnswerFormat of(CommandInput input, List<List<String>> declared) {
    String query = input.option("query");
    List<String> columns =
        input.has("columns") ? List.of(input.option("columns", "").split(",", -1)) : List.of();
    if (!columns.isEmpty() && input.form().hasProblems()) {
      throw Problem.usage(
          "--columns does not go with --output " + input.form().word(),
          "it shows rows: text, tsv or csv",
          input.line() + " --output csv --columns " + input.option("columns", ""));
    }
    if (query == null) {
      requireFields(input, columns, declared);
    } else if (input.form() == OutputForm.PROMETHEUS) {
      throw Problem.usage(
          "--query does not go with --output prometheus", "it picks from JSON", input.line());
    }
    return new AnswerFormat(
        input.form(), query == null ? null : Query.of(query), columns, declared);
  }

  private static void requireFields(
      CommandInput input, List<String> columns, List<List<String>> declared) {
    List<String> fields = declared.stream().flatMap(List::stream).distinct().toList();
    for (String column : columns) {
      String field = column.split("\\.", 2)[0];
      if (!fields.contains(field)) {
        throw Problem.usage(
            "--columns does not take \"" + column + "\"",
            StrictCommandParser.didYouMean(
                field, fields, "the fields are " + String.join(", ", fields)),
            input.line()
                + " --columns "
                + fields.stream().limit(2).collect(Collectors.joining(",")));
      }
    }
  }
}
