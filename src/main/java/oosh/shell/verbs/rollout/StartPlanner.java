package oosh.shell.verbs.rollout;

import java.util.ArrayList;
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
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.plan.BaselineReader;
import oosh.rollout.plan.CatalogueCheck;
import oosh.rollout.plan.Coverage;
import oosh.rollout.plan.GateCheck;
import oosh.rollout.plan.MethodWarnings;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.Precedents;
import oosh.rollout.plan.Retry;
import oosh.rollout.plan.Rollback;
import oosh.rollout.plan.RollbackValidator;
import oosh.rollout.plan.ScriptState;
import oosh.rollout.record.ForgottenExecution;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.GroupState;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.start.StartConflict;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.GroupCache;
import oosh.shell.Session;
import oosh.shell.complete.TemplateLookup;
import oosh.shell.verbs.staging.StagedFileReader;
import oosh.view.RollbackView;

/**
 * Plans every start: a launch, the launch of a release tag, a retry and a rollback. It reads the
 * group from ESS, what ran there from OOS and the journal, checks what can be checked, and makes
 * the plan. Every method throws a {@link Problem} for what cannot be started, or cannot be read.
 */
final class StartPlanner {
  private final Session session;

  /** Takes what could not be read and does not prevent a start. */
  private final Consumer<String> note;

  /** The executions that were said to be known from the journal alone. */
  private final Set<String> saidForgotten = new LinkedHashSet<>();

  StartPlanner(Session session) {
    this(session, session::note);
  }

  StartPlanner(Session session, Consumer<String> note) {
    this.session = session;
    this.note = note;
  }

  /** The launch of a staged update, from what the services say now. */
  PlannedStart launch(UpdateSpec staged, String reason) {
    return launch(staged, reason, PlanInputs.begin(session, session.context(), staged));
  }

