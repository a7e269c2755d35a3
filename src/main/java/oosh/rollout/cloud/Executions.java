package oosh.rollout.cloud;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The port to OOS in one region. Every call may throw a {@link Problem}: REFUSED or CREDENTIALS
 * when the service said no, UNREACHABLE when it certainly executed nothing, UNCERTAIN when a
 * changing call may have been executed. On Ctrl-C it throws {@link Interrupted}.
 */
public interface Executions {
  /** Starts an execution. Safe to send again with the same {@link StartRequest}, token and all. */
  Execution start(StartRequest start);

  Optional<Execution> find(String id);

  /** All child executions, all pages, oldest first. */
  List<Execution> children(String parentId);

  /** The instances that an execution has child executions for, by their ids. */
  default Set<String> touched(String id) {
    return children(id).stream()
        .map(c -> c.parameter("instanceId"))
        .filter(i -> !i.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * What the script printed where a child execution ended in Success, by the child's id. A call
   * reads a hundred of them. An output that may have been cut is left out, and so are outputs
   * beyond 4 Mi characters together: {@link #output} reads each.
   */
  Map<String, String> outputs(String parentId);

  /**
   * What the script printed on an instance; an empty text where it did not end.
   *
   * @param childExecutionId the execution that ran it there
   */
  CommandOutput output(String childExecutionId, String instance);

  /** Root executions of rolling-update templates, newest first. */
  List<Execution> recent(@Nullable Instant since, int limit);

  /**
   * Root executions of any template, by one call.
   *
   * @param since not before then, by the service's clock
   */
  Page since(Instant since);

  /**
   * The executions that one call listed.
   *
   * @param whole whether the list is complete
   */
  record Page(List<Execution> executions, boolean whole) {
    public Page {
      executions = List.copyOf(executions);
    }
  }

  /**
   * Root executions that carry the tag; usually none or one.
   *
   * @param since not before then, by the service's clock
   */
  List<Execution> tagged(String key, String value, Instant since);

  /** Root executions of rolling-update templates that have not ended, as far as OOS lists them. */
  List<Execution> unfinished();

  /**
   * The newest of them on that group that has not ended.
   *
   * @param but the id of one that does not count; "" for none
   */
  static Optional<Execution> newestOn(String group, List<Execution> unfinished, String but) {
    return unfinished.stream()
        .filter(e -> !e.status().isFinal() && e.group().equals(group))
        .filter(e -> !e.id().equals(but))
        .max(Comparator.comparing(e -> e.created() == null ? Instant.EPOCH : e.created()));
  }

  /** Of {@link #unfinished} those among the newest: what was started in the last few seconds. */
  List<Execution> recentUnfinished();

  /** The tasks of an execution, loop rounds included, all pages, oldest first. */
  List<TaskExecution> tasks(String executionId);

  /** OOS's log of an execution, all pages, in its order. */
  List<LogLine> logs(String executionId);

  /**
   * What the role lacks to do what the template does, as {@code ess:EnterStandby}.
   *
   * @param template as {@link StartRequest} has it, like {@code content}
   * @param role "" for the role that OOS takes by default
   */
  List<String> missingRights(String template, String content, String role);

  /**
   * Why OOS takes no such template, in its words; empty if it does.
   *
   * @param content as {@link StartRequest} has it
   */
  Optional<String> refusal(String content);

  /**
   * What a template says of its parameters.
   *
   * @param version "" for the newest
   * @return empty if OOS has no region of that name and version
   */
  Optional<Template> template(String name, String version);

  void cancel(String id);

  /** Gives an execution a tag, or the tag that it has another value. */
  void tag(String id, String key, String value);

  /**
   * Answers a waiting execution.
   *
   * @param taskExecutionIds the failed tasks to retry or skip; empty for CONTINUE and REJECT
   */
  void notify(String id, NotifyType type, List<String> taskExecutionIds);

  /**
   * Answers an execution that waits for an approval. Who calls is who approves.
   *
   * @param answer APPROVE or REJECT
   * @param note why, for OOS's record; "" for nothing
   * @throws Problem REFUSED if OOS does not take it of this caller, or it does not wait
   */
  void answer(String id, NotifyType answer, String note);
}
