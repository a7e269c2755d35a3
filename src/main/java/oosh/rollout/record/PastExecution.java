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
import java.util.stream.Stream;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.OriginTags;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.update.Context;
import oosh.rollout.update.OoshTemplate;
import oosh.rollout.update.Payload;
import oosh.rollout.update.ProbedScript;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import org.jspecify.annotations.Nullable;

/**
 * An execution that was on a group, with what OOS and the journal know of it.
 *
 * @param execution null if OOS has forgotten it
 * @param entry null if the journal has never heard of it
 * @param undo whether it is that part of a launch in which OOS rolled it back: like a rollback of
 *     its own, with the launch's id
 */
public record PastExecution(
    String id,
    ExecutionStatus status,
    @Nullable Execution execution,
    @Nullable JournalEntry entry,
    @Nullable Instant ended,
    boolean undo) {
  /** A whole execution. */
  public PastExecution(
      String id,
      ExecutionStatus status,
      @Nullable Execution execution,
      @Nullable JournalEntry entry,
      @Nullable Instant ended) {
    this(id, status, execution, entry, ended, false);
  }

  /** How many executions of a group are read; older executions do not matter. */
  private static final int EXECUTIONS = 20;

  private static final String SUSPENDED = "enterProcess";

  /** How many of OOS's newest executions are searched for those of the group. */
  private static final int LISTED = 100;

  /** The executions of the group, newest first: OOS's, and those that only the journal has. */
  public static List<PastExecution> on(
      Cloud cloud, History history, Context context, String group) {
    Map<String, Execution> listed = new LinkedHashMap<>();
    for (Execution e : cloud.executions().recent(null, LISTED)) {
      if (e.group().equals(group)) {
        listed.put(e.id(), e);
      }
    }
    Map<String, JournalEntry> remembered = new HashMap<>();
    for (JournalEntry e :
        history.list(
            new History.Query(
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
              // OOS answered with it, and has forgotten it before its state was seen.
              seen == null ? ExecutionStatus.STARTED : seen,
              e,
              entry,
              e != null ? e.ended() : entry == null ? null : entry.ended()));
    }
    all.sort((a, b) -> b.began().compareTo(a.began()));
    return all.subList(0, Math.min(EXECUTIONS, all.size())).stream()
        .flatMap(PastExecution::newestPartFirst)
        .toList();
  }

  private Stream<PastExecution> newestPartFirst() {
    boolean undone = status.isFinal() && !status.isSuccess() && rollsBack();
    return undone
        ? Stream.of(new PastExecution(id, status, execution, entry, ended, true), this)
        : Stream.of(this);
  }

  /** Whether OOS was told to roll it back where it fails. */
  private boolean rollsBack() {
    return kept()
        .map(e -> !e.rollback() && e.spec().gates().rollsBack())
        .orElseGet(
            () ->
                listed()
                    .filter(e -> !e.isRollback())
                    .filter(
                        e -> ProbedScript.of("", e.parameter("invokeScript")).gates().rollsBack())
                    .isPresent());
  }

  /** Tells the two parts of a launch apart that OOS rolled back. */
  public String key() {
    return undo ? id + " undo" : id;
  }

  /** Whether it runs on the group, as far as OOS knows. */
  public boolean isInFlight() {
    return execution != null && !status.isFinal();
  }

  private Optional<Execution> listed() {
    return Optional.ofNullable(execution);
  }

  private Optional<JournalEntry> kept() {
    return Optional.ofNullable(entry);
  }

  /** Whether all its instances ended in Success: known also if OOS no longer knows it. */
  public boolean succeededEverywhere() {
    return status.isSuccess() && kept().filter(e -> e.succeeded() >= e.total()).isPresent();
  }

  /** Whether it ended in Success although instances failed or were skipped. */
  public boolean succeededInPart() {
    return status.isSuccess() && kept().filter(e -> e.succeeded() < e.total()).isPresent();
  }

  /**
   * This execution as the cause of a leftover.
   *
   * @param snapshot whether the group before it is known
   * @param rolledBackBy the execution that rolled it back; "" if there is none
   */
  public Leftover.LeftoverCause cause(boolean snapshot, String rolledBackBy) {
    return new Leftover.LeftoverCause(
        id, status, succeededInPart(), ended, snapshot, method(), rolledBackBy, undo, starter());
  }

  /**
   * Who started it elsewhere: {@code ann@ops-2}; "" if it was started from here, or if neither OOS
   * nor the journal says who did.
   */
  public String starter() {
    return kept().filter(e -> !e.isFromElsewhere()).isPresent()
        ? ""
        : listed()
            .map(Initiator::of)
            .or(() -> kept().map(JournalEntry::author))
            .map(Initiator::atHost)
            .orElse("");
  }

  public Instant began() {
    return listed()
        .map(Execution::created)
        .or(() -> kept().map(JournalEntry::at))
        .orElse(Instant.EPOCH);
  }

  /**
   * Whether only the journal has it, and the instance joined the group later: then it did not run
   * there, although another instance had the same id. A sandbox that was reset has such instances.
   */
  public boolean isBefore(GroupInstance instance) {
    Instant joined = instance.joined();
    return execution == null && joined != null && began().isBefore(joined);
  }

  public boolean isRollback() {
    return undo
        || listed()
            .map(Execution::isRollback)
            .orElseGet(() -> kept().filter(JournalEntry::rollback).isPresent());
  }

  /** How it was made; null if neither OOS nor the journal says it. */
  public @Nullable UpdateMethod method() {
    return listed()
        .flatMap(UpdateMethod::of)
        .or(() -> kept().map(JournalEntry::method))
        .orElse(null);
  }

  /** The source of a rollback; "" for a launch. */
  public String source() {
    return undo
        ? id
        : listed()
            .filter(Execution::isRollback)
            .map(e -> e.parameter("sourceExecutionId"))
            .or(() -> kept().map(JournalEntry::sourceExecutionId))
            .orElse("");
  }

  /** A text that the template was told, by the parameter's name; "" if it was told none. */
  public String parameter(String name) {
    return listed()
        .map(e -> e.parameter(name))
        .or(() -> kept().map(e -> Payload.text(e.spec().extraParameters(), name)))
        .orElse("");
  }

  /** The image that its scaling configuration had before; "" if it is not recorded. */
  public String configuredBefore() {
    return kept().map(e -> Payload.text(e.baseline(), Payload.CONFIGURED_IMAGE)).orElse("");
  }

  /** Whether it was told which instances to touch: who joined the group later it cannot tell. */
  public boolean ofSingleInstances() {
    return kept().filter(e -> e.spec().strategy().only().excludesNewcomers()).isPresent();
  }

  /** The script that ran, of a rollback the rollback script; null if its text is not known. */
  public @Nullable Script script() {
    String name = isRollback() ? "rollbackScript" : "invokeScript";
    return kept()
        .map(e -> isRollback() ? e.spec().rollbackScript() : e.spec().script())
        .or(
            () ->
                listed()
                    .map(e -> e.parameter(name))
                    .filter(text -> !text.isBlank())
                    .map(text -> ProbedScript.of(name, text).script())
                    .map(this::named))
        .orElse(null);
  }

  /** A script of OOS's, called as its sender calls it. */
  private Script named(Script unnamed) {
    String name =
        listed()
            .map(e -> OriginTags.scriptName(e.tags(), unnamed.shortSha(), unnamed.name()))
            .orElse(unnamed.name());
    return new Script(name, unnamed.text(), unnamed.sha256(), unnamed.bytes());
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
    Set<String> undone = rollsBack() ? undone(cloud) : Set.of();
    for (Execution child : cloud.executions().children(id)) {
      if (undo != undone.contains(child.id())) {
        continue;
      }
      children.computeIfAbsent(child.parameter("instanceId"), i -> new ArrayList<>()).add(0, child);
    }
    children.remove("");
    return children;
  }

  /** The children that rolled back what the others did. */
  private Set<String> undone(Cloud cloud) {
    return cloud.executions().tasks(id).stream()
        .filter(t -> OoshTemplate.rollsBack(t.name()) > 0)
        .map(TaskExecution::childExecutionId)
        .collect(Collectors.toSet());
  }

  /** The scaling processes that it was told to suspend; empty if that is not known. */
  public Optional<Set<String>> toldToSuspend(History history) {
    Object told =
        listed()
            .<Object>map(e -> e.listParameter(SUSPENDED))
            .or(() -> history.startRequestOf(id).map(s -> s.parameters().get(SUSPENDED)))
            .orElse(null);
    return told instanceof List<?> words
        ? Optional.of(words.stream().map(String::valueOf).collect(Collectors.toSet()))
        : Optional.empty();
  }

  /**
   * The outcome on each instance that it touched, by their ids: as OOS lists it, else as {@link
   * ForgottenExecution#outcomes} has it.
   *
   * @param children of each instance, as {@link #allChildren} has them
   */
  public Map<String, ExecutionStatus> outcomes(
      Map<String, List<Execution>> children, History history) {
    JournalEntry known = entry;
    if (execution == null && known != null) {
      return undo ? history.undone(id) : ForgottenExecution.outcomes(history, known);
    }
    Map<String, ExecutionStatus> outcomes = new LinkedHashMap<>();
    children.forEach((instance, of) -> outcomes.put(instance, of.get(0).status()));
    return outcomes;
  }

  /**
   * {@code exec-6f1c}, or {@code exec-6f1c (ann@ops-2)}.
   *
   * @param starter who started it elsewhere; "" if it was started from here
   */
  public static String named(String id, String starter) {
    return starter.isEmpty() ? id : id + " (" + starter + ")";
  }

  /** The name of what ran: its script, its payload, or its method. */
  public String ran() {
    return Optional.ofNullable(script())
        .map(Script::name)
        .or(() -> kept().map(JournalEntry::payload).filter(p -> !p.isEmpty()))
        .or(() -> Optional.ofNullable(method()).map(UpdateMethod::word))
        .orElse("its update");
  }

  /** Whether gates were sent with its script. */
  public boolean probed() {
    return listed()
        .map(e -> ProbedScript.isIn(e.parameter(isRollback() ? "rollbackScript" : "invokeScript")))
        .orElseGet(() -> kept().filter(e -> e.spec().gates().wrapsScript()).isPresent());
  }

  /** How long its script has on each instance, in seconds. */
  public long scriptSeconds() {
    return kept().map(e -> e.spec().commandSeconds()).orElse((long) Script.TIMEOUT_SECONDS);
  }

  /** Whether it is a retry of that launch, on single instances. */
  public boolean isRetryOf(Optional<PastExecution> other) {
    Script mine = script();
    Script theirs = other.map(PastExecution::script).orElse(null);
    return ofSingleInstances()
        && mine != null
        && theirs != null
        && mine.sha256().equals(theirs.sha256());
  }
}
