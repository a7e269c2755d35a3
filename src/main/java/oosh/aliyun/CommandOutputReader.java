package oosh.aliyun;

import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Problem;
import oosh.rollout.cloud.CommandOutput;
import oosh.rollout.cloud.ExecutionStatus;

/** Reads what scripts printed: of many instances from a list, of an instance from its tasks. */
final class CommandOutputReader {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** In characters: what is kept of the outputs of all child executions. */
  private static final int MAX_OUTPUTS = 4 * 1024 * 1024;

  private final RpcService oos;
  private final RpcService ecs;

  CommandOutputReader(RpcService oos, RpcService ecs) {
    this.oos = oos;
    this.ecs = ecs;
  }

  /** The outputs of the child executions that ended in Success, by the child's id. */
  Map<String, String> listed(String parentId) {
    Map<String, String> outputs = new LinkedHashMap<>();
    AtomicInteger room = new AtomicInteger(MAX_OUTPUTS);
    List<String> unused =
        oos.list(
            "ListExecutions",
            "read the children of " + parentId,
            OosRequests.childrenOf(parentId),
            "Executions",
            o -> {
              String id = oos.id(o, "ExecutionId");
              if (new ExecutionStatus(JsonFields.text(o, "Status")).isSuccess()) {
                TaskOutput.listed(o)
                    .filter(text -> room.addAndGet(-text.length()) >= 0)
                    .ifPresent(text -> outputs.put(id, text));
              }
              return id;
            },
            Integer.MAX_VALUE);
    return outputs;
  }

  /** The output on an instance, from the tasks of its child execution. */
  CommandOutput of(String childExecutionId, String instance) {
    TaskOutput output = ofTasks(childExecutionId);
    if (!output.deeper().isEmpty()) {
      output = ofTasks(output.deeper());
    }
    return output.output(output.maybeCut() ? dropped(output.invokeId(), instance) : 0);
  }

  private TaskOutput ofTasks(String executionId) {
    TaskOutput output = new TaskOutput();
    List<TaskOutput> unused =
        oos.list(
            "ListTaskExecutions",
            "read the tasks of " + executionId,
            OosRequests.tasksOf(executionId),
            "TaskExecutions",
            output::add,
            Integer.MAX_VALUE);
    return output;
  }

  /**
   * Bytes that Cloud Assistant dropped; the template does not pass them on (source: ECS
   * DescribeInvocationResults, {@code Dropped}, 2021; the public action ACS::ESS::RunCommand,
   * 2024). A person who may not ask ECS still reads the output.
   */
  private long dropped(String invokeId, String instance) {
    if (invokeId.isEmpty()) {
      return CommandOutput.UNKNOWN;
    }
    try {
      return ecs.read(
          "DescribeInvocationResults",
          "read how much of an output was dropped",
          Map.of("InvokeId", invokeId, "InstanceId", instance),
          answer -> {
            List<JsonObject> results =
                ecs.objects(answer, "Invocation.InvocationResults.InvocationResult");
            if (results.isEmpty() || !results.get(0).has("Dropped")) {
              throw ecs.badShape();
            }
            return Math.max(0L, JsonFields.number(results.get(0), "Dropped"));
          });
    } catch (Problem p) {
      LOG.log(Level.INFO, "what was dropped is not known: {0}", p.what());
      return CommandOutput.UNKNOWN;
    }
  }

  /**
   * What the tasks of an instance's child execution say of the script's output. The tasks are added
   * in their order; of several that say something, the last counts.
   */
  private static final class TaskOutput {
    /**
     * The child's task that read Cloud Assistant's result, and the field of its outputs that holds
     * it, in Base64 (source: the public action ACS::ESS::RunCommand, 2024). That a failed child
     * keeps them is assumed.
     */
    private static final String RESULT_TASK = "describeInvocationResults";

    private static final String RESULT = "invocationResult";

    /** The task that started the script, and the field that names the invocation. */
    private static final String RUN_TASK = "runCommand";

    private static final String INVOKE_ID = "invokeId";

    /**
     * The field of a child's own outputs with the same text, decoded, once it has ended in Success
     * (source: the outputs of the public action ACS::ESS::RunCommand, 2024). That ListExecutions
     * has the whole text is assumed.
     */
    private static final String DECODED = "invocationOutput";

    /** A character that was cut in two may make a cut output up to this much shorter. */
    private static final int HALF_A_CHARACTER = 3;

    private boolean read;
    private byte[] bytes = {};
    private String invokeId = "";
    private String child = "";

    TaskOutput add(JsonObject task) {
      String name = JsonFields.text(task, "TaskName");
      boolean loopRound = !JsonFields.jsonText(task, "LoopItem").isEmpty();
      String started = JsonFields.text(task, "ChildExecutionId");
      child = started.isEmpty() ? child : started;
      read |= name.equals(RESULT_TASK);
      if (!loopRound && task.has("Outputs")) {
        if (name.equals(RESULT_TASK)) {
          bytes = decoded(field(task, RESULT).orElse(""));
        } else if (name.equals(RUN_TASK)) {
          invokeId = field(task, INVOKE_ID).orElse("");
        }
      }
      return this;
    }

    /**
     * The execution whose tasks hold the output, where these do not: a package or a file is
     * installed by an action that has a child of its own. "" if there is none.
     */
    String deeper() {
      return read ? "" : child;
    }

    /** As it is named in Cloud Assistant; "" if no task says so. */
    String invokeId() {
      return invokeId;
    }

    /** Whether Cloud Assistant may have dropped the end of the output. */
    boolean maybeCut() {
      return maybeCut(bytes);
    }

    private static boolean maybeCut(byte[] bytes) {
      return bytes.length >= CommandOutput.KEPT_BYTES - HALF_A_CHARACTER;
    }

    /** The output; where it was cut, without the half character at its end. */
    CommandOutput output(long dropped) {
      CharBuffer text = CharBuffer.allocate(bytes.length);
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .decode(ByteBuffer.wrap(bytes), text, dropped == 0);
      return new CommandOutput(text.flip().toString(), dropped);
    }

    /**
     * The output as a child execution in a list has it; empty where the child does not tell it, or
     * where it is so long that it may have been cut.
     */
    static Optional<String> listed(JsonObject child) {
      return field(child, DECODED).filter(text -> !maybeCut(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] decoded(String base64) {
      try {
        return Base64.getMimeDecoder().decode(base64);
      } catch (IllegalArgumentException notBase64) {
        return new byte[0];
      }
    }

    /** A field of Outputs, whatever case its name is in. */
    private static Optional<String> field(JsonObject o, String name) {
      return JsonFields.objectIn(o, "Outputs").entrySet().stream()
          .filter(f -> f.getKey().equalsIgnoreCase(name) && f.getValue().isJsonPrimitive())
          .map(f -> f.getValue().getAsString())
          .findFirst();
    }
  }
}
