package oosh.shell.verbs.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import oosh.rollout.OnFailure;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.Preflight;
import oosh.rollout.update.Rollout;
import oosh.rollout.update.UpdateMethod;
import oosh.shell.Session;
import org.jspecify.annotations.Nullable;

/**
 * Asks OOS before a start what would stop it: rights that the role lacks, and whether OOS accepts
 * oosh's own template.
 */
final class RoleCheck {
  private final Session session;

  /** Null if the question depends on the plan. */
  private final ParallelReads.@Nullable PendingRead<List<String>> begun;

  private RoleCheck(Session session, ParallelReads.@Nullable PendingRead<List<String>> begun) {
    this.session = session;
    this.begun = begun;
  }

  /**
   * Asks about a launch with that method and role, as far as that is possible before there is a
   * plan.
   */
  public static RoleCheck begin(Session session, UpdateMethod method, String role) {
    return new RoleCheck(
        session, method.usesOoshTemplate() ? null : begin(session, method, "", role));
  }

  /** Asks once there is a plan. */
  public static RoleCheck later(Session session) {
    return new RoleCheck(session, null);
  }

  private static ParallelReads.PendingRead<List<String>> begin(
      Session session, UpdateMethod method, String content, String role) {
    return session
        .cloud()
        .readers()
        .begin(() -> session.cloud().executions().missingRights(method.template(), content, role));
  }

  /** The plan with the warnings. If OOS cannot be asked, that is a note. */
  public Plan of(Plan plan, Consumer<String> note) {
    Rollout rollout = plan.rollout();
    String content = rollout.content();
    ParallelReads.PendingRead<List<String>> rights =
        begun != null
            ? begun
            : begin(session, rollout.context().method(), content, rollout.spec().role());
    List<Warning> warnings = new ArrayList<>();
    if (!content.isEmpty()) {
      ParallelReads.PendingRead<Optional<String>> refusal =
          session.cloud().readers().begin(() -> session.cloud().executions().refusal(content));
      warnings.addAll(
          told(
              note,
              "oosh's own template",
              () -> Preflight.ofTemplate(refusal.get(), rollout.spec())));
    }
    warnings.addAll(
        told(
            note,
            "what the role may do",
            () ->
                Preflight.ofRights(
                    rollout.spec().role(),
                    rollout.spec().onFailureOrDefault() == OnFailure.PAUSE,
                    rights.get())));
    return plan.with(warnings);
  }

  private static List<Warning> told(
      Consumer<String> note, String what, Supplier<List<Warning>> warnings) {
    try {
      return warnings.get();
    } catch (Problem p) {
      note.accept("note: " + what + " was not checked: " + p.why());
      return List.of();
    }
  }
}
