package oosh.rollout.hold;

/**
 * What a start passes by.
 *
 * @param goesBack it was typed as a rollback: no lock and no freeze keeps it back
 * @param throughFreeze why it starts although a freeze is in force; "" if it does not. Once it is
 *     planned, with the freeze before it
 * @param alone why it starts although the team's journal cannot be reached; "" if it can
 */
public record Exemption(boolean goesBack, String throughFreeze, String alone) {
  /** Passes by nothing. */
  public static final Exemption NONE = new Exemption(false, "", "");
}
