package oosh.rollout.output;

import java.util.HashMap;
import java.util.Map;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.update.Script;

/**
 * Bounds the memory for the outputs of one answer. A thousand equal texts take the room of one;
 * once the room is full, a new text is left out and known by its hash alone.
 */
public final class OutputBudget {
  /** More than anybody reads, and little enough for any heap: 170 of the longest outputs. */
  public static final int CHARACTERS = 4 * 1024 * 1024;

  private final Map<String, String> kept = new HashMap<>();
  private int free = CHARACTERS;

  /** The output with its text, or with the text's hash if there is no room for it. */
  public ScriptOutput place(String instance, ExecutionStatus status, String text, long dropped) {
    String equal = kept.get(text);
    if (equal == null && text.length() > free) {
      // Of the masked text: outputs that would be shown as one stay one.
      String sha = Script.ofText("", OutputNormalizer.of(text, instance)).sha256();
      return new ScriptOutput(instance, status, sha, text.length(), dropped);
    }
    if (equal == null) {
      free -= text.length();
      kept.put(text, text);
      equal = text;
    }
    return new ScriptOutput(instance, status, equal, 0, dropped);
  }
}
