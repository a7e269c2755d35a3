package oosh.rollout.plan;

import java.util.Optional;
import java.util.Set;
import oosh.rollout.OnFailure;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.Launch;
import oosh.rollout.update.RollbackSupport;
import oosh.rollout.update.Rollout;
import oosh.rollout.update.UpdateMethod;

/** What cannot be rolled back, and why. */
public final class RollbackValidator {
  private RollbackValidator() {}

  /**
   * The method of an execution that can be rolled back.
   *
   * @param touched how many instances it has child executions for
   * @param onceAborted whether it is aborted first if it has not ended
   * @throws Problem REFUSED when it cannot be rolled back, with the reason and what to do instead
   */
  static UpdateMethod requirePossible(
      Execution source,
      int touched,
      Optional<JournalEntry> remembered,
      Context context,
      boolean onceAborted) {
    String id = source.id();
    if (source.parentId() != null) {
      throw refused(
          id, "it is the child execution of one instance", "rollback " + source.parentId());
    }
    Optional<UpdateMethod> made = method(source, remembered, context);
    if (made.isEmpty()) {
      throw refused(
          id,
          "it ran the template " + source.templateName(),
          source.templateName().isEmpty()
              ? "roll it back where it was started"
              : "use method template " + source.templateName() + ", then rollback " + id);
    }
    UpdateMethod method = made.get();
    if (source.isRollback()) {
      String original = source.parameter("sourceExecutionId");
      throw refused(
          id,
          "it is a rollback itself" + (original.isEmpty() ? "" : ", of " + original),
          "stage script FILE, then launch what should run now");
    }
    boolean ended = source.status().isFinal();
    if (!ended && !onceAborted) {
      throw refused(
          id,
          "it is still " + source.status(),
          "rollback " + id + " --now; or abort " + id + ", then rollback " + id);
    }
    CommandType type = CommandType.of(source.parameter("commandType")).orElse(CommandType.SHELL);
    if (method.runsOnlyScript() && type.windows()) {
      throw refused(
          id,
          "it ran a " + type.word() + "; the template's rollback always runs RunShellScript",
          "stage script UNDO --type " + type.option() + ", then launch");
    }
    if (method.isUserTemplate() && method.declared().filter(t -> !t.rollsBack()).isPresent()) {
      throw refused(
          id,
          "the template " + method.template() + " has no rollback",
          "launch what should run now");
    }
    if (!method.isUserTemplate() && source.listParameter("enterProcess").isEmpty()) {
      // The template suspends the source's enterProcess without looking whether it is empty, and
      // ESS refuses an empty list (inferred from the public template; assumed of the service).
      throw refused(
          id,
          "it was launched with suspend none; the public template cannot roll back such a launch",
          method.runsOnlyScript()
              ? "stage script UNDO, then launch"
              : "launch what should run instead");
    }
    if (touched == 0) {
      throw ended
          ? refused(id, "it touched no instance", "nothing is left to do; history shows the rest")
          : refused(id, "it has touched no instance yet", "abort " + id);
    }
    return method;
  }

  /** The method of the source: as the journal has it, as OOS lists it, or as it is chosen now. */
  public static Optional<UpdateMethod> method(
      Execution source, Optional<JournalEntry> remembered, Context context) {
    Optional<UpdateMethod> told = UpdateMethod.of(source);
    if (told.isPresent() && !told.get().isUserTemplate()) {
      return told;
    }
    String name = source.templateName();
    UpdateMethod chosen = context.method();
    Optional<UpdateMethod> kept =
        remembered
            .map(JournalEntry::method)
            .filter(m -> m.isUserTemplate() && m.template().equals(name));
    // What is chosen knows what its template declares.
    return chosen.isUserTemplate()
            && chosen.template().equals(name)
            && kept.filter(m -> !m.equals(chosen)).isEmpty()
        ? Optional.of(chosen)
        : kept.or(() -> told);
  }

  /**
   * @return the source
   * @throws Problem REFUSED where OOS rolls it back already
   */
  public static Progress requireNotUnderWay(Progress source) {
    if (!source.undone().isEmpty()) {
      String id = source.execution().id();
      String why = "OOS rolls it back already: " + source.undoneInWords() + " so far";
      throw refused(id, why, "watch " + id);
    }
    return source;
  }

  static Problem refused(String id, String why, String next) {
    return Problem.refused(id + " cannot be rolled back", why, next);
  }

  /**
   * Requires that a launch can be rolled back automatically after a failure.
   *
   * @param suspended the processes that are suspended in the group before it
   * @throws Problem REFUSED if it cannot be rolled back, or if OOS would wait at the failure
   */
  public static void requireAutomaticRollback(Rollout rollout, Set<ScalingProcess> suspended) {
    String what = "cannot launch with --rollback-on-failure";
    String without = "launch without it, and keep a script ready that undoes the launch";
    if (!(rollout instanceof Launch launch)) {
      throw Problem.refused(what, "a rollback cannot be rolled back", without);
    }
    if (launch.spec().onFailureOrDefault() == OnFailure.PAUSE) {
      throw Problem.refused(
          what,
          "at a failure OOS would wait for the user instead of ending",
          "launch --rollback-on-failure --on-failure stop");
    }
    RollbackSupport.of(launch, suspended)
        .none()
        .ifPresent(
            n -> {
              throw Problem.refused(
                  what,
                  "it cannot be rolled back: " + n.why(),
                  n.remedy().startsWith("stage ")
                      ? n.remedy() + ", then launch --rollback-on-failure"
                      : n.remedy().startsWith(RollbackSupport.HEAL)
                          ? RollbackSupport.HEAL + ", then launch --rollback-on-failure"
                          : without);
            });
  }
}
