package oosh.rollout.update;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.cloud.Template;

/**
 * Whether a launch can be rolled back: the rule of each method, as far as its template has been
 * read (2024).
 *
 * @param suspendedNothing whether it told OOS to suspend no scaling process
 * @param allSuspended whether the group's processes were all suspended already
 * @param baseline what a rollback would send, as it was found before the launch
 */
public record RollbackSupport(
    UpdateMethod method,
    UpdateSpec spec,
    boolean suspendedNothing,
    boolean allSuspended,
    Map<String, Object> baseline) {
  /**
   * Why a launch cannot be rolled back.
   *
   * @param why the reason, after a colon
   * @param remedy what makes a rollback possible; {@link #ANOTHER} if nothing does
   */
  public record NoRollback(String why, String remedy) {}

  /** The remedy if the launch has no rollback script. */
  public static final String STAGE = "stage rollback FILE";

  /** The remedy if the template has no rollback. */
  static final String ANOTHER = "keep a script ready that undoes the launch";

  /** What resumes processes that were suspended before the launch. */
  public static final String HEAL = "heal";

  /**
   * @param suspended the processes that are suspended in the group before the launch
   */
  public static RollbackSupport of(Launch launch, Set<ScalingProcess> suspended) {
    return new RollbackSupport(
        launch.context().method(),
        launch.spec(),
        launch.suspend().isEmpty(),
        suspended.containsAll(EnumSet.allOf(ScalingProcess.class)),
        launch.baseline());
  }

  /** Empty if it can be rolled back. */
  public Optional<NoRollback> none() {
    if (method.runsOnlyScript()) {
      if (spec.rollbackScript() == null) {
        return none("no rollback script is staged", STAGE);
      }
      if (spec.commandType().windows()) {
        return none("the template's rollback always runs RunShellScript", ANOTHER);
      }
    }
    Optional<Payload> payload = method.payload();
    if (payload.isPresent()
        && !payload.get().hasRollbackValues(spec.rollbackValues())
        && !payload.get().hasRollbackValues(baseline)) {
      return none(
          "the " + payload.get().backWord() + " to roll back to is not known",
          payload.get().backVerb());
    }
    if (method.isUserTemplate()) {
      Optional<Template> template = method.declared();
      return template.isPresent() && !template.get().rollsBack()
          ? none("the template has no rollback", "keep a launch ready that restores the old state")
          : Optional.empty();
    }
    return suspendedNothing
        ? none(
            "without a scaling process to suspend, the template's rollback fails",
            allSuspended ? HEAL + " resumes what executions left suspended" : "stage suspend all")
        : Optional.empty();
  }

  private static Optional<NoRollback> none(String why, String remedy) {
    return Optional.of(new NoRollback(why, remedy));
  }
}
