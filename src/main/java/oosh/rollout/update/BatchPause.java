package oosh.rollout.update;

import java.util.Arrays;
import java.util.Optional;

/** Whether OOS waits for a person between batches: the template's batchPauseOption. */
public enum BatchPause {
  NEVER("never", "Automatic", "no pause between batches"),
  FIRST("first", "FirstBatchPause", "pauses once, after the first batch"),
  EVERY("every", "EveryBatchPause", "pauses after every batch but the last");

  private final String option;
  private final String word;
  private final String sentence;

  BatchPause(String option, String word, String sentence) {
    this.option = option;
    this.word = word;
    this.sentence = sentence;
  }

  /** The word a person types: never, first, every. */
  public String option() {
    return option;
  }

  /** The vendor's word. */
  public String word() {
    return word;
  }

  public String sentence() {
    return sentence;
  }

  public static Optional<BatchPause> of(String text) {
    return Arrays.stream(values())
        .filter(p -> p.option.equalsIgnoreCase(text) || p.word.equalsIgnoreCase(text))
        .findFirst();
  }
}
