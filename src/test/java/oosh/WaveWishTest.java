package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import oosh.rollout.hold.GroupLock;
import oosh.rollout.hold.Person;
import oosh.rollout.wave.WaveStatus.Wish;
import oosh.shell.SandboxControl.FailingCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What was refused while a rollout was to do one thing is tried again when it is to do another: the
 * shell that leads is there all the time.
 */
@Timeout(60)
class WaveWishTest extends WaveTestBase {
  /** A script that fails once on an instance of asg-bp1api. */
  private static final String API_FAILS = "sandbox fail i-bp2c --exit 3 --times 1; ";

  private static final Person WANG = new Person("wang", "ops-2");

  private GroupLock lock() {
    return backends
        .journal()
        .restrictions()
        .lock(new GroupLock("cn-hangzhou", GROUP, WANG, "migration", session().now()));
  }

  private void unlock(GroupLock lock) {
    assertThat(backends.journal().restrictions().unlock(lock, WANG, "")).isTrue();
  }

  private void wish(Wish wish) {
    backends.journal().waves().wish(id(), wish, "");
  }

  /** The leader sees the pause for a second. */
  @Test
  void aPauseThatIsTakenBackTriesAGroupAgain() {
    GroupLock lock = lock();
    whenShown(
        "asg-bp1api  Running",
        () -> {
          wish(Wish.PAUSE);
          whenShown(
              "paused: nothing more is started",
              () -> {
                unlock(lock);
                wish(Wish.GO);
              });
        });
    assertThat(run(launch)).as(oneLine()).isZero();
    assertThat(oneLine()).contains("cannot launch on asg-bp1web: wang on ops-2 locked it");
    assertThat(phases())
        .containsExactly("asg-t4nweb SUCCESS", "asg-bp1web SUCCESS", "asg-bp1api SUCCESS");
  }

  /** Both failed; the retry of one is refused, that of the other runs when a person goes back. */
  @Test
  void aRollbackGoesOverAGroupWhoseRetryWasRefused() {
    assertThat(run(WEB_FAILS + API_FAILS + launch)).isEqualTo(5);
    assertThat(phases()).contains("asg-bp1web FAILED", "asg-bp1api FAILED");
    lock();
    whenShown("asg-bp1api  Running", () -> wish(Wish.BACK));
    assertThat(run("continue " + id() + " --retry")).as(oneLine()).isEqualTo(6);
    assertThat(oneLine()).contains("cannot launch on asg-bp1web: wang on ops-2 locked it");
    assertThat(phases())
        .containsExactly(
            "asg-t4nweb ROLLED_BACK", "asg-bp1web ROLLED_BACK", "asg-bp1api ROLLED_BACK");
  }

  /** A group that is still to be tried again is as good as failed when the rollout goes back. */
  @Test
  void aRollbackGoesOverAGroupWhoseRetryHasYetToCome() {
    file(UPDATE + WAVES.replace("at-once: 2", "at-once: 1") + "max-failures: 1\n");
    assertThat(run(WEB_FAILS + API_FAILS + launch)).isEqualTo(5);
    assertThat(phases()).contains("asg-bp1web FAILED", "asg-bp1api FAILED");
    whenShown("asg-bp1web  Running", () -> wish(Wish.BACK));
    assertThat(run("continue " + id() + " --retry")).as(oneLine()).isEqualTo(6);
    assertThat(phases())
        .containsExactly(
            "asg-t4nweb ROLLED_BACK", "asg-bp1web ROLLED_BACK", "asg-bp1api ROLLED_BACK");
  }

  /** A service that could not be reached is tried again; the pause comes before that. */
  @Test
  void aPauseEndsTheAttemptsToStart() {
    whenShown(
        "asg-t4nweb  Running",
        () -> {
          backends
              .sandboxControl()
              .failCalls(new FailingCalls(null, null, "asg-bp1api"), "error500", 0, 0);
          whenShown("oosh tries again", () -> wish(Wish.PAUSE));
        });
    assertThat(run(launch)).as(oneLine()).isEqualTo(7);
    assertThat(phases())
        .containsExactly("asg-t4nweb SUCCESS", "asg-bp1web SUCCESS", "asg-bp1api TO_START");
    assertThat(run("sandbox fail --clear; continue " + id())).as(oneLine()).isZero();
    assertThat(phases()).contains("asg-bp1api SUCCESS");
  }
}
