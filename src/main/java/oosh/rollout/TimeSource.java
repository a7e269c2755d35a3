package oosh.rollout;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that can also wait: real, or stepped by hand, so that no test sleeps. */
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
