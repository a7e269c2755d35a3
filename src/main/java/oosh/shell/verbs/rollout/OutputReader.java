package oosh.shell.verbs.rollout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.cloud.CommandOutput;
import oosh.rollout.cloud.Executions;
import oosh.rollout.output.OutputBudget;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.Progress;
import oosh.rollout.record.StoredOutputs;
import oosh.shell.CtrlC;
import oosh.shell.Session;
import oosh.shell.screen.Silence;
import oosh.view.ProgressView;
import oosh.view.text.TimeText;

/** Reads what scripts printed: from OOS while it has it, from the journal afterwards. */
public final class OutputReader {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** Outputs that are read after a watch: the user did not ask for these calls. */
  private static final int AT_THE_END = 40;

  /** From so many outputs on, those of all instances are read by one list first. */
  private static final int MANY = 3;

  private OutputReader() {}

  /**
   * What was read.
   *
   * @param kept whether it comes from the journal
   * @param touched every instance that the execution has touched, as far as is known
   */
  public record ExecutionOutputs(
      String id, List<ScriptOutput> outputs, boolean kept, List<String> touched) {
    /**
     * That instance's.
     *
     * @throws Problem REFUSED if the execution has not touched it
     */
    public ScriptOutput on(String instance) {
      return outputs.stream()
          .filter(o -> o.instance().equals(instance))
          .findFirst()
          .orElseThrow(() -> untouched(instance));
    }

    private Problem untouched(String instance) {
      return Problem.refused(
          id + " has not touched " + instance,
          touched.isEmpty()
              ? "it has touched no instance"
              : "it touched " + String.join(", ", touched.stream().limit(8).toList()),
          "outputs " + id);
    }
  }

  /** Every output of the execution. Of one that has ended they are kept from now on. */
  public static ExecutionOutputs of(Session session, String id) throws InterruptedException {
    return of(session, id, i -> true);
  }

  /**
   * The outputs on some of its instances.
   *
   * @throws Problem if neither OOS nor the journal has them
   */
  public static ExecutionOutputs of(Session session, String id, Predicate<String> instances)
      throws InterruptedException {
    Progress progress;
    try {
      progress = session.watch().look(id, 0);
    } catch (Problem p) {
      return kept(session, id, instances, p);
    }
    List<String> touched =
        progress.instances().stream().map(Progress.InstanceProgress::id).toList();
    List<Progress.InstanceProgress> wanted =
        progress.instances().stream().filter(i -> instances.test(i.id())).toList();
    Map<String, ScriptOutput> kept =
        progress.execution().status().isFinal() ? keptWhole(session, id, false) : Map.of();
    List<ScriptOutput> read = new ArrayList<>(read(session, id, wanted, kept));
    List<Progress.InstanceProgress> undone =
        progress.undone().stream().filter(i -> instances.test(i.id())).toList();
    Map<String, ScriptOutput> keptOfUndone =
        undone.isEmpty() || !progress.execution().status().isFinal()
            ? Map.of()
            : keptWhole(session, id, true);
    read(session, id, undone, keptOfUndone).forEach(o -> read.add(o.ofUndo()));
    if (wanted.size() == touched.size() && progress.execution().status().isFinal()) {
      keep(session, id, read);
    }
    return new ExecutionOutputs(id, read, false, touched);
  }

  private static ExecutionOutputs kept(
      Session session, String id, Predicate<String> instances, Problem problem) {
    String silence = Silence.of(id, problem);
    Optional<StoredOutputs> kept = session.history().storedOutputs(id);
    if (kept.isEmpty()) {
      throw problem;
    }
    List<ScriptOutput> all = kept.get().outputs();
    int total = session.starts().find(id).map(e -> e.total()).orElse(0);
    session.note(
        silence
            + ", as read "
            + TimeText.ago(kept.get().at(), session.now())
            + (total > all.size() ? " on " + all.size() + " of " + total + " instances" : ""));
    return new ExecutionOutputs(
        id,
        all.stream().filter(o -> instances.test(o.instance())).toList(),
        true,
        all.stream().map(ScriptOutput::instance).toList());
  }

  /** What the journal has kept whole, by the instance: of one that has ended it changes no more. */
  private static Map<String, ScriptOutput> keptWhole(Session session, String id, boolean undone) {
    Map<String, ScriptOutput> whole = new HashMap<>();
    try {
      session.history().storedOutputs(id).map(StoredOutputs::outputs).orElse(List.of()).stream()
          .filter(
              o -> o.undo() == undone && o.leftOut() == 0 && o.dropped() != CommandOutput.UNKNOWN)
          .forEach(o -> whole.put(o.instance(), o));
    } catch (Problem p) {
      LOG.log(Level.INFO, "kept outputs not read: {0}", p.what());
    }
    return whole;
  }

