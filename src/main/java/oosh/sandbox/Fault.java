package oosh.sandbox;

import org.jspecify.annotations.Nullable;

/** One ordered misfortune, of an instance's next scripts or of an action's next calls. */
final class Fault {
  @Nullable String instance;
  @Nullable String action;
  String kind = "";
  int exitCode = 1;
  String output = "";

  /** How many calls it lets pass before it strikes. */
  int after = 0;

  /** How often it still strikes; a negative number means for ever. */
  int times = -1;

  /** How long a late list leaves an execution out, in seconds after its creation. */
  int seconds = 0;
}
