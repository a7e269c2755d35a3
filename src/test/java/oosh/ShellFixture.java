package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import oosh.aliyun.LocalService;
import oosh.rollout.ParallelReads;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.heal.Doctor;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.sandbox.SandboxOptions;
import oosh.sandbox.SomebodyElse;
import oosh.sandboxcontrol.LocalSandboxControl;
import oosh.shell.Backends;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * A shell with a sandbox in step time and a journal of its own, and a user who answers its
 * questions. A test class extends it, or opens one for each shell that it needs.
 */
class ShellFixture implements AutoCloseable {
  static final String GROUP = "asg-bp1web";
  static final Context WEB =
      new Context(Profile.SANDBOX, "cn-hangzhou", GROUP, UpdateMethod.RUN_SCRIPT);

  /** Stages a script, its rollback script and batches of two on a group of six. */
  static final String STAGED =
      "use group asg-bp1web; stage script sessions/scripts/deploy.sh;"
          + " stage rollback sessions/scripts/undo.sh; stage batch --size 2; ";

  /** In step time, without the scripts: each would be a jail of a dozen processes. */
  static final SandboxOptions NO_SCRIPTS =
      new SandboxOptions(0, null, true, null, null, true, true, false);

  final Backends backends;

  /** Results and notes since the last {@link #run} began. */
  final StringWriter said = new StringWriter();

  final StringWriter results = new StringWriter();
  final StringWriter notes = new StringWriter();

  /** The questions that the shell has asked. */
  final List<String> questions = new ArrayList<>();

  private final Deque<Supplier<@Nullable String>> answers = new ArrayDeque<>();
  private final Shell shell;
  private String awaited = "";
  private Runnable onceShown = () -> {};

  ShellFixture() {
    this(backends());
  }

  ShellFixture(Backends backends) {
    this.backends = backends;
    shell =
        new Shell(
            new Session(
                backends,
                new StreamScreen(
                    new PrintWriter(new Printed(results), true),
                    new PrintWriter(new Printed(notes), true),
                    () -> 200,
                    false,
                    this::answer),
                backends.profiles().named(Profile.SANDBOX),
                null,
                null));
  }

  static CheckBackends backends() {
    return CheckBackends.open(ParallelReads.IN_TURN, NO_SCRIPTS);
  }

  private @Nullable String answer(String question) {
    questions.add(question.replaceAll("\\s+", " "));
    said.append(question).append('\n');
    Supplier<@Nullable String> next = answers.poll();
    return next == null ? "" : next.get();
  }

  /**
   * What the user answers to the next question that has no answer yet.
   *
   * @param answer null for the end of the input
   */
  ShellFixture answers(@Nullable String answer) {
    return answers(() -> {}, answer);
  }

  /**
   * The same, after something has happened while the question stood.
   *
   * @param meanwhile what happens
   */
  ShellFixture answers(Runnable meanwhile, @Nullable String answer) {
    answers.add(
        () -> {
          meanwhile.run();
          return answer;
        });
    return this;
  }

  /** Does something as soon as the screen shows a text, the first time. */
  void whenShown(String text, Runnable action) {
    awaited = text;
    onceShown = action;
  }

  /**
   * Runs a line of commands, up to the first that fails.
   *
   * @return its exit status
   */
  int run(String line) {
    said.getBuffer().setLength(0);
    results.getBuffer().setLength(0);
    notes.getBuffer().setLength(0);
    return new NonInteractiveShell(shell).line(line);
  }

  /**
   * Runs each command, also after one that failed.
   *
   * @return the exit status of the last one; the screen has what that one says
   */
  int runEach(String commands) {
    int status = 0;
    for (String command : commands.split("; *", -1)) {
      status = run(command);
    }
    return status;
  }

  /** Runs a line in another shell, which has the same sandbox and journal, and must succeed. */
  void elsewhere(String line) {
    ShellFixture other = new ShellFixture(backends);
    assertThat(other.run(line)).as(line + other.said).isZero();
  }

  /** What was said since the last {@link #run} began, each run of white space as one space. */
  String oneLine() {
    return said.toString().replaceAll("\\s+", " ");
  }

  void pause(int seconds) {
    try {
      backends.pace().pause(Duration.ofSeconds(seconds));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Session session() {
    return shell.session();
  }

  Cloud cloud() {
    return backends.profiles().open(backends.profiles().named(Profile.SANDBOX), "cn-hangzhou");
  }

  /** The root executions that OOS lists, newest first. */
  List<Execution> executions() {
    return cloud().executions().recent(null, 50).stream()
        .filter(e -> e.parentId() == null)
        .toList();
  }

  ScalingGroup group() {
    return cloud().groups().find(GROUP).orElseThrow();
  }

  List<GroupInstance> instances() {
    return cloud().groups().instances(GROUP);
  }

  /** The lifecycle states of the instances of {@link #GROUP} by their ids. */
  Map<String, String> states() {
    return instances().stream()
        .collect(Collectors.toMap(GroupInstance::id, GroupInstance::lifecycleState));
  }

  /** The newest starts of the journal. */
  List<JournalEntry> history() {
    return backends
        .journal()
        .history()
        .list(new History.Query(Profile.SANDBOX, "cn-hangzhou", null, null, null, 10));
  }

  Diagnosis examine() {
    return new Doctor(cloud(), backends.journal().history(), backends.pace(), backends.author())
        .examine(WEB, group());
  }

  /** Another program aborts an execution. */
  void abortElsewhere(String id) {
    LocalService at = at();
    SomebodyElse.aborts(at.address(), at.keyId(), at.secret(), id);
  }

  /** Another program deletes an execution: OOS no longer knows it. */
  void forget(String id) {
    LocalService at = at();
    SomebodyElse.deletes(at.address(), at.keyId(), at.secret(), id);
  }

  LocalService at() {
    return ((LocalSandboxControl) backends.sandboxControl()).running().service();
  }

  static Script script(String name) {
    try {
      return Script.of(name, Files.readAllBytes(Path.of("sessions/scripts", name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  @AfterEach
  public void close() {
    backends.close();
  }

  private final class Printed extends Writer {
    private final StringWriter stream;

    Printed(StringWriter stream) {
      this.stream = stream;
    }

    @Override
    public void write(char[] text, int from, int length) {
      said.write(text, from, length);
      stream.write(text, from, length);
    }

    @Override
    public void flush() {
      if (!awaited.isEmpty() && said.getBuffer().indexOf(awaited) >= 0) {
        awaited = "";
        onceShown.run();
      }
    }

    @Override
    public void close() {}
  }
}
