package oosh.rollout;

import java.util.LinkedHashMap;
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
    if (!source.status().isFinal()) {
      throw refused(id, "it is still " + source.status(), "abort " + id + ", then rollback " + id);
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
      throw refused(id, "it touched no instance", "nothing is left to do; history shows the rest");
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
