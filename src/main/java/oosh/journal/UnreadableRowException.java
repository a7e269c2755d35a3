package oosh.journal;

/** A row holds what no oosh has written: its page is damaged. Stays inside this room. */
public final class UnreadableRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableRowException() {
    super("unreadable", null, false, false);
  }
}
