package oosh.shell.verbs.rehearsal;

import java.time.Duration;
import oosh.rollout.rehearsal.GateTrial;
import oosh.rollout.rehearsal.Rehearsal;
import oosh.shell.SandboxControl;
import oosh.shell.SandboxControl.Surroundings;
import org.jspecify.annotations.Nullable;

/** What a rehearsal orders of a sandbox for its gates. */
final class GateOrders {
  private GateOrders() {}

  /** What the gates ask; null without gates, where it does not matter. */
  static @Nullable Surroundings around(Rehearsal rehearsal) {
    return rehearsal.spec().gates().isEmpty()
        ? null
        : new Surroundings(
            rehearsal.ports(), rehearsal.watched().sources(), rehearsal.watched().rules());
  }

  /** Orders what a gate should fail at; the launch is planned already, and has not started. */
  static void give(SandboxControl control, Rehearsal rehearsal, GateTrial trial) {
    String at = rehearsal.failAt();
    switch (trial.order()) {
      case DOWN -> control.holdService(at, "down");
      case ERROR -> control.holdService(at, GateTrial.ERROR_STATUS);
      case DOWN_AFTER -> control.failService(at, Duration.ZERO, 1);
      case DOWN_IN_BAKE -> control.failService(at, trial.bake().dividedBy(2), 1);
      case IN_ALARM -> control.setAlarm(rehearsal.watched().rules().get(0), "ALARM");
    }
  }
}
