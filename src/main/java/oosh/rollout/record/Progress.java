package oosh.rollout.record;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.update.OoshTemplate;
import oosh.rollout.update.ProbedScript;
import org.jspecify.annotations.Nullable;

/**
 * The progress of an execution: its batches and their instances, as OOS numbered them.
 *
 * @param batches the batches that have begun, the first one first
 * @param planned how many instances are to be touched; those that have begun if the plan is unknown
 * @param guessed whether the plan is unknown, and more instances may follow
 * @param stuck the execution's own task that failed while no instance did, and that it waits for;
 *     null if there is none
 * @param undoneBatches the batches that OOS rolled back in it, in that order
 * @param gateFailures the looks of its gates that failed
 * @param approvals those that it has asked for, by its tasks
 */
public record Progress(
    Execution execution,
    List<BatchProgress> batches,
    int planned,
    boolean guessed,
    @Nullable TaskExecution stuck,
    List<BatchProgress> undoneBatches,
    List<GateFailure> gateFailures,
    List<ApprovalProgress> approvals) {
  /** What {@link Execution#waitingStatus} says between batches; assumed, as all its words are. */
  private static final Set<String> PAUSES = Set.of("BatchPause", "Pause");

  /** Without approvals. */
  public Progress(
      Execution execution,
      List<BatchProgress> batches,
      int planned,
      boolean guessed,
      @Nullable TaskExecution stuck,
      List<BatchProgress> undoneBatches,
      List<GateFailure> gateFailures) {
    this(execution, batches, planned, guessed, stuck, undoneBatches, gateFailures, List.of());
  }

  /** Without gates. */
  public Progress(
      Execution execution,
      List<BatchProgress> batches,
      int planned,
      boolean guessed,
      @Nullable TaskExecution stuck) {
    this(execution, batches, planned, guessed, stuck, List.of(), List.of());
  }

  /** Without a task of the execution itself that has failed. */
  public Progress(Execution execution, List<BatchProgress> batches, int planned) {
    this(execution, batches, planned, null);
  }

  /** With a known plan. */
  public Progress(
      Execution execution,
      List<BatchProgress> batches,
      int planned,
      @Nullable TaskExecution stuck) {
    this(execution, batches, planned, false, stuck);
  }

  /**
   * @param number counted from 1
   */
  public record BatchProgress(int number, List<InstanceProgress> instances) {
    public BatchProgress {
      instances = List.copyOf(instances);
    }
  }

  /**
   * The progress of an instance.
   *
   * @param task the task that runs now or, once it has failed, that failed; "" if unknown
   * @param message OOS's own words about a failure, or what they mean where gates were sent; ""
   *     otherwise
   * @param taskExecutionId of the loop item, for retry and skip
   */
  public record InstanceProgress(
      String id,
      ExecutionStatus status,
      String task,
      String message,
      String childExecutionId,
      String taskExecutionId,
      @Nullable Instant started,
      @Nullable Instant ended) {
    /** How long it took; empty before its end, and where that is not known. */
    public Optional<Duration> took() {
      return started == null || ended == null || !status.isFinal()
          ? Optional.empty()
          : Optional.of(Duration.between(started, ended));
    }
  }

  public Progress {
    batches = List.copyOf(batches);
    undoneBatches = List.copyOf(undoneBatches);
    gateFailures = List.copyOf(gateFailures);
    approvals = List.copyOf(approvals);
  }

  /**
   * @param children the execution's child executions
   * @param tasks its tasks, with the loop items
   * @param planned as the journal remembers it, or 0
   */
  public static Progress of(
      Execution execution, List<Execution> children, List<TaskExecution> tasks, int planned) {
    Map<String, Execution> byId = new HashMap<>();
    children.forEach(c -> byId.put(c.id(), c));
    // A retried instance has a second round in the same batch: the later one tells its state.
    Map<Integer, Map<String, InstanceProgress>> rounds = new TreeMap<>();
    Map<Integer, Map<String, InstanceProgress>> back = new LinkedHashMap<>();
    boolean probed = ProbedScript.isIn(sentScript(execution));
    for (TaskExecution round : tasks) {
      if (round.loopItem().isEmpty() || round.childExecutionId().isEmpty()) {
        continue;
      }
      Execution child = byId.get(round.childExecutionId());
      int undone = OoshTemplate.rollsBack(round.name());
      if (undone > 0) {
        back.computeIfAbsent(undone, n -> new LinkedHashMap<>())
            .put(round.loopItem(), instance(round, child, probed));
        continue;
      }
      rounds
          .computeIfAbsent(batch(round), n -> new LinkedHashMap<>())
          .put(round.loopItem(), instance(round, child, probed));
    }
    List<BatchProgress> batches = batches(rounds);
    List<BatchProgress> undone = batches(back);
    List<GateFailure> failures = GateFailure.of(execution, tasks);
    int begun = batches.stream().mapToInt(b -> b.instances().size()).sum();
    // A Success has left none out.
    boolean guessed = planned <= 0 && !execution.status().isSuccess();
    List<ApprovalProgress> asked = ApprovalProgress.of(execution, tasks);
    Progress progress =
        new Progress(
            execution, batches, Math.max(planned, begun), guessed, null, undone, failures, asked);
    return execution.status().isWaiting() && progress.failed().isEmpty()
        ? new Progress(
            execution, batches, progress.planned(), guessed, stuck(tasks), undone, failures, asked)
        : progress;
  }

  private static List<BatchProgress> batches(Map<Integer, Map<String, InstanceProgress>> rounds) {
    return rounds.entrySet().stream()
        .map(r -> new BatchProgress(r.getKey(), List.copyOf(r.getValue().values())))
        .toList();
  }

  /**
   * This poll with what an earlier poll showed and this one left out: OOS lists the children and
   * tasks of an execution no more once the execution was deleted, which may happen between the
   * requests of one poll.
   */
  public Progress withInstancesOf(Progress earlier) {
    return instances().size() < earlier.instances().size()
        ? new Progress(
            execution,
            earlier.batches,
            earlier.planned,
            earlier.guessed,
            stuck,
            earlier.undoneBatches,
            earlier.gateFailures,
            earlier.approvals)
        : this;
  }

  /** How many instances are to be touched, for the journal; 0 if the plan is unknown. */
  public int total() {
    return guessed ? 0 : planned;
  }

  private static int batch(TaskExecution round) {
    int named = OoshTemplate.batch(round.name());
    return named > 0 ? named : round.loopBatch();
  }

  /** Of each task only its newest run counts: one that was retried has an older one that failed. */
  private static @Nullable TaskExecution stuck(List<TaskExecution> tasks) {
    Map<String, TaskExecution> newest = new LinkedHashMap<>();
    tasks.stream().filter(t -> t.loopItem().isEmpty()).forEach(t -> newest.put(t.name(), t));
    return newest.values().stream()
        .filter(t -> t.status().isFailed())
        .reduce((earlier, later) -> later)
        .orElse(null);
  }

  private static String sentScript(Execution e) {
    return e.parameter(e.isRollback() ? "rollbackScript" : "invokeScript");
  }

  private static InstanceProgress instance(
      TaskExecution round, @Nullable Execution child, boolean probed) {
    ExecutionStatus status =
        round.status().isFinal() || child == null ? round.status() : child.status();
    if (round.status().isSuccess() && child != null && child.status().isFailed()) {
      // OOS counts a skipped instance as Success (source: ESS help, "Rolling update"). Whether its
      // round then reads Success or Skipped is not published; its child tells in both cases.
      status = ExecutionStatus.SKIPPED;
    }
    String task =
        child == null || child.currentTasks().isEmpty() ? "" : child.currentTasks().get(0);
    String message =
        child != null && !child.statusMessage().isEmpty()
            ? child.statusMessage()
            : round.statusMessage();
    String meaning = probed ? ProbedScript.meaning(message) : "";
    return new InstanceProgress(
        round.loopItem(),
        status,
        task,
        meaning.isEmpty() ? message : meaning,
        round.childExecutionId(),
        round.id(),
        round.started(),
        round.ended());
  }

  public List<InstanceProgress> instances() {
    return batches.stream().flatMap(b -> b.instances().stream()).toList();
  }

  public int succeeded() {
    return (int) instances().stream().filter(i -> i.status().isSuccess()).count();
  }

  public List<InstanceProgress> failed() {
    return instances().stream().filter(i -> i.status().isFailed()).toList();
  }

  /** Whether OOS ended it in Success although instances failed: it was told how many may. */
  public boolean toleratesFailures() {
    return execution.status().isSuccess() && !failed().isEmpty();
  }

  /** Whether it ended without success: also where OOS says Success and no instance succeeded. */
  public boolean endedBadly() {
    return execution.status().isFinal()
        && (!execution.status().isSuccess() || (toleratesFailures() && succeeded() == 0));
  }

  /** The instances that OOS rolled back in it, or tried to. */
  public List<InstanceProgress> undone() {
    return undoneBatches.stream().flatMap(b -> b.instances().stream()).toList();
  }

  /** {@code OOS rolled back 3 of 4 instances}; "" if it rolled back none. */
  public String undoneInWords() {
    List<InstanceProgress> all = undone();
    long done = all.stream().filter(i -> i.status().isSuccess()).count();
    String of = all.size() == 1 ? "1 instance" : all.size() + " instances";
    return all.isEmpty() ? "" : "OOS rolled back " + done + " of " + of;
  }

  /**
   * What the journal keeps of it besides numbers: why it ended so, who has approved it or, while it
   * waits, who must; "" for nothing.
   */
  public String kept() {
    Optional<ApprovalProgress> waits = waitsForApproval();
    return waits.isPresent()
        ? waits.get().words()
        : !execution.status().isFinal()
            ? ""
            : Stream.concat(
                    Stream.of(GateFailure.words(gateFailures), undoneInWords()),
                    approvals.stream().map(ApprovalProgress::words))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; "));
  }

  /** Whether OOS rolled back all that it had touched. */
  public boolean rolledBack() {
    return execution.status().isFinal()
        && !undone().isEmpty()
        && undone().stream().allMatch(i -> i.status().isSuccess());
  }

  /** The instances that a user has skipped; they stay in Standby. */
  public List<InstanceProgress> skipped() {
    return instances().stream().filter(i -> i.status().equals(ExecutionStatus.SKIPPED)).toList();
  }

  /** How many instances have succeeded, failed, or were skipped. */
  public int endedCount() {
    return (int) instances().stream().filter(i -> i.status().isFinal()).count();
  }

  /** The number of the batch that began last; 0 before the first. */
  public int lastBatch() {
    return batches.stream().mapToInt(BatchProgress::number).max().orElse(0);
  }

  /** The approval that it waits for now. */
  public Optional<ApprovalProgress> waitsForApproval() {
    return execution.status().isWaiting()
        ? approvals.stream().filter(ApprovalProgress::isOpen).findFirst()
        : Optional.empty();
  }

  /** Whether it ends, or has ended, before it has changed anything: nobody has let it begin. */
  public boolean hasNotBegun() {
    return approvals.stream().anyMatch(a -> a.before() == 1 && !a.status().isSuccess());
  }

  /** Whether it waits for a decision about a failure, rather than between batches. */
  public boolean pausedByFailure() {
    return execution.status().isWaiting()
        && waitsForApproval().isEmpty()
        && (!failed().isEmpty() || stuck != null)
        && !PAUSES.contains(execution.waitingStatus());
  }

  /**
   * Whether it waits at the same pause as in another poll: after the same batch, for the same
   * failures. OOS may list a pause that was answered already.
   */
  public boolean waitsAtSamePauseAs(Progress other) {
    return execution.status().isWaiting()
        && other.execution().status().isWaiting()
        && lastBatch() == other.lastBatch()
        && waitsForApproval().isPresent() == other.waitsForApproval().isPresent()
        && failures().equals(other.failures());
  }

  /** How many batches there will be, as OOS was told; 0 if it was not. */
  public int batchNumber() {
    return execution.parameters().get("batchNumber") instanceof Number n ? n.intValue() : 0;
  }

  /** The next batch that has another one before it; 0 once the last one has begun. */
  public int nextBatch() {
    int next = Math.max(1, lastBatch()) + 1;
    return next > batchNumber() ? 0 : next;
  }

  /** Whether it can be told to stop before its next batch. */
  public boolean hasBrake() {
    return execution.tags().containsKey(OoshTemplate.BRAKE);
  }

  /** Whether it was told to stop before its next batch. */
  public boolean isBraked() {
    return OoshTemplate.STOP.equals(execution.tags().get(OoshTemplate.BRAKE));
  }

  /** The batch before which it stops, or has stopped, as it was told; 0 if it does not. */
  public int stopsBefore() {
    int stopped =
        execution.currentTasks().stream().mapToInt(OoshTemplate::brakesBefore).max().orElse(0);
    boolean comes = isBraked() && !execution.status().isFinal();
    return stopped > 0 ? stopped : comes ? nextBatch() : 0;
  }

  /** The batch before which OOS sleeps now, as it was told to; 0 if it does not. */
  public int sleepsBefore() {
    return execution.currentTasks().stream().mapToInt(OoshTemplate::sleepsBefore).max().orElse(0);
  }

  /** Every retry makes a new child execution. */
  private List<String> failures() {
    return stuck != null
        ? List.of(stuck.id())
        : failed().stream().map(InstanceProgress::childExecutionId).toList();
  }
}
