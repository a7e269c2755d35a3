package oosh.shell.verbs.approval;

import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.audit.AuditAction;
import oosh.rollout.cloud.CallerIdentity;
import oosh.rollout.cloud.NotifyType;
import oosh.rollout.record.Progress;
import oosh.rollout.watch.ApprovalControl;
import oosh.rollout.watch.ExecutionControl;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.ExecutionIds;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.complete.ApprovalCompleter;
import oosh.view.approval.ApprovalView;
import oosh.view.json.ExecutionJson;
import oosh.view.json.JsonOutput;

/**
 * {@code approve EXEC} and {@code reject EXEC -m REASON}: answer an execution that waits for an
 * approval, as the RAM user whose keys are used.
 */
public final class ApproveCommand {
  private static final String APPROVE = "approve";
  private static final String REJECT = "reject";

  private ApproveCommand() {}

  public static Verb approve() {
    return of(APPROVE, "approve an execution that waits for it, or a saved plan")
        .example(
            "approve exec-6f1c0b3a9d2e4f58",
            "approve",
            "approve exec-6f1c0b3a9d2e4f58 -y -m \"read it\"",
            "approve plan.json")
        .flag("message", 'm', "TEXT", "what OOS keeps with it")
        .does((session, in) -> answer(session, in, APPROVE, NotifyType.APPROVE));
  }

  public static Verb reject() {
    return of(REJECT, "reject an execution that waits for approval, or a saved plan")
        .example("reject exec-6f1c0b3a9d2e4f58 -m \"not on a Friday\"")
        .flag("message", 'm', "REASON", "why; OOS keeps it")
        .does((session, in) -> answer(session, in, REJECT, NotifyType.REJECT));
  }

  private static Verb of(String name, String sentence) {
    return Verb.of(name, Verb.HelpSection.ROLLOUT, sentence)
        .optional("EXEC|FILE", ApprovalCompleter.WAITING)
        .whenTyped(ApprovalCompleter::read)
        .flag("yes", 'y', null, "do not ask")
        .changes()
        .answers(JsonAnswer.EXECUTION, JsonAnswer.APPROVALS, JsonAnswer.AWAITED);
  }

  private static int answer(Session session, CommandInput in, String verb, NotifyType answer)
      throws InterruptedException {
    if (in.argument(0).isEmpty() && !in.has("yes") && !in.has("message")) {
      return AwaitedApprovals.list(session, in, verb);
    }
    String note = in.option("message", "").strip();
    if (answer == NotifyType.REJECT && note.isEmpty()) {
      throw Problem.usage(
          "reject needs a reason", "who started it reads it", in.line("message", "REASON"));
    }
    Optional<String> plan = in.argument(0).filter(PlanApprovalCheck::isFile);
    if (plan.isPresent()) {
      return PlanApprovalCheck.answer(session, in, plan.get(), verb, note);
    }
    String id = ExecutionIds.execution(session, in.argument(0));
    Progress before = session.look(id);
    ApprovalControl.mayAnswer(before, verb);
    CallerIdentity caller = session.cloud().caller();
    ApprovalControl.mayAnswer(before, caller, verb);
    session.say(ApprovalView.question(before, verb, session.now(), session.style()));
    if (!in.has("yes")) {
      session.requireYes(
          verb + " " + id + " as " + ApprovalControl.user(caller) + "? [y/N] ",
          "-y",
          id + " still waits",
          verb + " " + id);
      // The answer is for the batch that was shown: at another pause OOS would take it as well.
      if (ApprovalControl.mayAnswer(session.look(id), verb).before()
          != ApprovalControl.mayAnswer(before, verb).before()) {
        throw Problem.refused(
            id + " has changed since the question", "it waits at another batch now", "show " + id);
      }
    }
    ExecutionControl.tell(
        () -> session.cloud().executions().answer(id, answer, note),
        () -> session.look(id),
        now -> ApprovalControl.mayAnswer(now, caller, verb));
    session
        .journal()
        .audit()
        .add(
            answer == NotifyType.APPROVE ? AuditAction.APPROVED : AuditAction.REJECTED,
            session.context().region(),
            before.execution().group(),
            id,
            "as " + ApprovalControl.user(caller) + (note.isEmpty() ? "" : ": " + note));
    Progress after = session.look(id);
    session.starts().recordObservation(session.context(), after);
    if (in.json()) {
      session.print(JsonOutput.document(ExecutionJson.brief(after.execution())));
      return 0;
    }
    Answer.line(session, in, session.style().wrapped(ApprovalView.answered(after, verb)));
    session.note(ApprovalView.afterwards(after, verb));
    return 0;
  }
}
