package oosh.shell.verbs.planning;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rollback that a user asks for.
 *
 * @param named whether the user has named it
 * @param now without pauses, and after an abort if the source has not ended
 * @param onlyInstances the ids of the instances to roll back, or patterns; null for all left
 * @param command the verb that was typed, without the id
 */
public record RollbackRequest(
    String id, boolean named, boolean now, @Nullable Set<String> onlyInstances, String command) {
  /** The line to type for this rollback again. */
  public String line() {
    return named && command.equals("rollback") ? command + " " + id : command;
  }
}