  /**
   * The launch of a staged update.
   *
   * @param reads the inputs, perhaps still being read
   */
  PlannedStart launch(UpdateSpec staged, String reason, PlanInputs reads) {
    Context context = staged.contextOf(session.context());
    ScalingGroup group = reads.group().get();
    Optional<Execution> inFlight = reads.inFlight().get();
    List<GroupInstance> instances = reads.instances(note);
    GroupCache.of(session).remember(group.id(), instances);
    Plan plan =
        BaselineReader.addBaseline(
            Plan.launch(
                known(context, context.method()), staged, group, instances, inFlight, reason),
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
  PlannedStart launchOf(ReleaseTag tag, JournalEntry launch, UpdateSpec spec, String reason) {
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
  PlannedStart retry(JournalEntry source, Set<ScriptState> states, String reason) {
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

  /** What a retry launches, on the group as it is now. */
  UpdateSpec specOfRetry(JournalEntry source, Set<ScriptState> states) {
    return retry(source, states, coverage(source, inputsOfRetry(source))).spec();
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
  Map<String, Object> sent(String id) {
    return session
        .journal()
        .history()
        .startRequestOf(id)
        .map(StartRequest::parameters)
        .orElseGet(() -> session.watch().find(id).parameters());
  }

  /** Notes, once, which executions are known from the journal alone. */
  private void sayForgotten(Set<String> forgotten) {
    if (saidForgotten.addAll(forgotten)) {
      note.accept(ForgottenExecution.sentence(forgotten));
    }
  }

  /** Warns that another script is staged than the script that a retry runs. */
  List<Warning> unused(JournalEntry source) {
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

  private static String words(Set<ScriptState> states) {
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

  /** Another rollback of what {@code rollback} undid, on the instances with one of these states. */
  PlannedStart retryRollback(JournalEntry rollback, Set<ScriptState> states, String reason) {
    String id = String.valueOf(rollback.executionId());
    String source = String.valueOf(rollback.sourceExecutionId());
    Precedents precedents =
        Precedents.on(
            session.cloud(), session.journal().history(), session.context(), rollback.group());
    if (precedents.isForgotten(id)) {
      sayForgotten(Set.of(id));
    }
    Set<String> only = precedents.notRolledBack(source, id, states);
    if (only.isEmpty()) {
      throw Problem.refused(
          "nothing to retry", "no instance of " + id + " is in that state", "show " + id);
    }
    return rollback(
        new RollbackRequest(source, true, false, only, "retry " + id + " " + words(states)),
        reason);
  }

  /** The rollback that a user asks for, with a warning about a staged script that is not used. */
  PlannedStart rollback(RollbackRequest wanted, String reason) {
    PlannedStart planned = plan(wanted, reason);
    Script undo = planned.plan().rollout().spec().rollbackScript();
    Script staged = session.staging().rollbackScript();
    if (staged == null || undo == null || staged.sha256().equals(undo.sha256())) {
      return planned;
    }
    Warning unused =
        new Warning(
            Warning.Code.STAGED_UNUSED,
            "it runs the script of that launch, not the staged " + staged.name(),
            "stage script " + staged.name() + ", then launch, to run the staged script");
    return planned.with(planned.plan().with(List.of(unused)));
  }

  /** The rollback of an execution that has just ended, without pauses. */
  PlannedStart rollback(String id, String reason) {
    return plan(new RollbackRequest(id, true, true, null, "rollback"), reason);
  }

  private PlannedStart plan(RollbackRequest wanted, String reason) {
    String id = wanted.id();
    RollbackSource read = RollbackSource.read(session, id);
    Execution source = read.execution();
    Set<String> instances = read.instances();
    boolean first = wanted.now() && !source.status().isFinal();
    Context context =
        RollbackValidator.method(source, read.remembered(), session.context())
            .map(m -> known(session.context(), m))
            .orElse(session.context());
    int touched = instances.size();
    UpdateSpec staged = session.staging();
    Rollback rollback =
        first
            ? Rollback.ofRunningSource(context, source, touched, read.remembered(), staged, reason)
            : Rollback.of(context, source, touched, read.remembered(), staged, reason);
    if (wanted.now()) {
      rollback = rollback.withoutPauses();
    }
    String its = rollback.group();
    if (context.chosenGroup().filter(g -> !g.equals(its)).isPresent()) {
      throw Problem.refused(
          id + " is not of this group",
          "it ran on " + its + ", and " + context.needGroup() + " is chosen",
          "use group " + its + ", then rollback " + id);
    }
    PlanInputs reads =
        PlanInputs.begin(session, context.withGroup(its), first ? id : "", read.precedents());
    ScalingGroup group = reads.group().get();
    Optional<Execution> inFlight = reads.inFlight().get();
    List<GroupInstance> members = reads.instances(note);
    Precedents precedents = read.precedents();
    Map<String, String> done = precedents.rolledBack(id);
    Set<String> targets = new LinkedHashSet<>(instances);
    Set<String> only = wanted.onlyInstances();
    if (only != null) {
      targets.removeIf(i -> !only.contains(i) && !done.containsKey(i));
    }
    rollback =
        rollback.onTheRest(
            source,
            targets,
            members,
            group,
            session.journal().history().snapshotBefore(id),
            done,
            read.isForgotten());
    List<String> gone = Rollback.gone(instances, members);
    Set<String> there = new LinkedHashSet<>(instances);
    there.removeAll(gone);
    Rollback.Rest rest = rollback.rest();
    boolean doneBefore = rest != null && !rest.done().isEmpty();
    List<Warning> since =
        new ArrayList<>(precedents.ofRollback(id, there, wanted.named(), doneBefore));
    if (!first) {
      since.addAll(precedents.ofStart(reads.at(), targets));
    }
    if (read.isForgotten() && precedents.isUnknown(id)) {
      since.add(
          new Warning(
              Warning.Code.REACH_UNKNOWN,
              "it is unknown which instances it reached: the rollback covers all that it was for",
              "the rollback script must also work where the launch did not run"));
    }
    if (!first
        && !read.isForgotten()
        && read.remembered().map(JournalEntry::status).filter(ExecutionStatus::isFinal).isEmpty()) {
      // Its end may not have been seen here.
      session.noteEnd(source);
    }
    Plan plan =
        Plan.rollback(rollback, source, group, members, instances, inFlight)
            .with(reads.state().get().warnings())
            .with(since)
            .with(
                MethodWarnings.of(
                    rollback, source, read.remembered(), session.journal().history().healSteps(id)))
            .with(MethodWarnings.ofThoseGone(rollback, gone));
    if (!first) {
      return planned(reads, plan, StartConflict.ofRollback(wanted.line(), group.id()));
    }
    PlannedStart abort =
        planned(reads, plan, StartConflict.ofRollback("rollback " + id + " --now", group.id()));
    Progress progress = RollbackValidator.requireNotUnderWay(session.look(id));
    int planned = rollback.instances();
    return abort
        .with(abort.plan().with(rollback.ofAborting(progress)))
        .after(new PlannedStart.PrecedingAbort(progress, () -> afterAbort(id, reason, planned)));
  }

  /** After the source has ended: what it has touched since is rolled back as well. */
  private PlannedStart afterAbort(String id, String reason, int planned) {
    PlannedStart replanned = rollback(id, reason);
    RollbackView.touchedMoreThanPlanned(planned, replanned.plan().rollout().instances())
        .ifPresent(session::say);
    return replanned;
  }

  /** With warnings about what ran on the group before, and about its instances. */
  private Plan complete(PlanInputs reads, Plan plan) {
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
  private Context known(Context context, UpdateMethod method) {
    return context.withMethod(TemplateLookup.forPlan(session, method, note));
  }

  /** With warnings about the role and oosh's own template. */
  private PlannedStart planned(PlanInputs reads, Plan plan, StartConflict refusals) {
    return new PlannedStart(
        reads.role().of(plan, note),
        GroupSnapshot.of(reads.at(), reads.group().get(), reads.state().get().instances())
            .withUnhealthy(plan.unhealthy()),
        reads.inFlight().get(),
        refusals);
  }
}
