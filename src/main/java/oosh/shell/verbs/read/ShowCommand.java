package oosh.shell.verbs.read;

import com.google.gson.JsonObject;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.plan.BatchPreview;
import oosh.rollout.record.ForgottenExecution;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.record.StoredOutputs;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.ExecutionIds;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.complete.ExecutionCompleter;
import oosh.shell.screen.Silence;
import oosh.shell.verbs.staging.StagedBatches;
import oosh.shell.verbs.staging.StagedFileReader;
import oosh.shell.verbs.wave.RolloutFileWriter;
import oosh.shell.verbs.wave.WaveIds;
import oosh.shell.verbs.wave.WaveVerbs;
import oosh.view.ExecutionView;
import oosh.view.GateView;
import oosh.view.SessionStatusView;
import oosh.view.json.JsonOutput;

/** {@code show}: where things stand; {@code show EXEC}: one execution whole. */
public final class ShowCommand {
  private static final String AS_FILE = "as-file";

  private ShowCommand() {}

  public static Verb verb() {
    return Verb.of(
            "show",
            Verb.HelpSection.PAST,
            "what is chosen and staged; show EXEC: one execution" + " in full")
        .example(
            "show", "show exec-6f1c0b3a9d2e4f58", "show --as-file web.yaml", "show --output json")
        .execution(WaveIds.and(ExecutionCompleter.ALL))
        .kind(WaveIds.WORD, WaveIds.SAYS)
        .flag(AS_FILE, null, "what is staged as a rollout file; a word behind it names the file")
        .writes(
            in ->
                in.has(AS_FILE)
                    ? in.argument(0).map(file -> "write the rollout file " + file)
                    : Optional.empty())
        .answers(JsonAnswer.SESSION, JsonAnswer.EXECUTION, JsonAnswer.MESSAGE, JsonAnswer.WAVE)
        .does(
            (session, in) ->
                in.has(AS_FILE)
                    ? RolloutFileWriter.show(session, in)
                    : WaveIds.isWave(in.argument(0))
                        ? WaveVerbs.show(session, in)
                        : in.argument(0).isPresent()
                            ? execution(
                                session, in, ExecutionIds.execution(session, in.argument(0)))
                            : standing(session, in));
  }

  private static int execution(Session session, CommandInput in, String id) {
    Optional<JournalEntry> entry = session.starts().find(id);
    Progress progress;
    try {
      progress = session.look(id);
    } catch (Problem p) {
      return kept(session, in, entry.orElseThrow(() -> p), Silence.of(id, p));
    }
    session.starts().recordObservation(session.context(), progress);
    List<String> unhealthy =
        session.history().snapshotBefore(id).map(GroupSnapshot::unhealthy).orElse(List.of());
    List<ScriptOutput> outputs =
        session.history().storedOutputs(id).map(StoredOutputs::outputs).orElse(List.of());
    return Answer.print(
        session,
        in,
        () -> {
          JsonObject json = ExecutionView.json(entry, progress);
          JsonOutput.put(json, "unhealthyBefore", unhealthy);
          JsonOutput.put(json, "advice", GateView.advised(outputs));
          return json;
        },
        style ->
            ExecutionView.text(
                entry, unhealthy, outputs, progress, session.now(), ZoneId.systemDefault(), style));
  }

  /** OOS has it no more, or does not answer: the journal still does. */
  private static int kept(Session session, CommandInput in, JournalEntry entry, String why) {
    String id = String.valueOf(entry.executionId());
    Map<String, Object> parameters =
        session.history().startRequestOf(id).map(StartRequest::parameters).orElse(Map.of());
    Map<String, ExecutionStatus> outcomes = ForgottenExecution.outcomes(session.history(), entry);
    return Answer.print(
        session,
        in,
        () -> ExecutionView.json(entry, parameters, outcomes, why),
        style ->
            ExecutionView.text(
                entry, parameters, outcomes, why, session.now(), ZoneId.systemDefault(), style));
  }

  /** Without the service it still says what is staged: that is what a person asks for then. */
  private static int standing(Session session, CommandInput in) {
    ScalingGroup group = session.group();
    Optional<Execution> inFlight = Optional.empty();
    BatchPreview preview = null;
    if (session.context().chosenGroup().isPresent()) {
      try {
        group = session.readGroup();
        session.watch().awaitListed(session.context());
        inFlight = session.watch().inFlight(group.id());
        if (!in.json() && cutsTheGroup(session.staging())) {
          preview = StagedBatches.of(session, session.staging(), group);
        }
      } catch (Problem p) {
        if (p.kind() != Problem.Kind.UNREACHABLE) {
          throw p;
        }
        session.note("the group cannot be read now: " + p.why());
      }
    }
    ScalingGroup read = group;
    Optional<Execution> running = inFlight;
    BatchPreview batches = preview;
    Context at = session.context();
    UpdateSpec staged = session.staging();
    Map<String, String> changed = StagedFileReader.changed(session);
    return Answer.print(
        session,
        in,
        () -> SessionStatusView.json(at, read, staged, changed, running),
        style -> SessionStatusView.show(at, read, staged, batches, changed, running, style));
  }

  private static boolean cutsTheGroup(UpdateSpec staging) {
    return staging.batches() != null || !staging.strategy().steps().isEmpty();
  }
}
