package oosh.view;

import static oosh.view.text.TextSanitizer.sentence;

import com.google.gson.JsonObject;
import java.util.List;
import oosh.rollout.record.JournalArchive.ExportResult;
import oosh.rollout.record.JournalArchive.ImportResult;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;

/*
 * exported 190 executions and 20 scripts to saved.jsonl
 *   note  10 of 200 executions could not be read
 *
 * imported 12 executions and 2 scripts; 3 executions were known and stay as they are
 *   note  passed over 4 values that this oosh has no place for: askedBy
 */
/** What became of an export or an import of the journal. */
public final class JournalArchiveView {
  private JournalArchiveView() {}

  /**
   * @param to the file that was written; "" for standard output
   */
  public static String text(ExportResult exported, String to, Style style) {
    return sentences(
        "exported "
            + counted(exported.executions(), exported.scripts())
            + (to.isEmpty() ? "" : " to " + TextSanitizer.line(to)),
        exported.notes(),
        style);
  }

  public static String text(ImportResult imported, Style style) {
    String known =
        imported.known() == 0
            ? ""
            : imported.known() == 1
                ? "; 1 execution was known and stays as it is"
                : sentence("; %,d executions were known and stay as they are", imported.known());
    return sentences(
        "imported " + counted(imported.added(), imported.scripts()) + known,
        imported.notes(),
        style);
  }

  public static JsonObject json(ExportResult exported, String to) {
    JsonObject json = new JsonObject();
    json.addProperty("executions", exported.executions());
    json.addProperty("scripts", exported.scripts());
    JsonOutput.put(json, "file", to);
    JsonOutput.put(json, "notes", exported.notes());
    return json;
  }

  public static JsonObject json(ImportResult imported) {
    JsonObject json = new JsonObject();
    json.addProperty("added", imported.added());
    json.addProperty("known", imported.known());
    json.addProperty("scripts", imported.scripts());
    JsonOutput.put(json, "notes", imported.notes());
    return json;
  }

  private static String sentences(String head, List<String> notes, Style style) {
    DescriptionList out = new DescriptionList(style, 6);
    out.head(head);
    notes.forEach(n -> out.row("note", TextSanitizer.line(n)));
    return out.text();
  }

  private static String counted(long executions, long scripts) {
    String some = executions == 1 ? "%,d execution" : "%,d executions";
    return sentence(
        some + " and " + (scripts == 1 ? "%,d script" : "%,d scripts"), executions, scripts);
  }
}
