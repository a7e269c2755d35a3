package oosh.rollout.heal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.History;
import oosh.rollout.record.Initiator;
import oosh.rollout.update.Context;

/** Makes the calls of a {@link HealStep}, and writes down what becomes of them. */
final class HealStepRunner {
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** How long, and how often, a call is repeated (source: the public actions of ESS, 2024-09). */
  private static final Duration REFUSED = Duration.ofMinutes(5);

  private static final Duration AGAIN = Duration.ofSeconds(10);

  /**
   * What ESS says while a load balancer or the group itself is being changed (same source, and the
   * vendor's Terraform provider, 2026-08, which repeats ResumeProcesses too).
   */
  private static final List<String> PASSING =
      List.of("BackendServer.configuring", "IncorrectScalingGroupStatus");

  private static final String RUNNING = "Running";
  private static final String STOPPED = "Stopped";

  private final Cloud cloud;
  private final History history;
  private final TimeSource pace;
  private final Initiator author;

  HealStepRunner(Cloud cloud, History history, TimeSource pace, Initiator author) {
    this.cloud = cloud;
    this.history = history;
    this.pace = pace;
    this.author = author;
  }

  void apply(Context context, HealStep step) {
    history.recordHealStep(context, record(step, HealStepRecord.HealStepResult.ASKED, ""));
    try {
      call(context.needGroup(), step);
    } catch (Problem | Interrupted thrown) {
      // What the service said matters more than that it could not be written down.
      Problem p = Interrupted.problemOf(thrown);
      boolean perhaps = p.kind() == Problem.Kind.UNCERTAIN || p.kind() == Problem.Kind.INTERRUPTED;
      try {
        history.recordHealStep(
            context,
            record(
                step,
                perhaps
                    ? HealStepRecord.HealStepResult.UNKNOWN
                    : HealStepRecord.HealStepResult.REFUSED,
                p.why()));
      } catch (Problem unwritten) {
        throw thrown;
      }
      throw thrown;
    }
    history.recordHealStep(context, record(step, HealStepRecord.HealStepResult.DONE, ""));
  }

  private void call(String group, HealStep step) {
    switch (step.kind()) {
      case START -> start(step.subjects());
      case RETURN ->
          untilTaken(
              "instances were returning", () -> cloud.groups().exitStandby(group, step.subjects()));
      case PROTECT -> cloud.groups().protect(group, step.subjects());
      case IMAGE -> image(step.subjects().get(0), step.from(), step.to());
      case UNHOOK -> cloud.inventory().deleteHook(group, step.from());
      case RESUME ->
          untilTaken("processes were resumed", () -> cloud.groups().resume(group, step.subjects()));
    }
  }

  /** Switches on those that are off, and waits until all run: ESS wants that (assumed). */
  private void start(List<String> instances) {
    cloud.inventory().machines(instances).stream()
        .filter(m -> m.status().equals(STOPPED))
        .forEach(m -> cloud.inventory().start(m.id()));
    Instant end = pace.instant().plus(HealStep.STARTING);
    while (true) {
      List<String> waiting = new ArrayList<>(instances);
      cloud.inventory().machines(instances).stream()
          .filter(m -> m.status().equals(RUNNING))
          .forEach(m -> waiting.remove(m.id()));
      if (waiting.isEmpty()) {
        return;
      }
      if (!pace.instant().isBefore(end)) {
        throw Problem.refused(
            "cannot return " + String.join(", ", waiting),
            "started, and not Running after " + HealStep.STARTING.toMinutes() + " min",
            "look at it in ECS, then heal --return-failed");
      }
      pause(LOOK, "instances were starting");
    }
  }

  /** What was refused for the moment only is asked again. */
  private void untilTaken(String doing, Runnable call) {
    Instant end = pace.instant().plus(REFUSED);
    while (true) {
      try {
        call.run();
        return;
      } catch (Problem p) {
        String said = p.service();
        if (said == null
            || PASSING.stream().noneMatch(said::startsWith)
            || !pace.instant().isBefore(end)) {
          throw p;
        }
      }
      pause(AGAIN, doing);
    }
  }

  private void pause(Duration length, String meanwhile) {
    try {
      pace.pause(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Interrupted.of(
          "stopped",
          "Ctrl-C while " + meanwhile,
          "heal --return-failed, which waits for them and continues");
    }
  }

  /** A person may have set another one since the look. */
  private void image(String configuration, String from, String to) {
    Optional<String> now = cloud.inventory().image(configuration);
    if (!now.equals(Optional.of(from))) {
      throw Problem.refused(
          "cannot restore the image of " + configuration,
          now.map(i -> "its image was changed to " + i + " since the last check")
              .orElse("it no longer exists"),
          "doctor, then heal");
    }
    cloud.inventory().setImage(configuration, to);
  }

  private HealStepRecord record(HealStep step, HealStepRecord.HealStepResult outcome, String why) {
    return new HealStepRecord(pace.instant(), step, author, outcome, why);
  }
}
