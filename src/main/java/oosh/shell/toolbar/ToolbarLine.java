package oosh.shell.toolbar;

import java.util.List;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextWidth;
import org.jspecify.annotations.Nullable;

/*
 * Running 2/6  batch 2  exec-060268a2b0b8a859  asg-bp1web  sandbox  and 1 more
 */
/** An execution in flight in a line; the part that changes comes first, for a narrow screen. */
final class ToolbarLine {
  private static final String GAP = "  ";

  private ToolbarLine() {}

  /**
   * @param progress as it was read last; null before the first look
   * @param others how many more executions are in flight
   */
  static String of(JournalEntry entry, @Nullable Progress progress, int others, int columns) {
    String status =
        progress == null
            ? "in flight"
            : progress.execution().status().word()
                + " "
                + progress.succeeded()
                + "/"
                + (progress.total() == 0 ? "?" : String.valueOf(progress.total()));
    int batch = progress == null ? 0 : progress.lastBatch();
    List<String> parts =
        List.of(
            status,
            batch == 0 ? "" : "batch " + batch,
            String.valueOf(entry.executionId()),
            entry.group(),
            entry.profile(),
            others == 0 ? "" : "and " + others + " more");
    StringBuilder line = new StringBuilder();
    for (String part : parts) {
      String next = (line.isEmpty() ? "" : GAP) + TextSanitizer.line(part);
      if (!part.isEmpty() && TextWidth.of(line + next) <= columns) {
        line.append(next);
      }
    }
    return line.toString();
  }
}
