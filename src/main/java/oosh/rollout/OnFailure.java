package oosh.rollout;

import java.util.Arrays;
import java.util.Optional;

/**
 * What OOS does when an instance fails: the Mode of StartExecution (source: the API reference,
 * 2019-06-01). The third, Debug, runs task by task and is nothing for a rolling update.
 */
public enum OnFailure {
  STOP("Automatic", "stop", "ends at the first failure"),
  PAUSE("FailurePause", "pause", "waits at a failure for retry, skip or abort");

  private final String word;
  private final String option;
  private final String sentence;

  OnFailure(String word, String option, String sentence) {
    this.word = word;
    this.option = option;
    this.sentence = sentence;
  }

  /** OOS's own word. */
  public String word() {
    return word;
  }

  /** What a person types. */
  public String option() {
    return option;
  }

  public String sentence() {
    return sentence;
  }

  /** The one that a person typed. */
  public static Optional<OnFailure> of(String typed) {
    return Arrays.stream(values()).filter(m -> m.option.equals(typed)).findFirst();
  }

  /** The one that OOS calls so; STOP, its default, for a word that is not known. */
  public static OnFailure ofWord(String word) {
    return PAUSE.word.equals(word) ? PAUSE : STOP;
  }
}
