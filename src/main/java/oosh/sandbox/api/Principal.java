package oosh.sandbox.api;

/**
 * Who calls, as OOS knows a caller.
 *
 * @param name of a RAM user; of another caller what ExecutedBy shows
 * @param id the vendor's
 * @param user whether it is a RAM user
 */
public record Principal(String name, String id, boolean user) {
  /** As ExecutedBy has it: of an account {@code root(ID)}; that a user's is alike is assumed. */
  public String executedBy() {
    return name + "(" + id + ")";
  }
}
