package oosh.shell.verbs.rollout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import oosh.rollout.Problem;
import oosh.rollout.cloud.NotifyType;
import oosh.rollout.record.Progress;
import oosh.rollout.watch.ExecutionControl;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.VerbCommand;
import oosh.shell.place.ReadOnly;
import org.jspecify.annotations.Nullable;

/**
 * A key of the watch. Each is its verb, with that verb's refusals; one that changes something wants
 * Enter, which stands for the verb's question.
 */
enum WatchKey {
  CONTINUE('c', "continue", true, ExecutionControl::mayContinue),
  RETRY('r', "retry", true, p -> ExecutionControl.choose(p, NotifyType.RETRY, List.of())),
  SKIP('s', "skip", true, p -> ExecutionControl.choose(p, NotifyType.SKIP, List.of())),
  PAUSE('p', "pause", false, ExecutionControl::mayPause),
  ABORT('a', "abort", false, ExecutionControl::mayAbort),
  OUTPUTS('o', "outputs", false, p -> {}),
  DETACH('d', "detach", false, p -> {}),
  QUIT('q', "quit", false, p -> {}),
  HELP('?', "keys", false, p -> {});

  private final char letter;
  private final String word;
  private final boolean endsPause;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Consumer<Progress> rule;

  /**
   * @param endsPause whether the verb ends a pause
   * @param rule refuses what the verb refuses
   */
  WatchKey(char letter, String word, boolean endsPause, Consumer<Progress> rule) {
    this.letter = letter;
    this.word = word;
    this.endsPause = endsPause;
    this.rule = rule;
  }

  static @Nullable WatchKey of(int pressed) {
    return Arrays.stream(values()).filter(k -> k.letter == pressed).findFirst().orElse(null);
  }

  char letter() {
    return letter;
  }

  String word() {
    return word;
  }

  /** Whether it leaves the watch; the execution continues. */
  boolean leaves() {
    return this == DETACH || this == QUIT;
  }

  /** Whether its verb changes the execution: it is done only after Enter. */
  boolean changes() {
    return switch (this) {
      case CONTINUE, RETRY, SKIP, PAUSE, ABORT -> true;
      case OUTPUTS, DETACH, QUIT, HELP -> false;
    };
  }

  boolean endsPause() {
    return endsPause;
  }

  /** Why the key does nothing now, by the rule of its verb; null if it fits. */
  @Nullable String refusal(Progress progress) {
    try {
      rule.accept(progress);
      return null;
    } catch (Problem p) {
      return word + ": " + p.why();
    }
  }

  /** Does what the verb does, without watching: the watch goes on. */
  int press(Session session, String id) throws InterruptedException {
    Verb verb = VerbCommand.named(session.shell().commands(), word).orElseThrow().verb();
    Map<String, String> options = new HashMap<>();
    if (endsPause) {
      options.put("detach", "true");
    }
    if (this == SKIP || this == ABORT) {
      // Enter was the yes: what the verb would ask stood in the frame.
      options.put("yes", "true");
    }
    CommandInput line = new CommandInput(verb, List.of(id), options);
    ReadOnly.require(session, verb, line);
    return verb.run(session, line);
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
    } else if (CONTINUE.refusal(progress) == null) {
      words.add(CONTINUE.text());
    }
    if (PAUSE.refusal(progress) == null) {
      words.add(PAUSE.text());
    }
    words.add(ABORT.text());
    words.add(OUTPUTS.text());
    words.add(DETACH.text());
    if (asked) {
      words.add("q and Ctrl-C detach too");
      words.add("what changes the execution wants Enter");
    }
    return words;
  }

  private String text() {
    return letter + " " + word;
  }
}
