package oosh.rollout;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time for whoever waits: real, or stepped by hand so that nothing ever sleeps in a test. */
public interface TimeSource extends InstantSource {
  /** Lets that much time pass. */
  void pause(Duration duration) throws InterruptedException;

  /** The wall clock, and sleep. */
  TimeSource REAL =
      new TimeSource() {
        @Override
        public Instant instant() {
          return Instant.now();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
          Thread.sleep(duration.toMillis());
        }
      };
}
