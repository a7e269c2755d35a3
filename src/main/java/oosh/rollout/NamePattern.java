package oosh.rollout;

/** A pattern of names: {@code *} stands for any characters, {@code ?} for one. */
public final class NamePattern {
  private NamePattern() {}

  /**
   * Whether the pattern fits the whole name. Each star takes as little as it can, so that the time
   * is bounded by the product of both lengths, whoever wrote the pattern.
   */
  public static boolean fits(String pattern, String text) {
    int at = 0;
    int star = -1;
    int from = 0;
    int i = 0;
    while (i < text.length()) {
      char c = at < pattern.length() ? pattern.charAt(at) : 0;
      if (c == '*') {
        star = at++;
        from = i;
      } else if (at < pattern.length() && (c == '?' || c == text.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++from;
      } else {
        return false;
      }
    }
    return pattern.substring(at).chars().allMatch(left -> left == '*');
  }
}
