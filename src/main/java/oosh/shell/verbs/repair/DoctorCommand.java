package oosh.shell.verbs.repair;

import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.heal.Doctor;
import oosh.rollout.record.Diagnosis;
import oosh.shell.Answer;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.verbs.hold.LockCommand;
import oosh.shell.verbs.rollout.Reconciliation;
import oosh.view.DoctorView;

/** {@code doctor}: what executions have left on the group; changes nothing. */
public final class DoctorCommand {
  private DoctorCommand() {}

  public static Verb verb() {
    return Verb.of("doctor", Verb.HelpSection.ROLLOUT, "what executions have left on the group")
        .example("doctor", "doctor --output json", "doctor --detailed-exitcode")
        .flag(Answer.DETAILED, null, "exit with 0 where nothing is left, else with 8")
        .answers(JsonAnswer.DIAGNOSIS)
        .does(
            (session, in) -> {
              Diagnosis diagnosis = examine(session);
              Reconciliation.wanted(session, session.context()).forEach(w -> session.note(w));
              LockCommand.note(session).ifPresent(session::note);
              Answer.print(
                  session,
                  in,
                  () -> DoctorView.json(diagnosis),
                  style -> DoctorView.text(diagnosis, session.now(), style));
              session.note(in.json() ? "" : DoctorView.next(diagnosis));
              // What could not be read may be left, too.
              boolean clean = diagnosis.leftovers().isEmpty() && diagnosis.unread().isEmpty();
              return in.has(Answer.DETAILED) && !clean ? Answer.TO_DO : 0;
            });
  }

  static Diagnosis examine(Session session) {
    ScalingGroup group = session.readGroup();
    session.watch().awaitListed(session.context());
    return doctor(session).examine(session.context(), group);
  }

  public static Doctor doctor(Session session) {
    return new Doctor(
        session.cloud(), session.history(), session.backends().pace(), session.author());
  }
}
