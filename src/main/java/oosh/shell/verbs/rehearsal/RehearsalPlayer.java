package oosh.shell.verbs.rehearsal;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Executions;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.output.HomeSnapshot;
import oosh.rollout.plan.Coverage;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.record.Progress;
import oosh.rollout.rehearsal.GateTrial;
import oosh.rollout.rehearsal.Rehearsal;
import oosh.rollout.rehearsal.Rehearsal.Act;
import oosh.rollout.rehearsal.Rehearsal.ActResult;
import oosh.rollout.rehearsal.Rehearsal.RehearsalResult;
import oosh.rollout.rehearsal.RehearsedExecution;
import oosh.rollout.rehearsal.TriedGate;
import oosh.rollout.update.ProbedScript;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateSpec;
import oosh.rollout.watch.ExecutionWatcher;
import oosh.shell.Backends;
import oosh.shell.Session;
import oosh.shell.screen.Screen;
import oosh.shell.screen.StreamScreen;
import oosh.shell.verbs.approval.RehearsedApproval;
import oosh.shell.verbs.planning.PlannedStart;
import oosh.shell.verbs.planning.RollbackPlanner;
import oosh.shell.verbs.planning.StartPlanner;
import oosh.shell.verbs.repair.DoctorCommand;
import oosh.shell.verbs.rollout.OutputReader;
import oosh.view.ProgressFrame;
import oosh.view.ProgressFrame.LiveOptions;
import oosh.view.RehearsalView;
import oosh.view.text.Style;
import org.jspecify.annotations.Nullable;

/**
 * Plays the acts of a {@link Rehearsal}. Each act is a session on a sandbox of its own, whose group
 * is like the real group; its launches and rollbacks are planned, started and watched like those of
 * any session. A pause between batches is continued, and an execution that waits at a failure is
 * aborted.
 */
final class RehearsalPlayer {
  private static final String REASON = "rehearsal";

  private final Backends backends;
  private final Screen screen;
  private final Rehearsal rehearsal;
  private final Set<Act> acts;
  private final boolean json;
  private final List<ActResult> results = new ArrayList<>();
  private String notRun = "";
  private boolean headPrinted;

  /** Whether the output of a successful launch was shown: later launches print the same. */
  private boolean outputShown;

  private volatile @Nullable Act playing;

  RehearsalPlayer(Session user, Rehearsal rehearsal, Set<Act> acts, boolean json) {
    this.backends = user.backends();
    this.screen = user.screen();
    this.rehearsal = rehearsal;
    this.acts = acts;
    this.json = json;
  }

  /** An act that is played in a session. */
  private interface ActPlayer {
    void play(Session session) throws InterruptedException;
  }

  /** {@code , in act 2}; "" before the first act. */
  String where() {
    Act act = playing;
    return act == null ? "" : ", in act " + act.number();
  }

  /**
   * Plays the acts, and prints each execution when it has ended. Every sandbox is deleted when this
   * returns.
   *
   * @throws InterruptedException on Ctrl-C
   */
  RehearsalResult play() throws InterruptedException {
    try {
      if (acts.contains(Act.SCRIPT)) {
        inSandbox(this::script);
      }
      boolean fails = results.stream().anyMatch(r -> r.act() == Act.SCRIPT && !r.well());
      for (Act act : List.of(Act.TWICE, Act.FAILURE)) {
        if (acts.contains(act) && fails) {
          begin(act);
          end(act, List.of(), "", failed() + " already without an ordered failure");
        } else if (acts.contains(act)) {
          inSandbox(act == Act.TWICE ? this::twice : this::failure);
        }
      }
      if (acts.contains(Act.GATES) && fails) {
        begin(Act.GATES);
        end(Act.GATES, List.of(), "", failed() + " already where every gate should pass");
      } else if (acts.contains(Act.GATES)) {
        gates();
      }
    } finally {
      unpaint();
    }
    return new RehearsalResult(results, notRun);
  }

  /** Each gate in a sandbox of its own: what a launch leaves that it stops is no beginning. */
  private void gates() throws InterruptedException {
    List<TriedGate> tried = new ArrayList<>();
    for (GateTrial trial : rehearsal.trials()) {
      inSandbox(
          session -> {
            if (tried.isEmpty()) {
              begin(Act.GATES);
            }
            if (notRun.isEmpty()) {
              tried.add(tried(session, trial));
            }
          });
      if (!notRun.isEmpty()) {
        end(Act.GATES, List.of(), "", "no script is run, so no gate can be tried");
        return;
      }
    }
    ActResult result = ActResult.ofGates(tried);
    results.add(result);
    if (!result.well()) {
      print(style -> RehearsalView.result(result, style));
    }
  }

