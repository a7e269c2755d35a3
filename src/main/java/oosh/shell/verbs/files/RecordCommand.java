package oosh.shell.verbs.files;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import oosh.shell.Answer;
import oosh.shell.GroupCache;
import oosh.shell.JsonAnswer;
import oosh.shell.Quoting;
import oosh.shell.Session;
import oosh.shell.SessionFile;
import oosh.shell.StagedParts;
import oosh.shell.Verb;
import oosh.shell.complete.FileCompleter;
import oosh.shell.place.StagingLine;
import oosh.shell.place.UndoLog;
import oosh.shell.screen.RecordingScreen;
import oosh.shell.screen.Screen;
import oosh.shell.verbs.context.UseCommand;
import oosh.shell.verbs.context.UseMethodCommand;
import oosh.view.GroupView;

/** {@code record FILE}, {@code record stop}: write what is typed and answered as a session file. */
public final class RecordCommand {
  private RecordCommand() {}

  public static Verb verb() {
    return Verb.of("record", Verb.HelpSection.SHELL, "write what you do here as a session file")
        .example("record deploy.oosh", "record stop")
        .argument("FILE|stop", FileCompleter.ANY)
        .writes(
            in ->
                in.need(0).equals("stop")
                    ? Optional.empty()
                    : Optional.of(
                        "write the file " + SessionFile.file(in.need(0)).toAbsolutePath()))
        .answers(JsonAnswer.RECORDING)
        .does(
            (session, in) -> {
              String word = in.need(0);
              Screen screen = session.screen();
              if (word.equals("stop")) {
                if (!(screen instanceof RecordingScreen recording)) {
                  throw Problem.refused(
                      "nothing is being recorded", "no record began", "record FILE");
                }
                session.show(recording.delegate());
                return Answer.say(
                    session, in, json(recording, false), "recorded " + recording.file());
              }
              if (screen instanceof RecordingScreen recording) {
                throw Problem.refused(
                    "cannot record to " + word,
                    "recording to " + recording.file() + " already",
                    "record stop");
              }
              Map<String, String> context = context(session);
              RecordingScreen recording =
                  new RecordingScreen(
                      screen,
                      SessionFile.file(word),
                      session.backends().profiles(),
                      !session.isChecked());
              Answer.say(
                  session,
                  in,
                  json(recording, true),
                  "recording to "
                      + word
                      + "; record stop ends it. A watch takes no keys meanwhile; Ctrl-C leaves it");
              begin(session, recording, context);
              session.show(recording);
              return 0;
            });
  }

  /** Writes down the lines that choose and stage what this shell has: a fresh shell plays them. */
  private static void begin(
      Session session, RecordingScreen recording, Map<String, String> context) {
    Predicate<String> secret = session.backends().profiles().containsSecret();
    context.forEach((line, answer) -> recording.step(line, recording.style().wrapped(answer)));
    Set<String> missing = new LinkedHashSet<>(StagedParts.values(session.staging()).keySet());
    for (StagingLine staged : UndoLog.of(session).lines()) {
      if (staged.isRepeatable() && !secret.test(staged.line())) {
        recording.step(
            staged.line(),
            recording.style().wrapped(staged.answer().replaceAll("\\s*\n\\s*", " ")));
        missing.removeAll(staged.parts());
      }
    }
    if (!missing.isEmpty()) {
      recording.comment("Staged as well, and no line says it: " + String.join(", ", missing) + ".");
      recording.comment("A replay needs lines that stage it.");
    }
  }

  /** What was chosen before and its lines need, by the answer: a replay would find no group. */
  private static Map<String, String> context(Session session) {
    Context at = session.context();
    Map<String, String> steps = new LinkedHashMap<>();
    Profile profile = session.backends().profiles().named(at.profile());
    steps.put("use profile " + Quoting.quoted(at.profile()), UseCommand.answer(session, profile));
    if (!at.region().equals(Session.regionOf(profile, null))) {
      steps.put("use region " + at.region(), "region " + at.region());
    }
    if (!at.method().equals(UpdateMethod.RUN_SCRIPT)) {
      steps.put("use method " + at.method().word(), UseMethodCommand.answer(at.method()));
    }
    if (at.chosenGroup().isPresent()) {
      ScalingGroup group = GroupCache.of(session).chosen();
      steps.put("use group " + at.needGroup(), group == null ? "" : GroupView.line(group));
    }
    return steps;
  }

  private record RecordingJson(String file, boolean recording) {}

  private static RecordingJson json(RecordingScreen recording, boolean goesOn) {
    return new RecordingJson(recording.file().toString(), goesOn);
  }
}
