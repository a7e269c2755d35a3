package oosh.sandbox.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the vendor's actions for an instance: its tasks, by their names and kinds, in the order of
 * its text (source: the public repository aliyun/oos-templates).
 *
 * @param tasks each with its kind, and with the right that it needs, if any
 * @param outputs what it answers with, by the names under which its tasks have found it
 * @param gathered under which name a loop gathers the last of them; "" if it does not
 */
public record InstanceAction(
    String name, Map<String, String> tasks, List<String> outputs, String gathered) {
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

  private String[] words(String task) {
    String action = tasks.get(task);
    if (action == null) {
      throw new IllegalStateException(name + " has no task " + task);
    }
    return action.split(" ", 2);
  }

  public String actionOf(String task) {
    return words(task)[0];
  }

  /** The right that a task needs; "" for none. */
  public String rightOf(String task) {
    String[] words = words(task);
    return words.length > 1 ? words[1] : "";
  }

  /** The answer that a loop gathers for each instance; "" for none. */
  public String output() {
    return outputs.isEmpty() ? "" : outputs.get(outputs.size() - 1);
  }
}
