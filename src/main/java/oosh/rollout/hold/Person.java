package oosh.rollout.hold;

/**
 * Who locks or freezes.
 *
 * @param user the login name
 * @param host the machine's name
 */
public record Person(String user, String host) {
  /** The longest name that is shown: others can write into a shared journal. */
  private static final int LONGEST = 256;

  public Person {
    user = bounded(user, LONGEST);
    host = bounded(host, LONGEST);
  }

  static String bounded(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "…";
  }

  /**
   * Whether both are the same user. The host does not count: a person works on several machines,
   * and a lock outlives the machine that it was made on.
   */
  public boolean isSameUser(Person other) {
    return user.equals(other.user);
  }

  /** {@code li on ops-1}. */
  public String text() {
    return user + " on " + host;
  }
}