  /**
   * Keeps what an execution printed that has been watched to its end: the failed instances' first,
   * if there are many. Nothing that goes wrong here is the watch's.
   *
   * @return what was read
   */
  public static List<ScriptOutput> storeAfterEnd(Session session, Progress last) {
    if (!last.execution().status().isFinal() || last.instances().isEmpty()) {
      return List.of();
    }
    try {
      String id = last.execution().id();
      List<Progress.InstanceProgress> some =
          failedFirst(last.instances()).stream().limit(AT_THE_END).toList();
      List<Progress.InstanceProgress> wanted =
          last.instances().stream().filter(some::contains).toList();
      List<ScriptOutput> read = new ArrayList<>(read(session, id, wanted, Map.of()));
      List<Progress.InstanceProgress> undone =
          failedFirst(last.undone()).stream().limit(AT_THE_END).toList();
      read(session, id, undone, Map.of()).forEach(o -> read.add(o.ofUndo()));
      keep(session, id, read);
      return read;
    } catch (Problem p) {
      LOG.log(Level.INFO, "outputs not kept: {0}", p.what());
    } catch (InterruptedException | Interrupted e) {
      Thread.currentThread().interrupt();
    }
    return List.of();
  }

  /** Without keys: a script may have printed some. */
  private static void keep(Session session, String id, List<ScriptOutput> outputs) {
    if (outputs.isEmpty()) {
      return;
    }
    try {
      List<ScriptOutput> masked = outputs.stream().map(o -> masked(session, o)).toList();
      session.history().storeOutputs(id, new StoredOutputs(session.now(), masked));
    } catch (Problem p) {
      // The user asked to read the outputs, and they have been read.
      LOG.log(Level.INFO, "outputs not kept: {0}", p.what());
    }
  }

  private static ScriptOutput masked(Session session, ScriptOutput output) {
    return output.leftOut() > 0 ? output : output.withText(session.masked(output.text()));
  }

  /**
   * Reads the outputs, in the order of the instances; but the failed ones are read first, while
   * there is room for all that they say.
   *
   * @param kept outputs that need not be read, by the instance
   */
  private static List<ScriptOutput> read(
      Session session,
      String id,
      List<Progress.InstanceProgress> instances,
      Map<String, ScriptOutput> kept)
      throws InterruptedException {
    Executions executions = session.cloud().executions();
    long succeeded =
        instances.stream()
            .filter(i -> !isKept(i, kept) && i.status().isSuccess())
            .filter(i -> !i.childExecutionId().isEmpty())
            .count();
    Map<String, String> listed = succeeded >= MANY ? executions.outputs(id) : Map.of();
    OutputBudget room = new OutputBudget();
    Map<Progress.InstanceProgress, ScriptOutput> read = new HashMap<>();
    for (Progress.InstanceProgress i : failedFirst(instances)) {
      if (isKept(i, kept)) {
        read.put(i, Objects.requireNonNull(kept.get(i.id())));
      } else {
        String text = i.status().isSuccess() ? listed.get(i.childExecutionId()) : null;
        CommandOutput output = text == null ? read(executions, i) : new CommandOutput(text, 0);
        read.put(i, room.place(i.id(), i.status(), output.text(), output.dropped()));
      }
      CtrlC.check();
    }
    return instances.stream()
        .map(i -> withFailure(Objects.requireNonNull(read.get(i)), i))
        .toList();
  }

  private static List<Progress.InstanceProgress> failedFirst(
      List<Progress.InstanceProgress> instances) {
    return instances.stream().sorted(Comparator.comparing(i -> i.status().isSuccess())).toList();
  }

  private static CommandOutput read(Executions executions, Progress.InstanceProgress instance) {
    String child = instance.childExecutionId();
    return child.isEmpty() ? new CommandOutput("", 0) : executions.output(child, instance.id());
  }

  private static ScriptOutput withFailure(
      ScriptOutput printed, Progress.InstanceProgress instance) {
    return instance.status().isFailed() ? printed.withFailure(ProgressView.why(instance)) : printed;
  }

  private static boolean isKept(
      Progress.InstanceProgress instance, Map<String, ScriptOutput> kept) {
    ScriptOutput known = kept.get(instance.id());
    return known != null && known.status().equals(instance.status());
  }
}
