package oosh.shell.verbs.planning;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.plan.BaselineReader;
import oosh.rollout.plan.CatalogueCheck;
import oosh.rollout.plan.Coverage;
import oosh.rollout.plan.GateCheck;
import oosh.rollout.plan.MatchingInstances;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.Retry;
import oosh.rollout.plan.ScriptState;
import oosh.rollout.record.ForgottenExecution;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.GroupState;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.start.StartConflict;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import oosh.rollout.update.TargetFilter;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.GroupCache;
import oosh.shell.Session;
import oosh.shell.complete.TemplateLookup;
import oosh.shell.verbs.approval.ApprovalCheck;
import oosh.shell.verbs.staging.StagedFileReader;

/**
 * Plans every launch: of what is staged, of a release tag, and a retry. It reads the group from
 * ESS, what ran there from OOS and the journal, checks what can be checked, and makes the plan.
 * Every method throws a {@link Problem} for what cannot be started, or cannot be read.
 */
public final class StartPlanner {
  private final Session session;

  /** Takes what could not be read and does not prevent a start. */
  private final Consumer<String> note;

  /** The executions that were said to be known from the journal alone. */
  private final Set<String> saidForgotten = new LinkedHashSet<>();

  public StartPlanner(Session session) {
    this(session, session::note);
  }

  public StartPlanner(Session session, Consumer<String> note) {
    this.session = session;
    this.note = note;
  }

  /** The launch of a staged update, from what the services say now. */
  public PlannedStart launch(UpdateSpec staged, String reason) {
    return launch(staged, reason, PlanInputs.begin(session, session.context(), staged));
  }

  /**
   * The launch of a staged update.
   *
   * @param reads the inputs, perhaps still being read
   */
  public PlannedStart launch(UpdateSpec staged, String reason, PlanInputs reads) {
    Context context = staged.contextOf(session.context());
    ScalingGroup group = reads.group().get();
    Optional<Execution> inFlight = reads.inFlight().get();
    List<GroupInstance> instances = reads.instances(note);
    GroupCache.of(session).remember(group.id(), instances);
    Plan plan =
        BaselineReader.addBaseline(
            Plan.launch(
                known(context, context.method()),
                staged,
                group,
                instances,
                inFlight,
                reason,
                MatchingInstances.of(
                    staged,
                    session.cloud(),
                    reads.precedents().get(),
                    session.journal().history(),
                    group,
                    instances)),
            session.cloud(),
            session.journal().history(),
            instances,
            inFlight);
    plan = complete(reads, plan).with(StagedFileReader.warnings(session, staged));
    plan = plan.with(notListed(context, staged, group));
    Script script = staged.script();
    if (script != null) {
      plan = plan.with(session.backends().findings(script, staged.commandType()));
    }
    return planned(reads, plan, StartConflict.ofLaunch("launch", group.id()));
  }

  /** What no service lists. If the services cannot be asked, that is a note. */
  private List<Warning> notListed(Context context, UpdateSpec staged, ScalingGroup group) {
    try {
      return CatalogueCheck.warnings(session.cloud(), context.method(), staged, group);
    } catch (Problem p) {
      note.accept("note: whether it is listed was not checked: " + p.why());
      return List.of();
    }
  }

  /** The launch of a release tag: with its script, its batches and its parameters. */
  public PlannedStart launchOf(
      ReleaseTag tag, JournalEntry launch, UpdateSpec spec, String reason) {
    Context context = session.context().withGroup(tag.group()).withMethod(launch.method());
    PlanInputs reads = PlanInputs.begin(session, context, spec);
    ScalingGroup group = reads.group().get();
    Plan plan =
        Plan.launch(
            known(context, launch.method()),
            spec,
            group,
            reads.instances(note),
            reads.inFlight().get(),
            reason);
    return planned(
        reads,
        complete(reads, plan).with(reads.precedents().get().ofAgain(tag, launch)),
        StartConflict.ofLaunch("rollback --to " + tag.name(), group.id()));
  }

  /** Another launch of {@code source}, on the instances with one of these states of its script. */
  public PlannedStart retry(JournalEntry source, Set<ScriptState> states, String reason) {
    Context context = session.context().withGroup(source.group());
    PlanInputs reads = inputsOfRetry(source);
    ScalingGroup group = reads.group().get();
    Coverage coverage = coverage(source, reads);
    Set<String> forgotten = new LinkedHashSet<>(coverage.forgotten());
    String id = String.valueOf(source.executionId());
    if (reads.precedents().get().isForgotten(id)) {
      forgotten.add(id);
    }
    sayForgotten(forgotten);
    Plan plan =
        Plan.retry(
            context,
            retry(source, states, coverage),
            group,
            reads.instances(note),
            reads.inFlight().get(),
            reason);
    return planned(
        reads,
        complete(reads, plan).withWarnings(w -> Retry.warning(w, id)).with(unused(source)),
        StartConflict.ofLaunch("retry " + id + " " + words(states), group.id()));
  }

