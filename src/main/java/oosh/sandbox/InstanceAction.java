package oosh.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the vendor's actions that are played for one instance: its tasks, by their names and
 * kinds, in the order of its text (source: the public repository aliyun/oos-templates).
 *
 * @param outputs what it answers with, by the names under which its tasks have found it
 */
record InstanceAction(String name, Map<String, String> tasks, List<String> outputs) {
  static final String RUN_COMMAND = RunningExecution.DEFAULT_ACTION;

  /** Runs a script and nothing else; other actions call it for a part of theirs. */
  static final String BARE_COMMAND = "ACS::ECS::RunCommand";

  static final String DOWNLOAD = "ACS::ESS::DownloadFileAndRunCommand";

  List<String> names() {
    return List.copyOf(tasks.keySet());
  }

  boolean has(String task) {
    return tasks.containsKey(task);
  }

  String first() {
    return names().get(0);
  }

  /** The task that the text names after that one; none after the last. */
  Optional<String> after(String task) {
    int next = names().indexOf(task) + 1;
    return next < tasks.size() ? Optional.of(names().get(next)) : Optional.empty();
  }

  String actionOf(String task) {
    String action = tasks.get(task);
    if (action == null) {
      throw new IllegalStateException(name + " has no task " + task);
    }
    return action;
  }
}
