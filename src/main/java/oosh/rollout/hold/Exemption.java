package oosh.rollout.hold;

import org.jspecify.annotations.Nullable;

/**
 * What a start passes by, and what it needs.
 *
 * @param goesBack it was typed as a rollback: no lock and no freeze keeps it back
 * @param throughFreeze why it starts although a freeze is in force; "" if it does not. Once it is
 *     planned, with the freeze before it
 * @param alone why it starts although the team's journal cannot be reached; "" if it can
 * @param plan the saved plan that is started, and that others must have approved; null if none need
 */
public record Exemption(
    boolean goesBack, String throughFreeze, String alone, @Nullable ApprovedPlan plan) {
  /**
   * A saved plan.
   *
   * @param sha256 of its content
   * @param file its name, for the words of a refusal
   */
  public record ApprovedPlan(String sha256, String file) {}

  /** Passes by nothing. */
  public static final Exemption NONE = new Exemption(false, "", "", null);

  public Exemption(boolean goesBack, String throughFreeze, String alone) {
    this(goesBack, throughFreeze, alone, null);
  }

  public Exemption through(String freeze) {
    return new Exemption(goesBack, freeze, alone, plan);
  }
}