  private TriedGate tried(Session session, GateTrial trial) throws InterruptedException {
    UpdateSpec staged = RehearsedApproval.staged(rehearsal.staged());
    session.stage(staged.withGates(trial.alone(staged.gates())));
    String at = rehearsal.failAt();
    PlannedStart planned = planned(session);
    GateOrders.give(session.backends().sandboxControl(), rehearsal, trial);
    RehearsedExecution launch = play(session, RehearsedExecution.Kind.LAUNCH, planned);
    TriedGate tried = TriedGate.of(trial, launch, at);
    print(style -> RehearsalView.tried(tried, at, style));
    return tried;
  }

  private void inSandbox(ActPlayer act) throws InterruptedException {
    try (Backends sandbox = backends.forCheck()) {
      ScalingGroup group = rehearsal.group();
      boolean windows = rehearsal.spec().commandType().windows();
      sandbox
          .sandboxControl()
          .stage(group, rehearsal.instances(), windows, GateOrders.around(rehearsal));
      PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
      Session session =
          new Session(
              sandbox,
              new StreamScreen(nowhere, nowhere, () -> 80, false, null),
              sandbox.profiles().named(Profile.SANDBOX),
              group.region(),
              group.id());
      session.move(
          session.context().withMethod(rehearsal.plan().rollout().context().method()), group);
      session.stage(RehearsedApproval.staged(rehearsal.staged()));
      notRun =
          windows
              ? "there is no Windows here to run it on"
              : sandbox.sandboxControl().status().notRun();
      if (!headPrinted) {
        headPrinted = true;
        print(style -> RehearsalView.head(rehearsal, notRun, style));
      }
      act.play(session);
    }
  }

  private void script(Session session) throws InterruptedException {
    begin(Act.SCRIPT);
    RehearsedExecution launch = launch(session, RehearsedExecution.Kind.LAUNCH);
    end(Act.SCRIPT, List.of(launch), notSuccess(launch), "");
    if (acts.contains(Act.ROLLBACK)) {
      begin(Act.ROLLBACK);
      rollback(session, Act.ROLLBACK, List.of(), launch);
    }
  }

  private void twice(Session session) throws InterruptedException {
    begin(Act.TWICE);
    RehearsedExecution first = launch(session, RehearsedExecution.Kind.LAUNCH);
    if (!first.succeeded()) {
      end(Act.TWICE, List.of(first), notSuccess(first), "it failed the first time");
      return;
    }
    RehearsedExecution second = play(session, RehearsedExecution.Kind.AGAIN, planned(session));
    print(style -> RehearsalView.secondRun(first, second, style));
    String wrong =
        second.succeeded() ? "" : "it cannot be repeated: the second time " + notSuccess(second);
    end(Act.TWICE, List.of(first, second), wrong, "");
  }

  private void failure(Session session) throws InterruptedException {
    begin(Act.FAILURE);
    String at = rehearsal.failAt();
    String prints = "(ordered by the rehearsal: the script did not begin here)\n";
    session.backends().sandboxControl().failInstance(at, "fail", 1, prints, 1);
    RehearsedExecution launch = launch(session, RehearsedExecution.Kind.LAUNCH);
    List<String> others = launch.failedAt().stream().filter(i -> !i.equals(at)).toList();
    boolean tolerated = launch.last().toleratesFailures();
    if ((tolerated || !launch.succeeded()) && launch.failedAt().equals(List.of(at))) {
      if (tolerated || !rehearsal.spec().gates().rollsBack()) {
        rollback(session, Act.FAILURE, List.of(launch), launch);
      } else {
        String left = "OOS did not roll back all that it had touched";
        end(Act.FAILURE, List.of(launch), launch.last().rolledBack() ? "" : left, "");
      }
      return;
    }
    String wrong =
        others.isEmpty()
            ? "it did not fail at " + at
            : "it failed on " + String.join(", ", others) + ", where nothing was ordered";
    end(Act.FAILURE, List.of(launch), wrong, "");
  }

  /** The rollback of an execution, as the end of an act. */
  private void rollback(
      Session session, Act act, List<RehearsedExecution> before, RehearsedExecution source)
      throws InterruptedException {
    if (rehearsal.spec().rollbackScript() == null) {
      end(act, before, "", "no rollback script is staged");
      return;
    }
    PlannedStart planned;
    try {
      planned = new RollbackPlanner(session).rollback(source.last().execution().id(), REASON);
    } catch (Problem p) {
      if (p.kind() != Problem.Kind.REFUSED) {
        throw p;
      }
      end(act, before, "there is no rollback", p.why() + remedy());
      return;
    }
    RehearsedExecution rollback = play(session, RehearsedExecution.Kind.ROLLBACK, planned);
    print(style -> RehearsalView.execution(rollback, true, style));
    List<RehearsedExecution> all = new ArrayList<>(before);
    all.add(rollback);
    end(act, all, notSuccess(rollback), "");
  }

