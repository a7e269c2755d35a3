package oosh.rollout.record;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What stands in for a journal that a newer oosh has brought up to date, while a rollback that was
 * confirmed before is still to be started: it keeps nothing, lets every start through, and knows
 * only what was read of the source while that could be read.
 */
public record NoJournal(
    String source, @Nullable JournalEntry entry, @Nullable GroupSnapshot before) {
  /** What the journal knows now of what may have to be rolled back without it. */
  public static NoJournal knowing(Journal journal, String source) {
    try {
      return new NoJournal(
          source, journal.find(source).orElse(null), journal.snapshotBefore(source).orElse(null));
    } catch (Problem p) {
      // Whatever comes next meets the same, Ctrl-C too, and says it.
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
              if (ofSource && method.getName().equals("before")) {
                return Optional.ofNullable(before);
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
