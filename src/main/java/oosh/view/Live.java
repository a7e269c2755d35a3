package oosh.view;

import java.util.List;
import java.util.Map;

/**
 * What a live view shows besides the progress itself.
 *
 * @param bar whether there is a progress bar, where it has room
 * @param said the last lines that a failed script printed, by child execution; foreign text as it
 *     came
 * @param keys what can be pressed, each with its word; none where nobody listens
 */
public record Live(boolean bar, Map<String, List<String>> said, List<String> keys) {
  /** Nothing. */
  public static final Live NOTHING = new Live(false, Map.of(), List.of());

  public Live {
    said = Map.copyOf(said);
    keys = List.copyOf(keys);
  }
}
