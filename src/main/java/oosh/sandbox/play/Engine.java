package oosh.sandbox.play;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import oosh.sandbox.api.ApiActions;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.Defects;
import oosh.sandbox.api.StateAccess;
import oosh.sandbox.ecs.CloudAssistant;
import oosh.sandbox.ecs.InstanceServices;
import oosh.sandbox.ess.Fleet;
import oosh.sandbox.jail.Jail;
import oosh.sandbox.jail.JailBounds;
import oosh.sandbox.jail.JailResult;
import oosh.sandbox.jail.ServiceStart;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.IdGenerator;
import oosh.sandbox.state.Invocation;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.StagedWorld;
import oosh.sandbox.state.StateFile;
import oosh.sandbox.state.TaskDurations;
import oosh.sandbox.template.TemplateStore;
import org.jspecify.annotations.Nullable;

/**
 * Holds the state, its lock and the clock. Whatever is due is run in time order; by a thread in
 * real time, inside {@link #advance} in step time.
 */
public final class Engine implements StateAccess, AutoCloseable {
  /** The least time between two saves that no caller waits for. */
  private static final long SAVE_MILLIS = 250;

  /** Saves that no caller waits for take at most this fraction of the time. */
  private static final long SAVE_SHARE = 20;

  public final SandboxState state;
  public final Fleet fleet;

  /** The actions that callers and templates call; the products are added by the wiring. */
  public final ApiActions apis;

  public final ExecutionLifecycle lifecycle;
  public final CloudAssistant assistant;
  public final InstanceServices services;
  public final TemplateStore templates;
  private final PublicTemplateRunner publicTemplates;
  private final CustomTemplateRunner customTemplates;
  public final Jail jail;
  private final InstanceActionRunner instanceActions;
  private final boolean stepTime;
  private final InstantSource wall;
  private final @Nullable StateFile file;
  private final ExecutorService scripts;
  private boolean dirty;
  private boolean closed;
  private long savedAt;
  private long saveMillis;

  /** Why the state on disk is older than the state; "" if it is not. */
  private String unsaved = "";

  public Engine(
      SandboxState state,
      boolean stepTime,
      TaskDurations pace,
      InstantSource wall,
      @Nullable StateFile file,
      Jail jail) {
    this.state = state;
    this.stepTime = stepTime;
    this.wall = wall;
    this.file = file;
    this.jail = jail;
    this.fleet = new Fleet(state);
    this.apis = new ApiActions(this);
    this.templates = new TemplateStore(state, apis);
    IdGenerator ids = new IdGenerator(state, stepTime);
    this.lifecycle = new ExecutionLifecycle(state, fleet, ids, pace, apis);
    this.assistant = new CloudAssistant(state, ids, pace, this::runScript);
    this.services = new InstanceServices(state, jail, clock());
    this.publicTemplates = new PublicTemplateRunner(lifecycle, new GroupSettingTasks(fleet));
    this.customTemplates = new CustomTemplateRunner(lifecycle);
    this.instanceActions = new InstanceActionRunner(lifecycle, assistant, templates, jail);
    this.scripts = Executors.newFixedThreadPool(JailBounds.SCRIPTS, daemons("oosh-sandbox-script"));
  }

  /** Makes threads that do not keep the process alive. */
  public static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Fills a new state, takes up what was running, and in real time starts the thread.
   *
   * @param died called when that thread ends by an error
   * @throws UncheckedIOException if the state cannot be saved
   */
  public synchronized void start(Runnable died) {
    if (state.groups.isEmpty()) {
      fleet.seed(now(), 0);
    }
    assistant.runAgain(now());
    savedAt = wall.millis();
    save();
    if (!unsaved.isEmpty()) {
      throw new UncheckedIOException(new IOException(unsaved));
    }
    if (!stepTime) {
      Thread clock = daemons("oosh-sandbox-clock").newThread(this::runClock);
      clock.setUncaughtExceptionHandler(
          (thread, error) -> {
            System.err.println("oosh sandbox: its clock stands still: " + Defects.where(error));
            died.run();
          });
      clock.start();
    }
  }

  /** Why the state on disk is older than the state; "" if it is not. */
  public synchronized String unsaved() {
    return unsaved;
  }

  public boolean stepTime() {
    return stepTime;
  }

  /** The sandbox's time. */
  public InstantSource clock() {
    return () -> Instant.ofEpochMilli(now());
  }

  public synchronized long now() {
    return stepTime ? state.stepClock : wall.millis();
  }

  @Override
  public synchronized <T> T read(Supplier<T> question) {
    settle();
    return question.get();
  }

  @Override
  public synchronized <T> T change(Supplier<T> change) {
    T changed;
    settle();
    try {
      changed = change.get();
    } finally {
      state.evictOldest();
      save();
      notifyAll();
    }
    if (!unsaved.isEmpty()) {
      throw ApiException.of(
          "InternalError", "The sandbox did it and cannot save its state: " + unsaved);
    }
    return changed;
  }

  /** Lets step time pass. */
  public synchronized void advance(long millis) {
    if (!stepTime) {
      throw new IllegalStateException("not in step time");
    }
    runUntil(Math.addExact(state.stepClock, millis));
    save();
  }

  public synchronized long running() {
    return state.executions.values().stream()
        .filter(e -> !e.child() && !e.ended() && (!e.waiting() || file == null))
        .count();
  }

  /** Back to the seeded fleet: no executions, no faults, nothing remembered. */
  public synchronized void reset() {
    long since = stepTime ? 0 : youngest();
    Stream.of(state.groups, state.members, state.executions, state.commands, state.scripts)
        .forEach(Map::clear);
    Stream.of(state.tokens, state.lacking, state.counters, state.alarms).forEach(Map::clear);
    state.staged = null;
    state.faults.clear();
    state.templates.clear();
    state.stepClock = SandboxState.STEP_TIME_START;
    jail.forgetAll();
    fleet.seed(now(), since);
    save();
  }

