package oosh.rollout.record;

import java.time.Duration;

/** Times of the vendor's services that a start and a search for it count with. */
public final class OosTiming {
  /**
   * How long after it was asked OOS may list an execution for the first time (assumed; the vendor
   * has not published it). Until then an execution that is not listed may still come. It is also
   * for how long a token is sent again: no document says how long OOS remembers one.
   */
  public static final Duration LISTED_WITHIN = Duration.ofMinutes(2);

  /** The services refuse a request whose time is more than 15 minutes off, so no clock is. */
  public static final Duration CLOCKS_DIFFER = Duration.ofMinutes(16);

  private OosTiming() {}
}
