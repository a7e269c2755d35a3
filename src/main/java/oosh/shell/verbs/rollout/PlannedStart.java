package oosh.shell.verbs.rollout;

import java.util.Optional;
import java.util.function.Supplier;
import oosh.rollout.cloud.Execution;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.Progress;
import oosh.rollout.start.StartConflict;
import oosh.shell.CommandInput;
import org.jspecify.annotations.Nullable;

/**
 * A plan, and what it does not say.
 *
 * @param groupSnapshot the group as it was read for it
 * @param inFlight what runs on the group already
 * @param precedingAbort what is done before it; null if nothing is
 */
record PlannedStart(
    Plan plan,
    GroupSnapshot groupSnapshot,
    Optional<Execution> inFlight,
    StartConflict inTheWay,
    @Nullable PrecedingAbort precedingAbort) {
  /** One that is started as it is. */
  PlannedStart(
      Plan plan,
      GroupSnapshot groupSnapshot,
      Optional<Execution> inFlight,
      StartConflict inTheWay) {
    this(plan, groupSnapshot, inFlight, inTheWay, null);
  }

  PlannedStart with(Plan other) {
    return new PlannedStart(other, groupSnapshot, inFlight, inTheWay, precedingAbort);
  }

  PlannedStart after(PrecedingAbort abort) {
    return new PlannedStart(plan, groupSnapshot, inFlight, inTheWay, abort);
  }

  /** Where a refusal or a question names the command, it does so with the options of it. */
  PlannedStart typed(CommandInput in) {
    CommandInput named = in.has("confirm") ? in.with("confirm", plan.rollout().group()) : in;
    return new PlannedStart(
        plan,
        groupSnapshot,
        inFlight,
        inTheWay.typedWith(named.otherOptions(inTheWay.verb())),
        precedingAbort);
  }

  /**
   * An execution that is aborted before the start.
   *
   * @param source as it was when that was planned
   * @param anew plans the start again once it has ended
   */
  record PrecedingAbort(Progress source, Supplier<PlannedStart> anew) {}
}
