package oosh.rollout.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a service has listed, as it was read last.
 *
 * @param scope what they are of: a scaling group's id, a package's name; "" for the whole region
 * @param all in the order in which they are offered
 */
public record CatalogueList(Kind kind, String scope, List<CatalogueItem> all, Instant read) {
  /** What is listed. The journal keeps the names. */
  public enum Kind {
    IMAGE,
    CONFIGURATION,
    PACKAGE,
    VERSION,
    ROLE,
    TEMPLATE,
    RULE,
    /** Without entries: each has a record of its own in the journal. */
    EXECUTION
  }

  /** For so long a new item may be missing. */
  private static final Duration FRESH = Duration.ofMinutes(10);

  public CatalogueList {
    all = List.copyOf(all);
  }

  /** Whether it is time to read them again; also where the clock was put back. */
  public boolean stale(Instant now) {
    return now.isBefore(read) || !now.isBefore(read.plus(FRESH));
  }
}
