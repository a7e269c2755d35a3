package oosh.rollout.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.Gates;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Payload;
import oosh.rollout.update.ProbedScript;
import oosh.rollout.update.ProcessSuspension;
import oosh.rollout.update.Rollout;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.Script;
import oosh.rollout.update.Target;
import oosh.rollout.update.TargetFilter;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.jspecify.annotations.Nullable;

/**
 * The rollback of an execution, ready to be sent. Its targets are the source's child executions:
 * the template reads them, with the scaling processes to suspend and resume.
 *
 * @param spec its rollback script is null where the method needs none; its extra parameters are
 *     those of the source, with the rollback values
 * @param rest the instances that are rolled back; null for all that the source touched
 */
public record Rollback(
    Context context,
    String sourceExecutionId,
    int instances,
    UpdateSpec spec,
    String reason,
    @Nullable Rest rest)
    implements Rollout {
  /**
   * A rollback by oosh's own template. The public template reads its targets from the source's
   * children: it rolls all of them back, and stops at the first that ESS no longer knows (assumed).
   *
   * @param launch of the rollback script on these instances
   * @param gone the instances that have left the group
   * @param done those that were rolled back already, each with the rollback that did it
   * @param forgotten whether OOS does not know the source any more
   */
  public record Rest(
      Launch launch, List<String> gone, Map<String, String> done, boolean forgotten) {
    public Rest {
      gone = List.copyOf(gone);
      done = Collections.unmodifiableMap(new LinkedHashMap<>(done));
    }

    /** The ids of the instances that are rolled back. */
    public List<String> instances() {
      return launch.targets().stream().map(Target::instanceId).toList();
    }
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
      Optional<JournalEntry> remembered,
      UpdateSpec staging,
      String reason) {
    return of(context, source, touched, remembered, staging, reason, false);
  }

  /**
   * The rollback of {@code source} as it would be if that were aborted now: what makes it
   * impossible is found before anything is stopped for it.
   *
   * @throws Problem as {@link #of}, but for a source that has not ended
   */
  public static Rollback ofRunningSource(
      Context context,
      Execution source,
      int touched,
      Optional<JournalEntry> remembered,
      UpdateSpec staging,
      String reason) {
    return of(context, source, touched, remembered, staging, reason, true).withoutPauses();
  }

  private static Rollback of(
      Context context,
      Execution source,
      int touched,
      Optional<JournalEntry> remembered,
      UpdateSpec staging,
      String reason,
      boolean onceAborted) {
    UpdateMethod method =
        RollbackValidator.requirePossible(source, touched, remembered, context, onceAborted);
    ProbedScript undo = RollbackParameters.undo(method, source, remembered, staging);
    UpdateSpec spec =
        UpdateSpec.EMPTY
            .withRollbackScript(undo == null ? null : undo.script())
            .withGates(undo == null ? Gates.NONE : undo.gates().onInstance())
            .withBatches(
                remembered
                    .map(e -> e.spec().batchesOrDefault())
                    .orElseGet(() -> BatchSizing.ofSent(source.parameters().get("batchNumber"))))
            .withPause(BatchPause.of(source.parameter("batchPauseOption")).orElse(BatchPause.NEVER))
            .withRole(source.parameter("OOSAssumeRole"))
            .withExtraParameters(
                method.runsOnlyScript()
                    ? Map.of()
                    : RollbackParameters.of(method, source, remembered, staging));
    return new Rollback(
        // The public template also rolls back oosh's own: it reads the same parameters.
        context
            .withGroup(source.group())
            .withMethod(method.runsOnlyScript() ? UpdateMethod.RUN_SCRIPT : method),
        source.id(),
        touched,
        spec,
        reason,
        null);
  }

  /**
   * Warnings about aborting {@code source} first. That a cancel stops no script that runs already
   * is assumed: no document says that CancelExecution reaches Cloud Assistant.
   */
  public List<Warning> ofAborting(Progress source) {
    Script undo = spec.rollbackScript();
    long atWork = source.instances().stream().filter(i -> !i.status().isFinal()).count();
    return atWork == 0
        ? List.of()
        : List.of(
            new Warning(
                Warning.Code.SCRIPT_MAY_RUN,
                (atWork == 1 ? "1 instance is" : atWork + " instances are")
                    + " at work; "
                    + (context.method().runsOnlyScript() ? "the script" : "the update")
                    + " may still run there when "
                    + (undo == null ? "the rollback" : undo.name())
                    + " begins",
                "outputs "
                    + sourceExecutionId
                    + " shows what it printed; or abort "
                    + sourceExecutionId
                    + ", and roll back later"));
  }

  /** This rollback without pauses between batches. */
  public Rollback withoutPauses() {
    return new Rollback(
        context, sourceExecutionId, instances, spec.withPause(BatchPause.NEVER), reason, rest);
  }

  /** Those of the touched instances that are not in the group any more, or are leaving it. */
  public static List<String> gone(Collection<String> touched, List<GroupInstance> members) {
    Set<String> there =
        members.stream()
            .filter(m -> !m.lifecycleState().startsWith("Remov"))
            .map(GroupInstance::id)
            .collect(Collectors.toSet());
    return touched.stream().filter(id -> !there.contains(id)).toList();
  }

  /**
   * This rollback on the instances that are left: still in the group, and not rolled back already,
   * unless all are. A rollback of another method than a script's is not changed: oosh's own
   * template runs only scripts.
   *
   * @param touched the instances to roll back: all that the source touched, or some of them, in the
   *     order in which it touched them
   * @param before the group before the source; empty without a snapshot
   * @param done the instances that were rolled back already, each with the rollback that did it
   * @param forgotten whether OOS does not know the source any more
   * @throws Problem REFUSED if all have left, if only OOS knows the instances, or if the method
   *     rolls back only all instances
   */
  public Rollback onTheRest(
      Execution source,
      Collection<String> touched,
      List<GroupInstance> members,
      ScalingGroup in,
      Optional<GroupSnapshot> before,
      Map<String, String> done,
      boolean forgotten) {
    List<String> gone = gone(touched, members);
    Script script = spec.rollbackScript();
    Map<String, String> over = new LinkedHashMap<>(done);
    over.keySet().retainAll(touched);
    if (over.keySet().containsAll(touched.stream().filter(t -> !gone.contains(t)).toList())) {
      over.clear();
    }
    boolean byScript = script != null && context.method().runsOnlyScript();
    boolean single = touched.size() < instances;
    if (forgotten && !byScript) {
      throw RollbackValidator.refused(
          sourceExecutionId,
          "OOS no longer knows it, so its template does not know its instances",
          "launch what should run instead, with method " + context.method().word());
    }
    if (single && !byScript) {
      throw RollbackValidator.refused(
          sourceExecutionId,
          "single instances were chosen, and the template of "
              + context.method().word()
              + " rolls back all; only oosh's own template takes single instances, and it runs"
              + " only scripts",
          "rollback " + sourceExecutionId);
    }
    if (script == null
        || !byScript
        || (gone.isEmpty() && over.isEmpty() && !forgotten && !single)) {
      return this;
    }
    // As they were touched: reversed, the newest batch comes first.
    List<String> newestFirst = new ArrayList<>(touched);
    Collections.reverse(newestFirst);
    Map<String, GroupInstance> byId = new HashMap<>();
    members.forEach(m -> byId.put(m.id(), m));
    List<Target> targets =
        newestFirst.stream()
            .filter(i -> !over.containsKey(i))
            .map(byId::get)
            .filter(Objects::nonNull)
            .map(m -> target(m, before))
            .toList();
    if (targets.isEmpty()) {
      throw RollbackValidator.refused(
          sourceExecutionId,
          "none of the instances that it touched is still in the group",
          "nothing is left to do; coverage shows what the other instances have");
    }
    Set<ScalingProcess> suspended = EnumSet.noneOf(ScalingProcess.class);
    suspended.addAll(in.suspended());
    suspended.removeAll(ProcessSuspension.processes(source.listParameter("exitProcess")));
    Set<ScalingProcess> suspend = EnumSet.noneOf(ScalingProcess.class);
    suspend.addAll(ProcessSuspension.processes(source.listParameter("enterProcess")));
    suspend.removeAll(suspended);
    Context own = context.withMethod(UpdateMethod.RUN_SCRIPT_OOSH);
    Launch launch =
        new Launch(
            own,
            targets.size(),
            spec.withScript(script, CommandType.SHELL)
                .withStrategy(
                    RolloutStrategy.NONE.withOnly(
                        TargetFilter.named(targets.stream().map(Target::instanceId).toList()))),
            suspend,
            reason,
            targets,
            Map.of());
    return new Rollback(
        own,
        sourceExecutionId,
        targets.size(),
        spec,
        reason,
        new Rest(launch, gone, over, forgotten));
  }

  private static Target target(GroupInstance member, Optional<GroupSnapshot> before) {
    boolean isProtected =
        member.lifecycleState().equals("Protected")
            || before.flatMap(b -> b.state(member.id())).filter("Protected"::equals).isPresent();
    return new Target(member.id(), isProtected ? "Protected" : "InService");
  }

  @Override
  public String group() {
    return context.needGroup();
  }

  @Override
  public String content() {
    return rest == null ? "" : rest.launch().template().content(true);
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> p = new LinkedHashMap<>();
    if (rest != null) {
      p.putAll(rest.launch().template().parameters());
      p.put("invokeType", "rollback");
      p.put("sourceExecutionId", sourceExecutionId);
      return p;
    }
    p.put("invokeType", "rollback");
    p.put("scalingGroupId", group());
    put(p, "commandType", spec.commandType().word());
    Script undo = spec.rollbackScript();
    if (undo != null) {
      put(p, "rollbackScript", spec.sent(undo));
    } else if (context.method().payload().filter(Payload::fetched).isPresent()) {
      put(p, "rollbackScript", Payload.NO_SCRIPT);
    }
    if (!spec.role().isEmpty() || !context.method().isUserTemplate()) {
      put(p, "OOSAssumeRole", spec.role());
    }
    put(p, "sourceExecutionId", sourceExecutionId);
    put(p, "batchNumber", spec.batchesOrDefault().numberFor(instances));
    put(p, "batchPauseOption", spec.pauseOrDefault().word());
    p.putAll(spec.extraParameters());
    return p;
  }

  private void put(Map<String, Object> p, String name, Object value) {
    if (context.method().declares(name)) {
      p.put(name, value);
    }
  }
}
