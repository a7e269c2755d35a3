package oosh.rollout;

/**
 * Who asks, from where.
 *
 * @param user the login name
 * @param pid the process that asks
 */
public record Author(String user, String host, long pid) {
  /** This process. */
  public static Author here() {
    String host = System.getenv().getOrDefault("HOSTNAME", "");
    return new Author(
        System.getProperty("user.name", "?"),
        host.isEmpty() ? "localhost" : host,
        ProcessHandle.current().pid());
  }
}
