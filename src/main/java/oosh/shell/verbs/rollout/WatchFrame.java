package oosh.shell.verbs.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oosh.rollout.Problem;
import oosh.rollout.record.Progress;
import oosh.shell.Session;
import oosh.shell.screen.Screen;
import oosh.view.ProgressFrame;
import oosh.view.ProgressFrame.LiveOptions;
import oosh.view.ProgressView;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextWidth;
import org.jspecify.annotations.Nullable;

/** The painted frame of a watch: batches, instances, a bar, and the keys that can be pressed. */
final class WatchFrame {
  /** Failed scripts whose last lines are shown; {@code outputs} reads all. */
  private static final int MOST_OUTPUTS = 5;

  /** For how long a hint stays. */
  private static final Duration HINT = Duration.ofSeconds(5);

  private final Session session;
  private final Screen screen;

  /** The last lines that a failed script printed, by child execution. */
  private final Map<String, List<String>> lastLines = new HashMap<>();

  private final WatchGate gate = new WatchGate();
  private boolean listsKeys;
  private @Nullable String hint;
  private Instant hintEnds = Instant.EPOCH;

  /** What a key would do, until Enter or another key; null if none was chosen. */
  private @Nullable String question;

  WatchFrame(Session session) {
    this.session = session;
    this.screen = session.screen();
  }

  /**
   * Paints the execution.
   *
   * @param now the time on OOS's clock
   * @param hasKeys whether keys are read
   * @param idleSince since when nothing has changed, if the clock of the frame stands; else null
   */
  void paint(Progress progress, Instant now, boolean hasKeys, @Nullable Instant idleSince) {
    screen.paint(
        ProgressFrame.lines(
            progress,
            now,
            width(),
            screen.rows() - 1,
            screen.style(),
            live(
                progress,
                hasKeys,
                idleSince,
                gate.line(session, progress, idleSince == null ? now : idleSince))));
  }

  /** Ends the frame: batches and instances stay on the screen, bar and keys do not. */
  void end(@Nullable Progress progress) {
    if (progress != null) {
      List<String> last =
          ProgressFrame.last(
              progress,
              width(),
              screen.rows() - 2,
              screen.style(),
              live(progress, false, null, ""));
      if (last.isEmpty()) {
        screen.unpaint();
      } else {
        screen.paint(last);
      }
    }
    screen.paint(List.of());
  }

  /** Lists the keys below the frame, or takes the list away. */
  void toggleKeys() {
    listsKeys = !listsKeys;
  }

  /** Shows for some seconds why a key does nothing now. */
  void hint(String sentence) {
    hint = TextSanitizer.line(sentence);
    hintEnds = session.now().plus(HINT);
  }

  /** Shows what the key would do that was pressed, as long as it waits for Enter. */
  void question(String sentence) {
    question = TextSanitizer.line(sentence);
  }

  void endQuestion() {
    question = null;
  }

  /** A key does something: why another did nothing is past. */
  void endHint() {
    hintEnds = Instant.EPOCH;
  }

  /** A line as wide as the terminal would wrap on some terminals, and the frame would move. */
  private int width() {
    return screen.style().width() - 1;
  }

  private LiveOptions live(
      Progress progress, boolean hasKeys, @Nullable Instant idleSince, String gateLine) {
    List<String> words = new ArrayList<>();
    if (hasKeys && question != null) {
      words.addAll(TextWidth.wrap(question, width()));
    } else if (hasKeys) {
      if (hint != null && session.now().isBefore(hintEnds)) {
        words.add(hint);
      }
      words.addAll(WatchKey.words(progress, listsKeys));
    }
    return new LiveOptions(true, lastLines, words, idleSince, gateLine);
  }

  /** Reads the last lines of each failed script, once. */
  void readLastLines(Progress progress) {
    progress.failed().stream()
        .filter(f -> lastLines.size() < MOST_OUTPUTS)
        .filter(f -> !f.childExecutionId().isEmpty())
        .forEach(f -> lastLines.computeIfAbsent(f.childExecutionId(), id -> lastLines(f)));
  }

  private List<String> lastLines(Progress.InstanceProgress failed) {
    try {
      return ProgressView.lastLines(
          session.cloud().executions().output(failed.childExecutionId(), failed.id()).text());
    } catch (Problem p) {
      // The watch continues without them.
      return List.of();
    }
  }
}
