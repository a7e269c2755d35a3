package oosh.view;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oosh.rollout.ExecutionStatus;
import oosh.rollout.Progress;
import oosh.rollout.Script;
import oosh.rollout.TaskExecution;

/**
 * What the script printed on one instance.
 *
 * @param text as it came, not yet made safe; its SHA-256 where it was left out
 * @param leftOut its length in characters where it did not fit beside the others, else 0
 */
public record InstanceOutput(String instance, ExecutionStatus status, String text, int leftOut) {
  /**
   * The child's task that read Cloud Assistant's result, and the field of its outputs that holds
   * it, in Base64 (source: the public action ACS::ESS::RunCommand, 2024). That a failed child keeps
   * them is assumed.
   */
  private static final String TASK = "describeInvocationResults";

  private static final String FIELD = "invocationResult";

  InstanceOutput(String instance, ExecutionStatus status, String text) {
    this(instance, status, text, 0);
  }

  /**
   * The room for the outputs of one answer. A thousand equal ones take the room of one; once it is
   * full, a text that is not there yet is left out, and still known by its hash.
   */
  public static final class Room {
    /** More than anybody reads, and little enough for any heap: 170 of the longest outputs. */
    static final int CHARACTERS = 4 * 1024 * 1024;

    private final Map<String, String> kept = new HashMap<>();
    private int free = CHARACTERS;

    private InstanceOutput place(String instance, ExecutionStatus status, String text) {
      String equal = kept.get(text);
      if (equal == null && text.length() > free) {
        return new InstanceOutput(
            instance, status, Script.ofText("", text).sha256(), text.length());
      }
      if (equal == null) {
        free -= text.length();
        kept.put(text, text);
        equal = text;
      }
      return new InstanceOutput(instance, status, equal);
    }
  }

  /**
   * @param tasks those of the instance's child execution; none if it has no child
   */
  public static InstanceOutput of(
      Progress.Instance instance, List<TaskExecution> tasks, Room room) {
    String text =
        tasks.stream()
            .filter(t -> t.name().equals(TASK) && !t.outputs().isEmpty())
            .map(t -> result(t.outputs()))
            .reduce("", (earlier, later) -> later);
    return room.place(instance.id(), instance.status(), text);
  }

  private static String result(String outputs) {
    try {
      JsonElement field = JsonParser.parseString(outputs).getAsJsonObject().get(FIELD);
      if (field == null || !field.isJsonPrimitive()) {
        return "";
      }
      byte[] text = Base64.getMimeDecoder().decode(field.getAsString());
      return new String(text, StandardCharsets.UTF_8);
    } catch (JsonParseException | IllegalStateException | IllegalArgumentException notOurs) {
      return "";
    }
  }
}
