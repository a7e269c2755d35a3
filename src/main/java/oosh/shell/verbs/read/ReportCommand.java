package oosh.shell.verbs.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.ForgottenExecution;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.record.StoredOutputs;
import oosh.shell.CommandInput;
import oosh.shell.ExecutionIds;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.complete.ExecutionCompleter;
import oosh.shell.screen.Silence;
import oosh.shell.verbs.files.PageFile;
import oosh.shell.verbs.rollout.OutputReader;
import oosh.shell.verbs.wave.WaveIds;
import oosh.shell.verbs.wave.WaveVerbs;
import oosh.view.ReportData;
import oosh.view.ReportView;
import oosh.view.json.JsonOutput;
import oosh.view.json.ReportJson;
import oosh.view.page.ExecutionPage;

/** {@code report EXEC}: one execution as Markdown, for the ticket; {@code --html}: as a page. */
public final class ReportCommand {
  private ReportCommand() {}

  public static Verb verb() {
    return PageFile.option(
            Verb.of("report", Verb.HelpSection.PAST, "one execution as Markdown or as a page")
                .example(
                    "report",
                    "report exec-6f1c0b3a9d2e4f58",
                    "report exec-6f1c --html web-2.4.1.html",
                    "report exec-6f1c --output json")
                .execution(WaveIds.and(ExecutionCompleter.ALL))
                .kind(WaveIds.WORD, WaveIds.SAYS))
        .answers(JsonAnswer.REPORT, JsonAnswer.WAVE, JsonAnswer.MESSAGE)
        .does(
            (session, in) -> {
              if (WaveIds.isWave(in.argument(0))) {
                return WaveVerbs.report(session, in);
              }
              if (in.has(PageFile.HTML)) {
                return page(session, in);
              }
              ReportData facts = facts(session, ExecutionIds.execution(session, in.argument(0)));
              String text =
                  in.json()
                      ? JsonOutput.document(ReportJson.of(facts))
                      : ReportView.markdown(facts);
              // A ticket is read by more people than a screen.
              session.print(session.masked(text));
              return 0;
            });
  }

  private static int page(Session session, CommandInput in) throws InterruptedException {
    String id = ExecutionIds.execution(session, in.argument(0));
    PageFile file = PageFile.open(session, in);
    ReportData facts = facts(session, id);
    return file.write(
        session,
        ExecutionPage.html(
            facts, ExecutionTimesReader.of(session, facts), session.now(), session::masked));
  }

  private static ReportData facts(Session session, String id) throws InterruptedException {
    Optional<JournalEntry> entry = session.starts().find(id);
    Optional<Progress> progress = Optional.empty();
    String silence = "";
    try {
      Progress now = session.look(id);
      String parent = now.execution().parentId();
      if (parent != null) {
        throw Problem.refused(
            "no report of " + id, "it is the child execution of one instance", "report " + parent);
      }
      session.starts().recordObservation(session.context(), now);
      progress = Optional.of(now);
      entry = session.starts().find(id);
    } catch (Problem p) {
      if (entry.isEmpty()) {
        throw p;
      }
      // What the journal has is worth a ticket, too.
      silence = Silence.of(id, p);
    }
    Optional<Progress> last = progress;
    return new ReportData(
        id,
        entry,
        progress,
        silence,
        progress.isPresent() ? Map.of() : outcomes(session, entry),
        read(
                id,
                Optional.<StoredOutputs>empty(),
                () ->
                    Optional.of(
                        new StoredOutputs(session.now(), OutputReader.of(session, id).outputs())))
            .orElse(null),
        entry.map(session.history()::rollbacksOf).orElse(List.of()),
        entry.map(JournalEntry::sourceExecutionId).flatMap(source -> session.starts().find(source)),
        session.history().healSteps(id),
        progress.isPresent()
            ? read(id, Map.of(), () -> runs(session, id, last.orElseThrow()))
            : Map.of(),
        names(session, id, entry),
        progress.isPresent()
            ? read(id, List.of(), () -> session.cloud().executions().logs(id))
            : List.of());
  }

  private static Map<String, ExecutionStatus> outcomes(
      Session session, Optional<JournalEntry> entry) {
    return entry.map(e -> ForgottenExecution.outcomes(session.history(), e)).orElse(Map.of());
  }

  /** By instance: every retry makes a child execution of its own; a rollback by OOS is none. */
  private static Map<String, Integer> runs(Session session, String id, Progress progress) {
    Set<String> undone =
        progress.undone().stream()
            .map(Progress.InstanceProgress::childExecutionId)
            .collect(Collectors.toSet());
    Map<String, Integer> runs = new LinkedHashMap<>();
    for (Execution child : session.cloud().executions().children(id)) {
      String instance = child.parameter("instanceId");
      if (!instance.isEmpty() && !undone.contains(child.id())) {
        runs.merge(instance, 1, Integer::sum);
      }
    }
    return runs;
  }

  private static List<ReleaseTag> names(Session session, String id, Optional<JournalEntry> entry) {
    return session.history().tags(session.context().withGroup(null)).stream()
        .filter(v -> entry.isPresent() && v.executionId().equals(id))
        .toList();
  }

  private interface ServiceRead<T> {
    T read() throws InterruptedException;
  }

  /** What the service answers; {@code otherwise} where it is silent, which the report says. */
  private static <T> T read(String id, T otherwise, ServiceRead<T> service)
      throws InterruptedException {
    try {
      return service.read();
    } catch (Problem p) {
      Silence.of(id, p);
      return otherwise;
    }
  }
}
