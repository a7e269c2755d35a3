package oosh.view;

import com.google.gson.JsonElement;
import java.util.List;
import oosh.rollout.cloud.LogLine;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextWidth;

/*
 * 2026-03-04T05:06:07Z  INFO   enterStandby  instance i-bp1a is in Standby
 *                                            after 2 tries
 */
/** OOS's own log of an execution; a long message wraps, none is cut. */
public final class LogsView {
  /** With less room than this, messages go under their line instead of beside it. */
  private static final int LEAST_MESSAGE = 24;

  private LogsView() {}

  public static String text(List<LogLine> lines, Style style) {
    if (lines.isEmpty()) {
      return "OOS has logged nothing";
    }
    int time = widest(lines.stream().map(LogLine::time).toList());
    int type = widest(lines.stream().map(LogLine::type).toList());
    int task = widest(lines.stream().map(LogLine::task).toList());
    int beside = time + type + task + 6;
    boolean under = style.width() - beside < LEAST_MESSAGE;
    int indent = under ? 4 : beside;
    StringBuilder out = new StringBuilder();
    for (LogLine l : lines) {
      String head =
          TextWidth.pad(TextSanitizer.line(l.time()), time)
              + "  "
              + TextWidth.pad(TextSanitizer.line(l.type()), type)
              + "  "
              + TextWidth.pad(TextSanitizer.line(l.task()), task);
      String message =
          String.join(
              "\n" + " ".repeat(indent),
              TextWidth.wrap(
                  TextSanitizer.line(PayloadView.address(l.message())), style.width() - indent));
      out.append(under ? head.stripTrailing() + "\n" + " ".repeat(indent) : head + "  ")
          .append(message)
          .append('\n');
    }
    return out.toString().stripTrailing();
  }

  /** An array of {@code {time, type, task, message}}. */
  public static JsonElement json(List<LogLine> lines) {
    return JsonOutput.tree(
        lines.stream()
            .map(l -> new LogLine(l.time(), l.type(), l.task(), PayloadView.address(l.message())))
            .toList());
  }

  private static int widest(List<String> cells) {
    return cells.stream().mapToInt(c -> TextWidth.of(TextSanitizer.line(c))).max().orElse(0);
  }
}
