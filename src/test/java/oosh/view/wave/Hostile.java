package oosh.view.wave;

/** What no screen may hold, whatever a name does. */
final class Hostile {
  private Hostile() {}

  static boolean isHarmless(String text) {
    return text.codePoints()
        .allMatch(
            c ->
                c == '\n'
                    || (!Character.isISOControl(c) && Character.getType(c) != Character.FORMAT));
  }
}
