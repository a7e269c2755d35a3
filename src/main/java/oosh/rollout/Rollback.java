package oosh.rollout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way back from an execution, ready to be sent. Its targets are the source's child executions:
 * the template reads them itself, with the scaling processes to suspend and resume.
 */
public record Rollback(
    Context context,
    String sourceExecutionId,
    int instances,
    Script rollbackScript,
    Batches batches,
    BatchPause pause,
    String role,
    String reason)
    implements Rollout {

  /**
   * What a rollback that was started for the failure of its source gives as its reason.
   *
   * @param original why that one was launched, or ""
   */
  public static String because(String sourceExecutionId, String original) {
    return sourceExecutionId + " failed" + (original.isEmpty() ? "" : ": " + original);
  }

  /**
   * The rollback of {@code source}, with what its launch remembered.
   *
   * @param source the execution as OOS tells it now
   * @param touched how many instances it has child executions for
   * @param remembered what the journal knows of its launch; empty if it was started elsewhere
   * @throws Problem when it cannot be rolled back, saying why and what to do instead
   */
  public static Rollback of(
      Context context,
      Execution source,
      int touched,
      Optional<Entry> remembered,
      Staging staging,
      String reason) {
    return of(context, source, touched, remembered, staging, reason, false);
  }

  /**
   * The rollback of {@code source} as it would be if that were aborted now: what makes it
   * impossible is found before anything is stopped for it.
   *
   * @throws Problem as {@link #of}, but for a source that has not ended
   */
  public static Rollback onceAborted(
      Context context,
      Execution source,
      int touched,
      Optional<Entry> remembered,
      Staging staging,
      String reason) {
    return of(context, source, touched, remembered, staging, reason, true).withoutPauses();
  }

  private static Rollback of(
      Context context,
      Execution source,
      int touched,
      Optional<Entry> remembered,
      Staging staging,
      String reason,
      boolean onceAborted) {
    String id = source.id();
    if (source.parentId() != null) {
      throw refused(
          id, "it is the child execution of one instance", "rollback " + source.parentId());
    }
    if (UpdateMethod.of(source).isEmpty()) {
      throw refused(
          id, "it ran the template " + source.templateName(), "roll it back where it was started");
    }
    if (source.isRollback()) {
      String original = source.parameter("sourceExecutionId");
      throw refused(
          id,
          "it is a rollback itself" + (original.isEmpty() ? "" : ", of " + original),
          "stage script FILE, then launch what should run now");
    }
    boolean ended = source.status().isFinal();
    if (!ended && !onceAborted) {
      throw refused(
          id,
          "it is still " + source.status(),
          "rollback " + id + " --now; or abort " + id + ", then rollback " + id);
    }
    CommandType type = CommandType.of(source.parameter("commandType")).orElse(CommandType.SHELL);
    if (type.windows()) {
      throw refused(
          id,
          "it ran a " + type.word() + "; the template's rollback always runs RunShellScript",
          "stage script UNDO --type " + type.option() + ", then launch it");
    }
    if (source.listParameter("enterProcess").isEmpty()) {
      // The template suspends the source's enterProcess without looking whether it is empty, and
      // ESS refuses an empty list (inferred from the public template; assumed of the service).
      throw refused(
          id,
          "it suspended no scaling process, and the template cannot roll such a launch back",
          "stage script UNDO, then launch it");
    }
    if (touched == 0) {
      throw ended
          ? refused(id, "it touched no instance", "nothing is left to do; history shows the rest")
          : refused(id, "it has touched no instance yet", "abort " + id);
    }
    Script script = script(id, source, remembered, staging);
    Batches batches =
        remembered
            .map(Entry::batches)
            .orElseGet(
                () ->
                    source.parameters().get("batchNumber") instanceof Number n
                            && n.intValue() >= Batches.MIN_NUMBER
                            && n.intValue() <= Batches.MAX_NUMBER
                        ? Batches.number(n.intValue())
                        : Batches.DEFAULT);
    BatchPause pause = BatchPause.of(source.parameter("batchPauseOption")).orElse(BatchPause.NEVER);
    return new Rollback(
        // OOS's public template goes back from oosh's own as well: it reads the same parameters.
        context.withGroup(source.group()).withMethod(UpdateMethod.RUN_SCRIPT),
        id,
        touched,
        script,
        batches,
        pause,
        source.parameter("OOSAssumeRole"),
        reason);
  }

  /** What was remembered wins over what OOS was sent, and that over what is staged now. */
  private static Script script(
      String id, Execution source, Optional<Entry> remembered, Staging staging) {
    Script kept = remembered.map(Entry::rollbackScript).orElse(null);
    if (kept != null) {
      return kept;
    }
    String sent = source.parameter("rollbackScript");
    if (!sent.isBlank()) {
      return Script.ofText("rollbackScript", sent);
    }
    if (staging.rollbackScript() != null) {
      return staging.rollbackScript();
    }
    throw refused(
        id,
        "it was launched without a rollback script, and none is staged",
        "stage rollback FILE, then rollback " + id);
  }

  private static Problem refused(String id, String why, String next) {
    return Problem.refused(id + " cannot be rolled back", why, next);
  }

  /**
   * Whether a launch could be rolled back, once it has failed, by whoever watches it.
   *
   * @throws Problem REFUSED if there would be no way back, or OOS would wait at the failure
   */
  public static void mustBePossible(Rollout rollout) {
    String what = "cannot launch with --rollback-on-failure";
    String without = "launch without it, and keep an undo script at hand";
    if (!(rollout instanceof Launch launch) || !launch.context().method().runsScript()) {
      throw Problem.refused(
          what,
          "there is no way back: only " + UpdateMethod.RUN_SCRIPT.word() + " has one",
          without);
    }
    if (launch.onFailure() == OnFailure.PAUSE) {
      throw Problem.refused(
          what,
          "OOS would wait for a person at the failure, and not end",
          "launch --rollback-on-failure --on-failure stop");
    }
    if (launch.commandType().windows()) {
      throw Problem.refused(
          what,
          "there is no way back: the template's rollback always runs RunShellScript",
          without);
    }
    if (launch.rollbackScript() == null) {
      throw Problem.refused(
          what,
          "there is no way back: no rollback script is staged",
          "stage rollback FILE, then launch --rollback-on-failure");
    }
    if (launch.suspend().isEmpty()) {
      throw Problem.refused(
          what,
          "there is no way back: with no scaling process to suspend, the template's rollback fails",
          without);
    }
  }

  /**
   * What is to be said of aborting {@code source} for this. That a cancel stops no script that runs
   * already is assumed: no document says that CancelExecution reaches Cloud Assistant.
   */
  public List<Warning> ofAborting(Progress source) {
    long atWork = source.instances().stream().filter(i -> !i.status().isFinal()).count();
    return atWork == 0
        ? List.of()
        : List.of(
            new Warning(
                (atWork == 1 ? "1 instance is" : atWork + " instances are")
                    + " at work; the script may still run there when "
                    + rollbackScript.name()
                    + " begins",
                "outputs "
                    + sourceExecutionId
                    + " shows what it printed; or abort "
                    + sourceExecutionId
                    + ", and roll back later"));
  }

  /** The same without a pause between batches, whatever the source had. */
  public Rollback withoutPauses() {
    return new Rollback(
        context,
        sourceExecutionId,
        instances,
        rollbackScript,
        batches,
        BatchPause.NEVER,
        role,
        reason);
  }

  @Override
  public String group() {
    return context.needGroup();
  }

  @Override
  public @Nullable Script script() {
    return null;
  }

  @Override
  public CommandType commandType() {
    return CommandType.SHELL;
  }

  /** It stops: a way back that waits for somebody is half a way. */
  @Override
  public OnFailure onFailure() {
    return OnFailure.STOP;
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> p = new LinkedHashMap<>();
    p.put("invokeType", "rollback");
    p.put("scalingGroupId", group());
    p.put("commandType", commandType().word());
    p.put("rollbackScript", rollbackScript.text());
    p.put("OOSAssumeRole", role);
    p.put("sourceExecutionId", sourceExecutionId);
    p.put("batchNumber", batches.numberFor(instances));
    p.put("batchPauseOption", pause.word());
    return p;
  }
}
