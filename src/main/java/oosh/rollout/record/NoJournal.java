package oosh.rollout.record;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a journal that a newer oosh has migrated, while a confirmed rollback is still to be
 * started: it keeps nothing, allows every start, and knows only what was read of the source before.
 */
public record NoJournal(
    String source, @Nullable JournalEntry entry, @Nullable GroupSnapshot groupSnapshot) {
  /** Reads what a rollback of that execution needs of the journal. */
  public static NoJournal knowing(Journal journal, String source) {
    try {
      return new NoJournal(
          source, journal.find(source).orElse(null), journal.snapshotBefore(source).orElse(null));
    } catch (Problem p) {
      // The next read of the journal meets the same problem, and reports it.
      return new NoJournal(source, null, null);
    }
  }

  public Journal journal() {
    return (Journal)
        Proxy.newProxyInstance(
            Journal.class.getClassLoader(),
            new Class<?>[] {Journal.class},
            (self, method, arguments) -> {
              boolean ofSource =
                  arguments != null && arguments.length == 1 && source.equals(arguments[0]);
              if (ofSource && method.getName().equals("find")) {
                return Optional.ofNullable(entry);
              }
              if (ofSource && method.getName().equals("snapshotBefore")) {
                return Optional.ofNullable(groupSnapshot);
              }
              Class<?> answer = method.getReturnType();
              return answer == Optional.class
                  ? Optional.empty()
                  : answer == List.class
                      ? List.of()
                      : answer == Map.class ? Map.of() : answer == boolean.class ? true : null;
            });
  }
}
