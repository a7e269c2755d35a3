package oosh.sandbox.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.sandbox.state.EmulatedExecution;

/**
 * One of the vendor's actions for an instance: its tasks, by their names and kinds, in the order of
 * its text (source: the public repository aliyun/oos-templates).
 *
 * @param outputs what it answers with, by the names under which its tasks have found it
 */
public record InstanceAction(String name, Map<String, String> tasks, List<String> outputs) {
  static final String RUN_COMMAND = EmulatedExecution.DEFAULT_ACTION;

  /** Runs a script and nothing else; other actions call it for a part of theirs. */
  public static final String BARE_COMMAND = "ACS::ECS::RunCommand";

  public static final String DOWNLOAD = "ACS::ESS::DownloadFileAndRunCommand";

  List<String> names() {
    return List.copyOf(tasks.keySet());
  }

  public boolean has(String task) {
    return tasks.containsKey(task);
  }

  public String first() {
    return names().get(0);
  }

  /** The task that the text names after that one; none after the last. */
  public Optional<String> after(String task) {
    int next = names().indexOf(task) + 1;
    return next < tasks.size() ? Optional.of(names().get(next)) : Optional.empty();
  }

  public String actionOf(String task) {
    String action = tasks.get(task);
    if (action == null) {
      throw new IllegalStateException(name + " has no task " + task);
    }
    return action;
  }
}
