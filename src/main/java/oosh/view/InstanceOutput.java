package oosh.view;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import oosh.rollout.ExecutionStatus;
import oosh.rollout.Progress;
import oosh.rollout.TaskExecution;

/**
 * What the script printed on one instance.
 *
 * @param text as it came, not yet made safe
 */
public record InstanceOutput(String instance, ExecutionStatus status, String text) {
  /**
   * The child's task that read Cloud Assistant's result, and the field of its outputs that holds
   * it, in Base64 (source: the public action ACS::ESS::RunCommand, 2024). That a failed child keeps
   * them is assumed.
   */
  private static final String TASK = "describeInvocationResults";

  private static final String FIELD = "invocationResult";

  /**
   * @param tasks those of the instance's child execution; none if it has no child
   */
  public static InstanceOutput of(Progress.Instance instance, List<TaskExecution> tasks) {
    String text =
        tasks.stream()
            .filter(t -> t.name().equals(TASK) && !t.outputs().isEmpty())
            .map(t -> result(t.outputs()))
            .reduce("", (earlier, later) -> later);
    return new InstanceOutput(instance.id(), instance.status(), text);
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
