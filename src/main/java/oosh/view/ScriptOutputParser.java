package oosh.view;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.output.OutputNormalizer;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Script;

/** Finds what the script printed in the tasks of an instance's child execution. */
public final class ScriptOutputParser {
  /**
   * The child's task that read Cloud Assistant's result, and the field of its outputs that holds
   * it, in Base64 (source: the public action ACS::ESS::RunCommand, 2024). That a failed child keeps
   * them is assumed.
   */
  private static final String TASK = "describeInvocationResults";

  private static final String FIELD = "invocationResult";

  /** The task that started the script, and the field that names the invocation, in any case. */
  private static final String RUN_TASK = "runCommand";

  private static final String INVOKE_ID = "invokeId";

  /**
   * The field of a child's own outputs with the same text, decoded, once it has ended in Success
   * (source: the outputs of the public action ACS::ESS::RunCommand, 2024). That ListExecutions
   * tells it whole is assumed.
   */
  private static final String DECODED = "invocationOutput";

  /** A character that was cut in two may make a cut output up to this much shorter. */
  private static final int HALF_A_CHARACTER = 3;

  private ScriptOutputParser() {}

  /** Who knows how much of an output was dropped. */
  public interface DroppedBytesLookup {
    /**
     * @return bytes, or {@link ScriptOutput#UNKNOWN}
     */
    long of(String invokeId, String instance);

    /** Where nobody is asked. */
    DroppedBytesLookup UNKNOWN = (invokeId, instance) -> ScriptOutput.UNKNOWN;
  }

  /**
   * The room for the outputs of one answer. A thousand equal ones take the room of one; once it is
   * full, a text that is not there yet is left out, and still known by its hash.
   */
  public static final class OutputBudget {
    /** More than anybody reads, and little enough for any heap: 170 of the longest outputs. */
    static final int CHARACTERS = 4 * 1024 * 1024;

    private final Map<String, String> kept = new HashMap<>();
    private int free = CHARACTERS;

    private ScriptOutput place(Progress.InstanceProgress of, String text, long dropped) {
      String equal = kept.get(text);
      if (equal == null && text.length() > free) {
        // Of the masked text: those that would be one output stay one.
        String sha = Script.ofText("", OutputNormalizer.of(text, of.id())).sha256();
        return new ScriptOutput(of.id(), of.status(), sha, text.length(), dropped);
      }
      if (equal == null) {
        free -= text.length();
        kept.put(text, text);
        equal = text;
      }
      return new ScriptOutput(of.id(), of.status(), equal, 0, dropped);
    }
  }

  /**
   * @param tasks those of the instance's child execution; none if it has no child
   * @param dropping asked about an output that is as long as any that was cut, and no other
   */
  public static ScriptOutput of(
      Progress.InstanceProgress instance,
      List<TaskExecution> tasks,
      OutputBudget room,
      DroppedBytesLookup dropping) {
    byte[] text =
        tasks.stream()
            .filter(t -> t.name().equals(TASK) && !t.outputs().isEmpty())
            .map(t -> Base64.getMimeDecoder().decode(base64(field(t.outputs(), FIELD).orElse(""))))
            .reduce(new byte[0], (earlier, later) -> later);
    long dropped = 0;
    if (text.length >= ScriptOutput.KEPT_BYTES - HALF_A_CHARACTER) {
      String invokeId =
          tasks.stream()
              .filter(t -> t.name().equals(RUN_TASK) && !t.outputs().isEmpty())
              .map(t -> field(t.outputs(), INVOKE_ID).orElse(""))
              .reduce("", (earlier, later) -> later);
      dropped = invokeId.isEmpty() ? ScriptOutput.UNKNOWN : dropping.of(invokeId, instance.id());
    }
    return room.place(instance, text(text, dropped != 0), dropped);
  }

  /**
   * The same from what the instance's child execution put out; empty where that does not tell it,
   * or where it is so long that it may have been cut.
   *
   * @param outputs JSON text
   */
  public static Optional<ScriptOutput> of(
      Progress.InstanceProgress instance, String outputs, OutputBudget room) {
    return field(outputs, DECODED)
        .filter(
            text ->
                text.getBytes(StandardCharsets.UTF_8).length
                    < ScriptOutput.KEPT_BYTES - HALF_A_CHARACTER)
        .map(text -> room.place(instance, text, 0));
  }

  /**
   * @param cut whether the last character may be half of one, which is left out
   */
  private static String text(byte[] bytes, boolean cut) {
    if (!cut) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    CharBuffer text = CharBuffer.allocate(bytes.length);
    StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .decode(ByteBuffer.wrap(bytes), text, false);
    return text.flip().toString();
  }

  /**
   * The execution whose tasks hold the output, where the instance's own do not: a package or a file
   * is installed by an action that has a child of its own, and the last of them has the last word.
   */
  public static Optional<String> deeper(List<TaskExecution> tasks) {
    return tasks.stream().anyMatch(t -> t.name().equals(TASK))
        ? Optional.empty()
        : tasks.stream()
            .map(TaskExecution::childExecutionId)
            .filter(id -> !id.isEmpty())
            .reduce((earlier, later) -> later);
  }

  /** "" for what is no Base64. */
  private static String base64(String text) {
    try {
      Base64.getMimeDecoder().decode(text);
      return text;
    } catch (IllegalArgumentException notOurs) {
      return "";
    }
  }

  private static Optional<String> field(String outputs, String name) {
    try {
      JsonObject object = JsonParser.parseString(outputs).getAsJsonObject();
      for (Map.Entry<String, JsonElement> field : object.entrySet()) {
        if (field.getKey().equalsIgnoreCase(name) && field.getValue().isJsonPrimitive()) {
          return Optional.of(field.getValue().getAsString());
        }
      }
      return Optional.empty();
    } catch (JsonParseException | IllegalStateException notOurs) {
      return Optional.empty();
    }
  }
}
