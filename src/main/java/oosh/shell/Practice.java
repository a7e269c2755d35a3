package oosh.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Author;
import oosh.rollout.Context;
import oosh.rollout.Executions;
import oosh.rollout.GroupInstance;
import oosh.rollout.Intent;
import oosh.rollout.Plan;
import oosh.rollout.Preflight;
import oosh.rollout.Problem;
import oosh.rollout.Rollouts;
import oosh.rollout.ScalingGroup;
import oosh.rollout.ScalingProcess;
import oosh.rollout.Script;
import oosh.rollout.Snapshot;
import oosh.rollout.Staging;
import oosh.rollout.UpdateMethod;
import oosh.view.PlanView;

/**
 * The way of a launch, gone behind the prompt with made-up values while a person still stages, and
 * what Tab asks the journal: the JVM loads and links what it needs for it, which takes longer than
 * the thing itself. Nothing of it is sent, kept or shown.
 */
final class Practice {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** Often enough for the JVM to compile what is slow when it is interpreted. */
  private static final int ROUNDS = 30;

  /** Each costs memory too. */
  private static final int TABS = 6;

  private final Session session;
  private final AtomicBoolean going = new AtomicBoolean();
  private volatile boolean resting;
  private final AtomicInteger rounds = new AtomicInteger();

  Practice(Session session) {
    this.session = session;
  }

  /** What Tab offers after {@code rollback}; never the same twice, or H2 has the answer still. */
  void tab(ShellCompleter completer) {
    List<String> before = List.of("rollback");
    try {
      for (int digit = 0; digit < TABS && !resting && session.screen().repaints(); digit++) {
        completer.propose(before, "exec-" + Integer.toHexString(digit));
      }
    } catch (Problem odd) {
      // Tab meets the same, and offers nothing.
      LOG.log(Level.INFO, "not practised: {0}", odd.what());
    }
  }

  /** Goes on with it behind the prompt, unless it has been done often enough. */
  void goOn() {
    resting = false;
    if (rounds.get() >= ROUNDS
        || !session.screen().repaints()
        || !going.compareAndSet(false, true)) {
      return;
    }
    Thread thread =
        new Thread(
            () -> {
              try {
                launch();
              } catch (RuntimeException odd) {
                // The launch itself meets the same, and says it.
                LOG.log(Level.INFO, "not practised: {0}", odd.getClass().getSimpleName());
                rounds.set(ROUNDS);
              } finally {
                going.set(false);
              }
            },
            "practice");
    thread.setDaemon(true);
    thread.start();
  }

  /** Makes room for a command. */
  void rest() {
    resting = true;
  }

  private void launch() {
    // No two shells hold each other up over it.
    Author author = session.setting().author();
    String own = "practice-" + author.pid();
    Instant now = session.setting().pace().instant();
    Context context = session.context().withGroup(own).withMethod(UpdateMethod.RUN_SCRIPT);
    Executions executions =
        session
            .setting()
            .profiles()
            .open(session.setting().profiles().named(context.profile()), context.region())
            .executions();
    Script script = Script.ofText("practice.sh", "#!/bin/sh\nset -e\ntrue\n");
    Staging staging = Staging.EMPTY.withScript(script, null).withRollbackScript(script);
    ScalingGroup group =
        new ScalingGroup(
            own,
            own,
            context.region(),
            "Active",
            4,
            0,
            1,
            0,
            0,
            9,
            EnumSet.of(ScalingProcess.SCALE_IN));
    List<GroupInstance> instances = new ArrayList<>();
    for (String zone : List.of("a", "b", "a", "b")) {
      instances.add(
          new GroupInstance(
              "i-practice" + instances.size(), "InService", "Healthy", zone, "10.0.0.1"));
    }
    while (!resting && rounds.getAndIncrement() < ROUNDS) {
      Plan plan =
          Plan.launch(context, staging, group, instances, Optional.empty(), "practice")
              .with(Preflight.ofRights("", List.of()));
      String shown = PlanView.text(plan, session.screen().style()) + PlanView.question(plan, false);
      Intent intent =
          new Intent(
              own + "-" + shown.length(),
              plan.rollout(),
              author,
              now,
              now,
              Snapshot.of(now, group, instances),
              "");
      Words.split("launch -y -m practice");
      Rollouts.randomToken();
      if (!resting) {
        session.journal().unanswered(context);
        session.journal().practise(intent);
      }
      if (!resting) {
        executions.practise(intent.start());
      }
    }
  }
}
