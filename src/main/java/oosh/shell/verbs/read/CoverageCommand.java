package oosh.shell.verbs.read;

import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.plan.Coverage;
import oosh.rollout.plan.GroupAnswer;
import oosh.rollout.plan.ScriptVersions;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.PastExecution;
import oosh.rollout.update.Script;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.ExecutionIds;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.complete.ExecutionCompleter;
import oosh.shell.complete.PastValues;
import oosh.shell.verbs.place.KnownGroups;
import oosh.view.CoverageView;
import oosh.view.place.VersionsView;
import org.jspecify.annotations.Nullable;

/** {@code coverage [EXEC]}: which instances of the group have a script; changes nothing. */
public final class CoverageCommand {
  private CoverageCommand() {}

  public static Verb verb() {
    return Verb.of(
            "coverage", Verb.HelpSection.ROLLOUT, "which instances of the group have a script")
        .example(
            "coverage",
            "coverage exec-6f1c0b3a9d2e4f58",
            "coverage --output json",
            "coverage --all",
            "coverage --all --script aebc9f",
            "coverage --all --regions cn-hangzhou,cn-beijing")
        .execution(ExecutionCompleter.ALL)
        .flag("all", null, "which scripts run on all groups that the journal knows")
        .flag("regions", "R,…", "with --all: only in these regions")
        .values("regions", KnownGroups.REGIONS)
        .flag("script", "SHA|NAME", "with --all: who runs that one")
        .values("script", PastValues.SCRIPTS)
        .answers(JsonAnswer.COVERAGE, JsonAnswer.VERSIONS)
        .does(
            (session, in) -> {
              if (in.has("all")) {
                return all(session, in);
              }
              KnownGroups.onlyWithAll(in, "coverage --all", "regions", "script");
              ScalingGroup group = session.readGroup();
              Coverage coverage =
                  Coverage.of(
                      session.cloud(),
                      session.history(),
                      session.context(),
                      group,
                      script(session, in));
              return Answer.print(
                  session,
                  in,
                  () -> CoverageView.json(coverage),
                  style -> CoverageView.text(coverage, style));
            });
  }

  /** Over groups and regions. */
  private static int all(Session session, CommandInput in) {
    String script = in.option("script");
    if (in.argument(0).isPresent()) {
      throw Problem.usage(
          "coverage --all takes no execution",
          "it tells which scripts run on every group",
          "coverage --all --script SHA|NAME");
    }
    List<GroupAnswer<ScriptVersions>> all =
        KnownGroups.ask(
            session,
            in,
            (there, group) ->
                ScriptVersions.of(
                    there.cloud(), there.history(), there.context().withGroup(group.id()), group));
    Answer.print(
        session,
        in,
        () -> VersionsView.json(all, script),
        style -> VersionsView.text(all, script, style));
    return KnownGroups.exitStatus(all);
  }

  /** The execution's; without one what is staged, else what was launched last. */
  private static Script script(Session session, CommandInput in) {
    Script staged = session.staging().script();
    if (in.argument(0).isEmpty() && staged != null) {
      return staged;
    }
    String id = ExecutionIds.launch(session, in.argument(0));
    Optional<JournalEntry> entry = session.starts().find(id);
    if (entry.filter(e -> !e.rollback() && !e.method().runsOnlyScript()).isPresent()) {
      throw Problem.refused(
          "coverage goes by a script's hash",
          id + " was launched by " + entry.get().method().word(),
          "show " + id + " lists its instances");
    }
    Script launched = entry.map(e -> e.spec().script()).orElseGet(() -> listed(session, id, entry));
    if (launched == null) {
      throw Problem.refused(
          "there is no script to compare with",
          id + " is a rollback, or the journal does not have its script",
          "coverage EXEC with the id of a launch, or stage script FILE, then coverage");
    }
    return launched;
  }

  /**
   * The script of a launch that only OOS knows; null if it is a rollback, or is not of a script.
   */
  private static @Nullable Script listed(Session session, String id, Optional<JournalEntry> entry) {
    if (entry.isPresent()) {
      return null;
    }
    Execution e = session.look(id).execution();
    return e.isRollback() ? null : new PastExecution(id, e.status(), e, null, e.ended()).script();
  }
}
