package oosh.rollout.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.update.Context;
import oosh.rollout.update.Payload;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import org.jspecify.annotations.Nullable;

/**
 * An execution that was on a group, with what OOS and the journal know of it.
 *
 * @param execution null if OOS has forgotten it
 * @param entry null if the journal has never heard of it
 */
public record PastExecution(
    String id,
    ExecutionStatus status,
    @Nullable Execution execution,
    @Nullable JournalEntry entry,
    @Nullable Instant ended) {
  /** How many executions of a group are looked at: older ones than these are history. */
  private static final int EXECUTIONS = 20;

  private static final String SUSPENDED = "enterProcess";

  /** How many of OOS's newest executions are searched for those of the group. */
  private static final int LISTED = 100;

  /** Those of the group, newest first: OOS's, and those that only the journal still has. */
  public static List<PastExecution> on(
      Cloud cloud, Journal journal, Context context, String group) {
    Map<String, Execution> listed = new LinkedHashMap<>();
    for (Execution e : cloud.executions().recent(null, LISTED)) {
      if (e.group().equals(group)) {
        listed.put(e.id(), e);
      }
    }
    Map<String, JournalEntry> remembered = new HashMap<>();
    for (JournalEntry e :
        journal.history(
            new Journal.HistoryQuery(
                context.profile(), context.region(), group, null, null, EXECUTIONS))) {
      String id = e.executionId();
      if (id != null) {
        remembered.put(id, e);
        if (!listed.containsKey(id)) {
          cloud.executions().find(id).ifPresent(found -> listed.put(id, found));
        }
      }
    }
    List<PastExecution> all = new ArrayList<>();
    Set<String> ids = new LinkedHashSet<>(listed.keySet());
    ids.addAll(remembered.keySet());
    for (String id : ids) {
      Execution e = listed.get(id);
      JournalEntry entry = remembered.get(id);
      ExecutionStatus seen = e != null ? e.status() : entry == null ? null : entry.status();
      all.add(
          new PastExecution(
              id,
              // It was answered, and is gone before anybody has seen it.
              seen == null ? ExecutionStatus.STARTED : seen,
              e,
              entry,
              e != null ? e.ended() : entry == null ? null : entry.ended()));
    }
    all.sort((a, b) -> b.began().compareTo(a.began()));
    return all.subList(0, Math.min(EXECUTIONS, all.size()));
  }

  /** It is at work on the group, as far as OOS tells. */
  public boolean isInFlight() {
    return execution != null && !status.isFinal();
  }

  /** All of its instances ended in Success: what is known of one that OOS has forgotten. */
  public boolean succeededEverywhere() {
    JournalEntry known = entry;
    return status.isSuccess() && known != null && known.succeeded() >= known.total();
  }

  /** Whether it ended in Success although instances failed or were skipped. */
  public boolean succeededInPart() {
    JournalEntry known = entry;
    return status.isSuccess() && known != null && known.succeeded() < known.total();
  }

  Instant began() {
    Execution e = execution;
    Instant created = e == null ? null : e.created();
    JournalEntry known = entry;
    return created != null ? created : known != null ? known.at() : Instant.EPOCH;
  }

  public boolean isRollback() {
    Execution e = execution;
    JournalEntry known = entry;
    return e != null ? e.isRollback() : known != null && known.rollback();
  }

  /** How it was made; null if neither OOS nor the journal says it. */
  public @Nullable UpdateMethod method() {
    Execution e = execution;
    JournalEntry known = entry;
    UpdateMethod told = e == null ? null : UpdateMethod.of(e).orElse(null);
    return told != null ? told : known == null ? null : known.method();
  }

  /** The source of a rollback; "" if it is none. */
  public String source() {
    Execution e = execution;
    JournalEntry known = entry;
    String kept = known == null ? null : known.sourceExecutionId();
    return e != null && isRollback() ? e.parameter("sourceExecutionId") : kept == null ? "" : kept;
  }

  /** A text that the template was told, by the parameter's name; "" if it was told none. */
  public String parameter(String name) {
    Execution e = execution;
    JournalEntry known = entry;
    return e != null
        ? e.parameter(name)
        : known == null ? "" : Payload.text(known.spec().extraParameters(), name);
  }

  /** The image that its scaling configuration had before; "" if nobody has noted it. */
  public String configuredBefore() {
    JournalEntry known = entry;
    return known == null ? "" : Payload.text(known.baseline(), Payload.CONFIGURED_IMAGE);
  }

  /** Whether it was told which instances to touch: who joined the group later it cannot tell. */
  public boolean ofSingleInstances() {
    JournalEntry known = entry;
    return known != null && !known.spec().strategy().onlyInstances().isEmpty();
  }

  /** The script that ran, forward or back; null if nobody has kept it. */
  public @Nullable Script script() {
    JournalEntry known = entry;
    Script kept =
        known == null
            ? null
            : known.rollback() ? known.spec().rollbackScript() : known.spec().script();
    if (kept != null) {
      return kept;
    }
    Execution e = execution;
    String name = isRollback() ? "rollbackScript" : "invokeScript";
    String text = e == null ? "" : e.parameter(name);
    return text.isBlank() ? null : Script.ofText(name, text);
  }

  /** The last child of each instance. */
  public Map<String, Execution> children(Cloud cloud) {
    Map<String, Execution> last = new LinkedHashMap<>();
    allChildren(cloud).forEach((instance, children) -> last.put(instance, children.get(0)));
    return last;
  }

  /** The children of each instance, the newest first: a retried one has several. */
  public Map<String, List<Execution>> allChildren(Cloud cloud) {
    if (execution == null) {
      return Map.of();
    }
    Map<String, List<Execution>> children = new LinkedHashMap<>();
    for (Execution child : cloud.executions().children(id)) {
      children.computeIfAbsent(child.parameter("instanceId"), i -> new ArrayList<>()).add(0, child);
    }
    children.remove("");
    return children;
  }

  /** The scaling processes that it was told to suspend; empty if nobody knows. */
  public Optional<Set<String>> toldToSuspend(Journal journal) {
    Execution e = execution;
    Object told =
        e != null
            ? e.listParameter(SUSPENDED)
            : journal.startRequestOf(id).map(s -> s.parameters().get(SUSPENDED)).orElse(null);
    return told instanceof List<?> words
        ? Optional.of(words.stream().map(String::valueOf).collect(Collectors.toSet()))
        : Optional.empty();
  }

  /**
   * What became of each instance that it touched, by their ids: as OOS tells it, else as {@link
   * Forgotten#outcomes} has it.
   *
   * @param children of each instance, as {@link #allChildren} has them
   */
  public Map<String, ExecutionStatus> outcomes(
      Map<String, List<Execution>> children, Journal journal) {
    JournalEntry known = entry;
    if (execution == null && known != null) {
      return Forgotten.outcomes(journal, known);
    }
    Map<String, ExecutionStatus> outcomes = new LinkedHashMap<>();
    children.forEach((instance, of) -> outcomes.put(instance, of.get(0).status()));
    return outcomes;
  }

  /** The name of what ran: its script, or what it took along. */
  public String ran() {
    JournalEntry known = entry;
    Script script = script();
    UpdateMethod method = method();
    return script != null
        ? script.name()
        : known != null && !known.payload().isEmpty()
            ? known.payload()
            : method == null ? "its update" : method.word();
  }

  /** How long its script has on each instance, in seconds. */
  public long scriptSeconds() {
    JournalEntry known = entry;
    return known != null && known.spec().extraParameters().get("timeout") instanceof Number seconds
        ? seconds.longValue()
        : Script.TIMEOUT_SECONDS;
  }

  /** Whether it is that launch once more, on single instances. */
  public boolean isRetryOf(Optional<PastExecution> other) {
    Script mine = script();
    Script theirs = other.map(PastExecution::script).orElse(null);
    return ofSingleInstances()
        && mine != null
        && theirs != null
        && mine.sha256().equals(theirs.sha256());
  }
}
