package oosh.shell.verbs.repair;

import java.util.List;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.heal.Doctor;
import oosh.rollout.plan.GroupAnswer;
import oosh.rollout.record.Diagnosis;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.verbs.hold.LockCommand;
import oosh.shell.verbs.place.KnownGroups;
import oosh.shell.verbs.rollout.Reconciliation;
import oosh.view.DoctorView;
import oosh.view.place.DoctorAllView;

/** {@code doctor}: what executions have left on the group; changes nothing. */
public final class DoctorCommand {
  private DoctorCommand() {}

  public static Verb verb() {
    return Verb.of("doctor", Verb.HelpSection.ROLLOUT, "what executions have left on the group")
        .example("doctor", "doctor --output json", "doctor --detailed-exitcode", "doctor --all")
        .flag("all", null, "all groups that the journal knows, in all regions")
        .flag("regions", "R,…", "with --all: only in these regions")
        .values("regions", KnownGroups.REGIONS)
        .flag(Answer.DETAILED, null, "exit with 0 where nothing is left, else with 8")
        .answers(JsonAnswer.DIAGNOSIS, JsonAnswer.DIAGNOSES)
        .does(
            (session, in) -> {
              if (in.has("all")) {
                return all(session, in);
              }
              KnownGroups.onlyWithAll(in, "doctor --all", "regions");
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

  /** Over groups and regions; what could not be read may be left, too. */
  private static int all(Session session, CommandInput in) {
    List<GroupAnswer<Diagnosis>> all =
        KnownGroups.ask(
            session,
            in,
            (there, group) -> doctor(there).examine(there.context().withGroup(group.id()), group));
    Answer.print(
        session,
        in,
        () -> DoctorAllView.json(all),
        style -> DoctorAllView.text(all, session.now(), style));
    int status = KnownGroups.exitStatus(all);
    return status == 0 && in.has(Answer.DETAILED) && !DoctorAllView.clean(all)
        ? Answer.TO_DO
        : status;
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
