package oosh.rollout.output;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What scripts have left in the homes of instances that are a sandbox's.
 *
 * @param files by instance: each path below its home, a directory's with a slash at its end, with a
 *     print of what is in it
 * @param more whether there are so many that some are left out
 */
public record HomeSnapshot(Map<String, Map<String, String>> files, boolean more) {
  public static final HomeSnapshot EMPTY = new HomeSnapshot(Map.of(), false);

  /** What became of a path. */
  public enum FileChange {
    NEW,
    CHANGED,
    GONE
  }

  public HomeSnapshot {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /** What became of the paths of an instance since then, by path; those as they were left out. */
  public Map<String, FileChange> since(HomeSnapshot before, String instance) {
    Map<String, String> was = before.files.getOrDefault(instance, Map.of());
    Map<String, String> is = files.getOrDefault(instance, Map.of());
    Map<String, FileChange> changes = new TreeMap<>();
    is.forEach(
        (path, print) -> {
          String earlier = was.get(path);
          if (earlier == null) {
            changes.put(path, FileChange.NEW);
          } else if (!earlier.equals(print)) {
            changes.put(path, FileChange.CHANGED);
          }
        });
    was.keySet().stream()
        .filter(p -> !is.containsKey(p))
        .forEach(p -> changes.put(p, FileChange.GONE));
    return changes;
  }
}
