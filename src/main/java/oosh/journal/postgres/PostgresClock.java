package oosh.journal.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock of the database, as it was read last, gone on by this machine's count of nanoseconds:
 * so the shells of a team have one time, whatever their own clocks say, and however those are set
 * in between.
 */
final class PostgresClock implements InstantSource {
  /** Both were read at one moment, the second of them here. */
  private record Reading(Instant there, long nanos) {}

  private volatile Reading last;
  private volatile boolean isRead;

  /**
   * @param own this machine's clock, until the database's is read
   */
  PostgresClock(InstantSource own) {
    last = new Reading(own.instant(), System.nanoTime());
  }

  void read(Instant there) {
    last = new Reading(there, System.nanoTime());
    isRead = true;
  }

  /** Whether it goes by the database's clock. */
  boolean isRead() {
    return isRead;
  }

  @Override
  public Instant instant() {
    Reading reading = last;
    return reading.there().plus(Duration.ofNanos(System.nanoTime() - reading.nanos()));
  }
}
