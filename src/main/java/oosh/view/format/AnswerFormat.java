package oosh.view.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import oosh.view.text.TextTable;
import org.jspecify.annotations.Nullable;

/**
 * How one line is answered. Whatever is not text is made by the verb as JSON, and put into its form
 * here, document by document.
 */
public final class AnswerFormat {
  /** As the verb words it. */
  public static final AnswerFormat TEXT =
      new AnswerFormat(OutputForm.TEXT, null, List.of(), List.of());

  private final OutputForm form;
  private final @Nullable Query query;
  private final List<String> columns;
  private final List<List<String>> declared;

  /** Whether the header is printed: a line that answers many times has one. */
  private boolean begun;

  /**
   * @param query picks from each document; null for all of it
   * @param columns of rows; empty for all
   * @param declared the fields of each kind of answer that the verb has
   */
  public AnswerFormat(
      OutputForm form, @Nullable Query query, List<String> columns, List<List<String>> declared) {
    this.form = form;
    this.query = query;
    this.columns = columns;
    this.declared = declared;
  }

  /** Whether a form is made from the verb's JSON. */
  public static boolean isMade(OutputForm form, boolean query, boolean columns) {
    return form == OutputForm.TEXT ? query || columns : form != OutputForm.PROMETHEUS;
  }

  /** Whether the verb is to make JSON. */
  public boolean isDocument() {
    return isMade(form, query != null, !columns.isEmpty());
  }

  /** Whether it has tabs that must stay tabs where a program reads it. */
  public boolean isTabbed() {
    return form == OutputForm.TSV || (form == OutputForm.TEXT && query != null);
  }

  /**
   * A part of the answer in its form, without a line end behind it; null for nothing at all.
   *
   * @param text the verb's own text where this is text, else a JSON document
   * @throws oosh.rollout.Problem REFUSED if it cannot be queried
   */
  public @Nullable String of(String text, Style style) {
    if (!isDocument() || (form == OutputForm.JSON && query == null)) {
      return text;
    }
    JsonElement answer;
    try {
      answer = JsonParser.parseString(text);
    } catch (JsonParseException noDocument) {
      return text;
    }
    if (query != null) {
      answer = query.of(answer);
    }
    return switch (form) {
      case JSON -> text.contains("\n") ? JsonOutput.document(answer) : JsonOutput.line(answer);
      case YAML -> YamlText.of(answer);
      case TEXT -> columns.isEmpty() ? rows(answer) : table(answer, style);
      case TSV, CSV -> rows(answer);
      case PROMETHEUS -> text;
    };
  }

  private @Nullable String rows(JsonElement answer) {
    AnswerRows rows = AnswerRows.of(answer, columns, declared);
    List<List<String>> lines = new ArrayList<>(rows.cells());
    if (form == OutputForm.CSV && !begun && !rows.columns().isEmpty()) {
      lines.add(0, rows.columns());
    }
    begun = true;
    return lines.isEmpty() ? null : lines.stream().map(this::row).collect(Collectors.joining("\n"));
  }

  private String row(List<String> cells) {
    return form == OutputForm.CSV
        ? cells.stream().map(AnswerFormat::quoted).collect(Collectors.joining(","))
        : String.join("\t", cells);
  }

  private static String quoted(String cell) {
    return cell.indexOf(',') < 0 && cell.indexOf('"') < 0
        ? cell
        : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /** Columns under each other, below their names. */
  private @Nullable String table(JsonElement answer, Style style) {
    AnswerRows rows = AnswerRows.of(answer, columns, declared);
    if (rows.cells().isEmpty()) {
      return null;
    }
    TextTable table = new TextTable(style);
    if (!begun) {
      table.row(rows.columns().stream().map(style::dim).toArray(String[]::new));
    }
    begun = true;
    rows.cells().forEach(row -> table.row(row.toArray(String[]::new)));
    return table.lines().stream().map(String::stripTrailing).collect(Collectors.joining("\n"));
  }
}
