package oosh.shell.verbs.rollout;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be rolled back.
 *
 * @param named whether the user has named it
 * @param now without pauses, and aborting first what has not ended
 * @param onlyInstances the instances that are meant; null for all that are left to do
 * @param command what was typed, without the id
 */
record RollbackRequest(
    String id, boolean named, boolean now, @Nullable Set<String> onlyInstances, String command) {
  /** What is to be typed for the same once more. */
  String line() {
    return named && command.equals("rollback") ? command + " " + id : command;
  }
}
