package oosh.view;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import oosh.rollout.cloud.LogLine;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextTable;
import oosh.view.text.TextWidth;

/*
 * 2026-03-04T05:06:07Z  INFO   enterStandby  instance i-bp1a is in Standby
 *                                            after 2 tries
 */
/** OOS's own log of an execution; a long message wraps, none is cut. */
public final class LogsView {

  private LogsView() {}

  public static String text(List<LogLine> lines, Style style) {
    if (lines.isEmpty()) {
      return "OOS has logged nothing";
    }
    TextTable heads = new TextTable(Style.plain(Style.ENDLESS));
    for (LogLine l : lines) {
      heads.row(
          TextSanitizer.line(l.time()), TextSanitizer.line(l.type()), TextSanitizer.line(l.task()));
    }
    List<String> left = heads.lines();
    int indent = 2 + left.stream().mapToInt(TextWidth::of).max().orElse(0);
    List<String> out = new ArrayList<>();
    for (LogLine l : lines) {
      String message = TextSanitizer.line(PayloadView.address(l.message()));
      out.add(style.beside(left.get(out.size()), indent, 4, message));
    }
    return String.join("\n", out);
  }

  /** An array of {@code {time, type, task, message}}. */
  public static JsonElement json(List<LogLine> lines) {
    return JsonOutput.tree(
        lines.stream()
            .map(l -> new LogLine(l.time(), l.type(), l.task(), PayloadView.address(l.message())))
            .toList());
  }
}
