package oosh.shell.verbs.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oosh.rollout.Problem;
import oosh.rollout.cloud.NotifyType;
import oosh.rollout.record.Progress;
import oosh.rollout.watch.ExecutionControl;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.VerbCommand;
import org.jspecify.annotations.Nullable;

/** A key of the watch. Each is its verb, with that verb's question and refusals. */
enum WatchKey {
  CONTINUE('c', "continue", true),
  RETRY('r', "retry", true),
  SKIP('s', "skip", true),
  ABORT('a', "abort", false),
  OUTPUTS('o', "outputs", false),
  DETACH('d', "detach", false),
  HELP('?', "keys", false);

  private final char letter;
  private final String word;
  private final boolean answers;

  WatchKey(char letter, String word, boolean answers) {
    this.letter = letter;
    this.word = word;
    this.answers = answers;
  }

  static @Nullable WatchKey of(int pressed) {
    for (WatchKey key : values()) {
      if (key.letter == pressed) {
        return key;
      }
    }
    return null;
  }

  /** Whether it ends a pause. */
  boolean answers() {
    return answers;
  }

  /** Why it would do nothing now, by the verb's own rule; null if it fits. */
  @Nullable String refusal(Progress progress) {
    try {
      switch (this) {
        case CONTINUE -> ExecutionControl.mayContinue(progress);
        case RETRY -> ExecutionControl.choose(progress, NotifyType.RETRY, List.of());
        case SKIP -> ExecutionControl.choose(progress, NotifyType.SKIP, List.of());
        case ABORT -> ExecutionControl.mayAbort(progress);
        default -> {
          return null;
        }
      }
      return null;
    } catch (Problem p) {
      return word + ": " + p.why();
    }
  }

  /** Does what the verb does, without watching: the watch goes on. */
  int press(Session session, String id) throws InterruptedException {
    Verb meant = VerbCommand.named(session.shell().commands(), word).orElseThrow().verb();
    return meant.run(
        session,
        new CommandInput(meant, List.of(id), answers ? Map.of("detach", "true") : Map.of()));
  }

  /**
   * What can be pressed now, each with its word: all that fits at a pause, and elsewhere only when
   * it was asked for, since most of the time nothing needs a person.
   */
  static List<String> words(Progress progress, boolean asked) {
    boolean waits = progress.execution().status().isWaiting();
    if (!waits && !asked) {
      return List.of(HELP.text());
    }
    List<String> words = new ArrayList<>();
    if (progress.pausedByFailure()) {
      words.add(RETRY.text());
      words.add(SKIP.text());
    } else if (waits) {
      words.add(CONTINUE.text());
    }
    words.add(ABORT.text());
    words.add(OUTPUTS.text());
    words.add(DETACH.text());
    if (asked) {
      words.add("Ctrl-C detaches too");
    }
    return words;
  }

  private String text() {
    return letter + " " + word;
  }
}
