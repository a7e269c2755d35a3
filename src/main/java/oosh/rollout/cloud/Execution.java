package oosh.rollout.cloud;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An OOS execution, parent or child, as the service describes it.
 *
 * @param statusMessage why it ended as it did; "" if OOS says nothing
 * @param waitingStatus what a Waiting execution waits for; "" otherwise. The words are assumed
 * @param parameters as JSON values: String, Long, Double, Boolean, List, Map; key order kept
 * @param currentTasks names of the tasks that run now
 * @param counters null where OOS says none, or what cannot be counters
 */
public record Execution(
    String id,
    String templateName,
    ExecutionStatus status,
    String statusMessage,
    String waitingStatus,
    Map<String, Object> parameters,
    List<String> currentTasks,
    @Nullable String parentId,
    String executedBy,
    String description,
    Map<String, String> tags,
    @Nullable Instant created,
    @Nullable Instant ended,
    @Nullable Counters counters) {
  public Execution {
    statusMessage = StartRequest.withoutAddresses(parameters, statusMessage);
    Map<String, Object> told = new LinkedHashMap<>(parameters);
    // Who knows the address of a notice can post to it: what OOS was told stays there.
    StartRequest.ADDRESSES.forEach(n -> told.computeIfPresent(n, (name, address) -> "(hidden)"));
    parameters = Collections.unmodifiableMap(told);
    currentTasks = List.copyOf(currentTasks);
    tags = Map.copyOf(tags);
  }

  /** An execution that OOS says no counters of. */
  public Execution(
      String id,
      String templateName,
      ExecutionStatus status,
      String statusMessage,
      String waitingStatus,
      Map<String, Object> parameters,
      List<String> currentTasks,
      @Nullable String parentId,
      String executedBy,
      String description,
      Map<String, String> tags,
      @Nullable Instant created,
      @Nullable Instant ended) {
    this(
        id,
        templateName,
        status,
        statusMessage,
        waitingStatus,
        parameters,
        currentTasks,
        parentId,
        executedBy,
        description,
        tags,
        created,
        ended,
        null);
  }

  /** A parameter that is text; "" if it is absent or of another type. */
  public String parameter(String name) {
    return parameters.get(name) instanceof String s ? s : "";
  }

  /** A parameter that is a list of text; empty if it is absent or of another type. */
  public List<String> listParameter(String name) {
    if (!(parameters.get(name) instanceof List<?> list)) {
      return List.of();
    }
    return list.stream().map(String::valueOf).toList();
  }

  /** The login name of who started it, as its tags say it; else who OOS says executed it. */
  public String user() {
    String told = OriginTags.user(tags);
    return told == null ? executedBy : told;
  }

  /** The host that it was started from; "" if its tags do not tell it. */
  public String host() {
    String told = OriginTags.host(tags);
    return told == null ? "" : told;
  }

  public boolean isRollback() {
    return parameter("invokeType").equals("rollback");
  }

  public String group() {
    return parameter("scalingGroupId");
  }
}
