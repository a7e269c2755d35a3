package oosh.shell.verbs.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Executions;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.shell.Session;
import oosh.view.ReportData;
import oosh.view.page.ExecutionTimes;
import org.jspecify.annotations.Nullable;

/**
 * Reads when an execution and its rollbacks did what, for the picture of a page. What OOS does not
 * tell is left out: the page has the rest.
 */
final class ExecutionTimesReader {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** Of the rollbacks of a launch that failed and were tried again, the newest. */
  private static final int MOST_ROLLBACKS = 4;

  /** Calls for the tasks on instances, of all executions together. */
  private static final int MOST_CALLS = 2 * ExecutionTimes.MOST_INSTANCES;

  private final Session session;
  private int calls;

  private ExecutionTimesReader(Session session) {
    this.session = session;
  }

  /** The source of a rollback, the execution itself, then its rollbacks. */
  static List<ExecutionTimes> of(Session session, ReportData facts) {
    ExecutionTimesReader reader = new ExecutionTimesReader(session);
    List<ExecutionTimes> all = new ArrayList<>();
    facts.source().ifPresent(source -> all.add(reader.look("launch", source)));
    Progress known = facts.progress().orElse(null);
    boolean back = facts.entry().filter(JournalEntry::rollback).isPresent();
    all.add(
        reader.times(
            (back ? "rollback " : "launch ") + facts.id(), facts.entry().orElse(null), known));
    List<JournalEntry> rollbacks =
        facts.rollbacks().stream()
            .filter(e -> e.executionId() != null)
            .limit(MOST_ROLLBACKS)
            .toList();
    for (int i = rollbacks.size() - 1; i >= 0; i--) {
      all.add(reader.look("rollback", rollbacks.get(i)));
    }
    return all;
  }

  private ExecutionTimes look(String called, JournalEntry entry) {
    String id = String.valueOf(entry.executionId());
    Progress progress = null;
    try {
      progress = session.look(id);
    } catch (Problem p) {
      missing(id, p);
    }
    return times(called + " " + id, entry, progress);
  }

  private ExecutionTimes times(
      String name, @Nullable JournalEntry entry, @Nullable Progress progress) {
    if (progress == null) {
      return new ExecutionTimes(name, entry, null, List.of(), Map.of());
    }
    Executions executions = session.cloud().executions();
    ParallelReads readers = session.cloud().readers();
    String id = progress.execution().id();
    List<String> children =
        Stream.concat(progress.instances().stream(), progress.undone().stream())
            .map(Progress.InstanceProgress::childExecutionId)
            .filter(child -> !child.isEmpty())
            .toList();
    ParallelReads.PendingRead<List<TaskExecution>> own = readers.begin(() -> executions.tasks(id));
    Map<String, ParallelReads.PendingRead<List<TaskExecution>>> pending = new LinkedHashMap<>();
    if (children.size() <= ExecutionTimes.MOST_INSTANCES && calls + children.size() <= MOST_CALLS) {
      calls += children.size();
      children.forEach(child -> pending.put(child, readers.begin(() -> executions.tasks(child))));
    }
    List<TaskExecution> tasks = answer(id, own);
    Map<String, List<TaskExecution>> onInstance = new LinkedHashMap<>();
    pending.forEach((child, read) -> onInstance.put(child, answer(child, read)));
    return new ExecutionTimes(name, entry, progress, tasks, onInstance);
  }

  private static List<TaskExecution> answer(
      String id, ParallelReads.PendingRead<List<TaskExecution>> read) {
    try {
      return read.get();
    } catch (Problem p) {
      missing(id, p);
      return List.of();
    }
  }

  private static void missing(String id, Problem p) {
    LOG.log(Level.INFO, "not on the page: {0} ({1})", new Object[] {id, p.what()});
  }
}
