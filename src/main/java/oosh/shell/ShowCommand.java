package oosh.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Entry;
import oosh.rollout.Execution;
import oosh.rollout.Problem;
import oosh.rollout.Progress;
import oosh.rollout.ScalingGroup;
import oosh.rollout.Script;
import oosh.rollout.Start;
import oosh.view.ExecutionView;
import oosh.view.Json;
import oosh.view.StagingView;
import org.jspecify.annotations.Nullable;

/** {@code show}: where things stand; {@code show EXEC}: one execution whole. */
final class ShowCommand {
  private ShowCommand() {}

  static Verb verb(Session session) {
    return Verb.of("show", Verb.Heading.PAST, "where things stand; show EXEC: one execution whole")
        .example("show", "show exec-6f1c0b3a9d2e4f58", "show --output json")
        .optional("EXEC", ExecutionSuggest.of(session))
        .does(
            in -> {
              if (in.argument(0).isPresent()) {
                execution(session, session.execution(in.argument(0)), in.json());
              } else {
                standing(session, in.json());
              }
              return 0;
            });
  }

  private static void execution(Session session, String id, boolean json) {
    Optional<Entry> entry = session.journal().find(id);
    Progress progress;
    try {
      progress = session.watch().look(id, entry.map(Entry::total).orElse(0));
    } catch (Problem p) {
      boolean silent = p.kind() == Problem.Kind.REFUSED || p.kind() == Problem.Kind.UNREACHABLE;
      if (entry.isEmpty() || !silent) {
        throw p;
      }
      kept(session, entry.get(), p.why(), json);
      return;
    }
    Execution execution = progress.execution();
    session.journal().seen(session.context(), progress);
    session
        .screen()
        .out()
        .println(
            json
                ? Json.document(ExecutionView.json(execution, entry, progress))
                : ExecutionView.text(
                    execution,
                    entry,
                    progress,
                    session.setting().pace().instant(),
                    ZoneId.systemDefault(),
                    session.screen().style()));
  }

  /** OOS has it no more, or does not answer: the journal still does. */
  private static void kept(Session session, Entry entry, String why, boolean json) {
    Map<String, Object> parameters =
        session
            .journal()
            .sent(String.valueOf(entry.executionId()))
            .map(Start::parameters)
            .orElse(Map.of());
    session
        .screen()
        .out()
        .println(
            json
                ? Json.document(ExecutionView.json(entry, parameters, why))
                : ExecutionView.text(
                    entry,
                    parameters,
                    why,
                    session.setting().pace().instant(),
                    ZoneId.systemDefault(),
                    session.screen().style()));
  }

  /** Without the service it still says what is staged: that is what a person asks for then. */
  private static void standing(Session session, boolean json) {
    ScalingGroup group = session.group();
    Optional<Execution> inFlight = Optional.empty();
    if (session.context().chosenGroup().isPresent()) {
      try {
        group = session.readGroup();
        session.watch().awaitListed(session.context());
        inFlight = session.watch().inFlight(group.id());
      } catch (Problem p) {
        if (p.kind() != Problem.Kind.UNREACHABLE) {
          throw p;
        }
        Answer.note(session, "the group could not be read now: " + p.why());
      }
    }
    session
        .screen()
        .out()
        .println(
            json
                ? Json.document(
                    StagingView.json(
                        session.context(), group, session.staging(), changed(session), inFlight))
                : StagingView.show(
                    session.context(),
                    group,
                    session.staging(),
                    changed(session),
                    inFlight,
                    session.screen().style()));
  }

  /** By script name, what became of its file since it was staged. */
  private static Map<String, String> changed(Session session) {
    Map<String, String> notes = new LinkedHashMap<>();
    note(notes, session.staging().script(), session.files().get("script"));
    note(notes, session.staging().rollbackScript(), session.files().get("rollback"));
    return notes;
  }

  private static void note(
      Map<String, String> notes, @Nullable Script script, @Nullable Path file) {
    if (script == null || file == null) {
      return;
    }
    try {
      if (Files.size(file) != script.bytes() || !Files.readString(file).equals(script.text())) {
        notes.put(script.name(), "the file has changed since; stage it again to take it");
      }
    } catch (IOException e) {
      notes.put(script.name(), "the file is gone or unreadable; the snapshot is kept");
    }
  }
}
