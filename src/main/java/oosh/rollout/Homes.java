package oosh.rollout;

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
public record Homes(Map<String, Map<String, String>> files, boolean more) {
  public static final Homes EMPTY = new Homes(Map.of(), false);

  /** What became of a path. */
  public enum Change {
    NEW,
    CHANGED,
    GONE
  }

  public Homes {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /** What became of the paths of an instance since then, by path; those as they were left out. */
  public Map<String, Change> since(Homes before, String instance) {
    Map<String, String> was = before.files.getOrDefault(instance, Map.of());
    Map<String, String> is = files.getOrDefault(instance, Map.of());
    Map<String, Change> changes = new TreeMap<>();
    is.forEach(
        (path, print) -> {
          String earlier = was.get(path);
          if (earlier == null) {
            changes.put(path, Change.NEW);
          } else if (!earlier.equals(print)) {
            changes.put(path, Change.CHANGED);
          }
        });
    was.keySet().stream().filter(p -> !is.containsKey(p)).forEach(p -> changes.put(p, Change.GONE));
    return changes;
  }
}
