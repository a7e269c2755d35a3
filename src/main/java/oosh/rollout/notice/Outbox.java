package oosh.rollout.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of the journal that holds notices until they are delivered. They are written in the
 * transaction that records what they tell of. It holds names of receivers, never their addresses.
 */
public interface Outbox {
  /**
   * How long after each attempt the next one is made; the last one is the last. The first is longer
   * than an attempt takes, so that no two processes send the same notice at once.
   */
  List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12));

  /**
   * A notice that this process is to send.
   *
   * @param attempt counted from 1
   */
  record Claimed(Notice notice, String target, int attempt) {}

  /**
   * How deliveries to a receiver go.
   *
   * @param lastAt when the last attempt ended; null before the first
   * @param lastError of the last attempt; "" if it was delivered
   */
  record Deliveries(
      String target, int pending, int givenUp, @Nullable Instant lastAt, String lastError) {}

  /**
   * Takes the oldest notice that is due for one of these receivers. Until its attempt fails, or the
   * wait after it is over, no other process gets it.
   */
  Optional<Claimed> claim(List<String> targets, Instant now);

  void delivered(Claimed claimed, Instant now);

  /** It is tried again after its wait, or given up after the last one. */
  void failed(Claimed claimed, String why, Instant now);

  /** When the next notice for one of these is due; empty if none is pending. */
  Optional<Instant> nextDue(List<String> targets);

  /** Forgets all notices for a receiver. */
  void forget(String target);

  List<Deliveries> deliveries();
}
