package oosh.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a live view shows besides the progress itself.
 *
 * @param bar whether there is a progress bar, where it has room
 * @param said the last lines that a failed script printed, by child execution; foreign text as it
 *     came
 * @param keys what can be pressed, each with its word; none where no key is read
 * @param still since when nothing has changed, if the view is to stand still; null while it moves
 */
public record LiveOptions(
    boolean bar, Map<String, List<String>> said, List<String> keys, @Nullable Instant still) {
  /** Nothing. */
  public static final LiveOptions NOTHING = new LiveOptions(false, Map.of(), List.of(), null);

  public LiveOptions {
    said = Map.copyOf(said);
    keys = List.copyOf(keys);
  }
}
