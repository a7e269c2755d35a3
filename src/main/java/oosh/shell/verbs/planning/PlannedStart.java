package oosh.shell.verbs.planning;

import java.util.Optional;
import java.util.function.Supplier;
import oosh.config.ProfileRules;
import oosh.rollout.cloud.Execution;
import oosh.rollout.hold.Exemption;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.Progress;
import oosh.rollout.start.StartConflict;
import oosh.rollout.wave.WaveClaim;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import org.jspecify.annotations.Nullable;

/**
 * A plan, and what a start needs beside it.
 *
 * @param groupSnapshot the group as it was read for the plan
 * @param inFlight the execution that runs on the group already
 * @param refusals words what a refusal says
 * @param precedingAbort what is done before the start; null if nothing is
 * @param exemption what it passes by, as its line was typed
 */
public record PlannedStart(
    Plan plan,
    GroupSnapshot groupSnapshot,
    Optional<Execution> inFlight,
    StartConflict refusals,
    @Nullable PrecedingAbort precedingAbort,
    Exemption exemption) {
  /** A start with nothing before it. */
  public PlannedStart(
      Plan plan,
      GroupSnapshot groupSnapshot,
      Optional<Execution> inFlight,
      StartConflict refusals) {
    this(plan, groupSnapshot, inFlight, refusals, null, Exemption.NONE);
  }

  public PlannedStart with(Plan other) {
    return new PlannedStart(other, groupSnapshot, inFlight, refusals, precedingAbort, exemption);
  }

  public PlannedStart with(Exemption passes) {
    return new PlannedStart(plan, groupSnapshot, inFlight, refusals, precedingAbort, passes);
  }

  /** With the saved plan that others must have approved. */
  public PlannedStart of(Exemption.ApprovedPlan approved) {
    return with(
        new Exemption(
            exemption.goesBack(), exemption.throughFreeze(), exemption.alone(), approved));
  }

  /** With the mark of its profile. */
  public PlannedStart marked(ProfileRules rules) {
    return with(plan.marked(rules.of(plan.rollout().context().profile())));
  }

  public PlannedStart after(PrecedingAbort abort) {
    return new PlannedStart(plan, groupSnapshot, inFlight, refusals, abort, exemption);
  }

  /**
   * Starts it.
   *
   * @param again why it is started although another start or execution conflicts; "" if none does
   * @throws oosh.rollout.Problem as {@link oosh.rollout.start.RolloutStarter#start} does
   */
  public Execution start(Session session, String again) {
    return start(session, again, null);
  }

  /**
   * Starts it as one of a rollout over many groups.
   *
   * @throws oosh.rollout.Problem as {@link #start(Session, String)}
   */
  public Execution start(Session session, String again, @Nullable WaveClaim wave) {
    return session.starting(
        () ->
            session
                .rollouts()
                .start(plan.rollout(), groupSnapshot, again, exemption, wave, refusals));
  }

  /** Whether it is a rollback, or was typed as one: no lock and no freeze keeps it back. */
  boolean goesBack() {
    return exemption.goesBack() || plan.rollout().sourceExecutionId() != null;
  }

  /** The command to type again. */
  public String command() {
    return refusals.verb();
  }

  /** With the options of the command, for refusals and questions that name the command. */
  public PlannedStart typed(CommandInput in) {
    CommandInput named = in.has("confirm") ? in.with("confirm", plan.rollout().group()) : in;
    return new PlannedStart(
        plan,
        groupSnapshot,
        inFlight,
        refusals.typedWith(named.otherOptions(command())),
        precedingAbort,
        new Exemption(
            in.line().startsWith("rollback"),
            ThroughFreeze.reason(in),
            Alone.reason(in),
            exemption.plan()));
  }

  /**
   * An execution that is aborted before the start.
   *
   * @param source the execution when the start was planned
   * @param replan plans the start again after the execution has ended
   */
  public record PrecedingAbort(Progress source, Supplier<PlannedStart> replan) {}
}