  /** When the youngest execution or instance was created. */
  private long youngest() {
    return LongStream.concat(
            state.executions.values().stream().mapToLong(e -> e.createdAt),
            state.members.values().stream().mapToLong(m -> m.createdAt))
        .max()
        .orElse(0);
  }

  private void runUntil(long target) {
    for (EmulatedExecution due = due(target); due != null; due = due(target)) {
      if (stepTime) {
        state.stepClock = Math.max(state.stepClock, due.dueAt());
      }
      settle();
      run(due, now());
      dirty = true;
    }
    if (stepTime) {
      state.stepClock = target;
    }
    settle();
  }

  /** Does what was ordered for a time that has come: before the next answer or task. */
  private void settle() {
    dirty |= fleet.settle(now());
  }

  /** What runs the template of that root execution. */
  public TemplateRunner runner(EmulatedExecution root) {
    return root.content.isEmpty() ? publicTemplates : customTemplates;
  }

  /** Runs what is due. A defect ends the execution that it is met in, and no other. */
  private void run(EmulatedExecution due, long now) {
    try {
      step(due, now);
    } catch (RuntimeException broken) {
      String why = "The sandbox failed: " + Defects.where(broken);
      System.err.println("oosh sandbox: " + due.id + ": " + why);
      for (EmulatedExecution e = due; e != null; e = state.parentOf(e)) {
        if (!e.ended()) {
          lifecycle.finish(e, "Failed", why, now);
        }
      }
    }
  }

  private void step(EmulatedExecution due, long now) {
    if (!due.child()) {
      runner(due).step(due, now);
      return;
    }
    instanceActions.step(due, now);
    EmulatedExecution ended = due;
    while (ended.ended()) {
      EmulatedExecution parent = state.parentOf(ended);
      if (parent == null) {
        return;
      }
      if (!parent.child()) {
        runner(parent).childEnded(parent, ended, now);
        return;
      }
      instanceActions.childEnded(parent, ended, now);
      ended = parent;
    }
  }

  /** The execution that is due first; null when none is by then. */
  private @Nullable EmulatedExecution due(long target) {
    EmulatedExecution first = state.firstDue();
    return first == null || first.dueAt() > target ? null : first;
  }

  private synchronized void runClock() {
    while (!closed) {
      long now = now();
      runUntil(now);
      long between = Math.max(SAVE_MILLIS, SAVE_SHARE * saveMillis);
      if (dirty && now - savedAt >= between) {
        save();
      }
      EmulatedExecution next = state.firstDue();
      long pause = dirty ? Math.max(1, savedAt + between - now()) : 60_000;
      if (next != null) {
        pause = Math.min(pause, Math.max(1, next.dueAt() - now()));
      }
      try {
        wait(pause);
      } catch (InterruptedException stop) {
        return;
      }
    }
  }

  /** If that fails, the sandbox continues and saves later, by the clock's thread. */
  private void save() {
    dirty = false;
    if (file != null && !closed) {
      long began = System.nanoTime();
      try {
        file.save(state);
        unsaved = "";
      } catch (UncheckedIOException full) {
        dirty = true;
        boolean told = !unsaved.isEmpty();
        unsaved = full.getCause() == null ? "no reason" : "" + full.getCause().getMessage();
        if (!told) {
          System.err.println("oosh sandbox: its state is not saved: " + unsaved);
        }
      }
      saveMillis = (System.nanoTime() - began) / 1_000_000;
    }
    savedAt = wall.millis();
  }

  private void runScript(Invocation run, String instanceId, String script, long now) {
    long limit = run.timeoutSeconds * 1000L;
    EmulatedInstance there = state.members.get(instanceId);
    if (there != null) {
      services.settle(there);
    }
    if (stepTime) {
      JailResult result = run(run, instanceId, script, limit);
      long took = result.timedOut() ? limit : lifecycle.pace.run();
      assistant.finished(run, instanceId, result, now + took);
      return;
    }
    try {
      scripts.execute(
          () -> {
            JailResult result = run(run, instanceId, script, limit);
            scriptEnded(run, instanceId, result);
          });
    } catch (RejectedExecutionException closing) {
      dirty = true;
    }
  }

  /** Runs a script; what keeps it from being run is its output, or the command would never end. */
  private JailResult run(Invocation run, String instanceId, String script, long limit) {
    try {
      StagedWorld staged = state.staged;
      ServiceStart service =
          new ServiceStart(staged == null ? Map.of() : staged.ports(), run.on(instanceId).held);
      return jail.run(instanceId, run.type, script, run.workingDir, limit, service);
    } catch (RuntimeException broken) {
      return new JailResult(
          1, "the sandbox could not run it: " + Defects.where(broken) + "\n", 0, false);
    }
  }

  private synchronized void scriptEnded(Invocation run, String instanceId, JailResult result) {
    if (closed) {
      return;
    }
    long at = Math.max(now(), run.createdAt + lifecycle.pace.run());
    assistant.finished(run, instanceId, result, at);
    // A command that belongs to an execution is named after it.
    EmulatedExecution waiting = state.executions.get(run.name);
    if (waiting != null && !waiting.ended() && run.invokeId.equals(waiting.found.get("invokeId"))) {
      waiting.due(at);
    }
    dirty = true;
    notifyAll();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      save();
      closed = true;
      notifyAll();
    }
    List<Runnable> neverRun = scripts.shutdownNow();
    neverRun.clear();
  }
}