  /**
   * Another launch of {@code source}, on the instances that joined the group since and that it
   * would have taken; empty if there are none.
   */
  public Optional<PlannedStart> newcomers(JournalEntry source, String reason) {
    PlanInputs reads = inputsOfRetry(source);
    TargetFilter only = source.spec().strategy().only();
    boolean some =
        !only.excludesNewcomers()
            && coverage(source, reads).instances().stream()
                .anyMatch(i -> i.state() == ScriptState.NEWCOMER && only.takes(i.instance()));
    return some
        ? Optional.of(retry(source, Set.of(ScriptState.NEWCOMER), reason))
        : Optional.empty();
  }

  /** What a retry launches on these instances. */
  public UpdateSpec specOfRetry(JournalEntry source, TargetFilter only) {
    return Retry.spec(source.toStage(sent(String.valueOf(source.executionId()))), only);
  }

  private PlanInputs inputsOfRetry(JournalEntry source) {
    Context context = session.context().withGroup(source.group());
    // The public template takes no single instances.
    return PlanInputs.begin(
        session, context.withMethod(UpdateMethod.RUN_SCRIPT_OOSH), source.spec());
  }

  private Retry retry(JournalEntry source, Set<ScriptState> states, Coverage coverage) {
    String id = String.valueOf(source.executionId());
    return Retry.of(
        source, coverage, states, sent(id), session.journal().history().snapshotBefore(id));
  }

  private Coverage coverage(JournalEntry source, PlanInputs reads) {
    Script script = source.spec().script();
    if (script == null) {
      throw new IllegalStateException("a retry of " + source.executionId() + " without a script");
    }
    return Coverage.of(
        reads.precedents().get(),
        session.journal().history(),
        reads.group().get(),
        reads.state().get().instances(),
        script);
  }

  /** The template's parameters of a launch: from the journal, or else from OOS. */
  public Map<String, Object> sent(String id) {
    return session
        .journal()
        .history()
        .startRequestOf(id)
        .map(StartRequest::parameters)
        .orElseGet(() -> session.watch().find(id).parameters());
  }

  /** Notes, once, which executions are known from the journal alone. */
  public void sayForgotten(Set<String> forgotten) {
    if (saidForgotten.addAll(forgotten)) {
      note.accept(ForgottenExecution.sentence(forgotten));
    }
  }

  /** Warns that another script is staged than the script that a retry runs. */
  public List<Warning> unused(JournalEntry source) {
    Script staged = session.staging().script();
    Script runs = source.spec().script();
    return staged == null || runs == null || staged.sha256().equals(runs.sha256())
        ? List.of()
        : List.of(
            new Warning(
                Warning.Code.STAGED_UNUSED,
                staged.name()
                    + " is staged and not used: it runs "
                    + runs.name()
                    + " of "
                    + source.executionId(),
                "launch runs what is staged"));
  }

  public static String words(Set<ScriptState> states) {
    return states.stream()
        .map(
            s ->
                switch (s) {
                  case FAILED -> "--failed";
                  case NOT_REACHED -> "--missing";
                  default -> "--newcomers";
                })
        .collect(Collectors.joining(" "));
  }

  /** With warnings about what ran on the group before, and about its instances. */
  public Plan complete(PlanInputs reads, Plan plan) {
    GroupState state = reads.state().get();
    return GateCheck.add(plan, session.cloud(), state.instances())
        .after(
            reads.precedents().get(),
            session.journal().history(),
            session.journal().starts().wanted(plan.rollout().context()),
            state.instances(),
            reads.at())
        .with(state.warnings());
  }

  /** With the template of the method, if it is known. */
  public Context known(Context context, UpdateMethod method) {
    return context.withMethod(TemplateLookup.forPlan(session, method, note));
  }

  /** With warnings about the role and oosh's own template. */
  public PlannedStart planned(PlanInputs reads, Plan plan, StartConflict refusals) {
    ApprovalCheck.require(session, plan.rollout());
    return new PlannedStart(
        reads.role().of(plan, note),
        GroupSnapshot.of(reads.at(), reads.group().get(), reads.state().get().instances())
            .of(plan.unhealthy(), plan.told()),
        reads.inFlight().get(),
        refusals);
  }
}