  /** What would make a rollback possible, as the plan says it. */
  private String remedy() {
    return rehearsal.plan().warnings().stream()
        .filter(w -> w.code() == Warning.Code.NO_ROLLBACK)
        .map(w -> "; " + w.remedy())
        .findFirst()
        .orElse("");
  }

  private void begin(Act act) {
    playing = act;
    print(style -> RehearsalView.title(rehearsal, act, style));
  }

  private void end(Act act, List<RehearsedExecution> executions, String wrong, String skipped) {
    ActResult result = new ActResult(act, executions, wrong, skipped);
    results.add(result);
    if (!wrong.isEmpty() || !skipped.isEmpty()) {
      print(style -> RehearsalView.result(result, style));
    }
  }

  private RehearsedExecution launch(Session session, RehearsedExecution.Kind kind)
      throws InterruptedException {
    RehearsedExecution launch = play(session, kind, planned(session));
    boolean shows = !outputShown || !launch.succeeded();
    print(style -> RehearsalView.execution(launch, shows, style));
    outputShown |= launch.succeeded();
    return launch;
  }

  private static PlannedStart planned(Session session) {
    return new StartPlanner(session).launch(session.staging(), REASON);
  }

  private RehearsedExecution play(
      Session session, RehearsedExecution.Kind kind, PlannedStart planned)
      throws InterruptedException {
    Backends sandbox = session.backends();
    HomeSnapshot before = sandbox.sandboxControl().homes();
    String id = planned.start(session, "").id();
    Executions executions = session.cloud().executions();
    boolean aborted = false;
    Progress last = watch(session, id);
    while (!last.execution().status().isFinal()) {
      if (last.pausedByFailure()) {
        aborted = true;
        executions.cancel(id);
      } else {
        RehearsedApproval.answer(session, last);
      }
      last = watch(session, id);
    }
    ScalingGroup group = session.readGroup();
    Diagnosis diagnosis = DoctorCommand.doctor(session).examine(session.context(), group);
    Script script = planned.plan().rollout().spec().script();
    return new RehearsedExecution(
        kind,
        last,
        aborted,
        OutputReader.of(session, id).outputs(),
        diagnosis,
        script == null
            ? null
            : Coverage.of(session.cloud(), session.history(), session.context(), group, script),
        before,
        sandbox.sandboxControl().homes(),
        sandbox.pace().instant(),
        planned.plan().rollout().spec().gates());
  }

  private Progress watch(Session session, String id) throws InterruptedException {
    return session
        .watch()
        .watchUntilEnd(
            session.context(),
            id,
            null,
            new ExecutionWatcher.WatchListener() {
              @Override
              public void onChange(Progress progress) {
                paint(progress, session.backends().pace().instant());
              }

              /** It is on this machine: an answer that does not come now never comes. */
              @Override
              public void onServiceUnavailable(Instant since, Problem problem) {
                throw Problem.refused("the sandbox is lost", problem.why(), "rehearse again");
              }

              @Override
              public void onJournalError(Problem problem) {
                throw problem;
              }
            });
  }

  private void paint(Progress progress, Instant now) {
    if (screen.repaints() && !json) {
      Style style = screen.style();
      screen.paint(
          ProgressFrame.lines(
              progress, now, style.width() - 1, screen.rows() - 1, style, LiveOptions.NOTHING));
    }
  }

  private void unpaint() {
    if (screen.repaints() && !json) {
      screen.unpaint();
      screen.paint(List.of());
    }
  }

  private void print(Function<Style, String> text) {
    if (!json) {
      unpaint();
      screen.out().println(text.apply(screen.style()));
      screen.out().flush();
    }
  }

  private String failed() {
    return (results.get(0).wrong().startsWith("a probe") ? "a probe" : "the script") + " failed";
  }

  private static String notSuccess(RehearsedExecution execution) {
    if (execution.succeeded()) {
      return "";
    }
    boolean rollback = execution.kind() == RehearsedExecution.Kind.ROLLBACK;
    String what = rollback ? "the rollback" : "the script";
    List<Progress.InstanceProgress> failed = execution.last().failed();
    if (failed.stream().anyMatch(i -> ProbedScript.failedProbe(i.message()))) {
      return "a probe did not call healthy " + String.join(", ", execution.failedAt());
    }
    return execution.failedAt().isEmpty()
        ? what + " ended as " + execution.last().execution().status()
        : what + " failed on " + String.join(", ", execution.failedAt());
  }
}
