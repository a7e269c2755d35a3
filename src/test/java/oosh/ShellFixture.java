package oosh;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.Profile;
import oosh.shell.Backends;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.jspecify.annotations.Nullable;

/** A shell with a sandbox of its own, and with a user who answers its questions. */
final class ShellFixture implements AutoCloseable {
  static final String GROUP = "asg-bp1web";

  /** Stages a script, its rollback script and batches of two on a group of six. */
  static final String STAGED =
      "use group asg-bp1web; stage script sessions/scripts/deploy.sh;"
          + " stage rollback sessions/scripts/undo.sh; stage batch --size 2; ";

  final Backends setting;
  private final StringWriter said = new StringWriter();
  private final Deque<Supplier<@Nullable String>> answers = new ArrayDeque<>();
  private final Shell shell;

  ShellFixture() {
    this(CheckBackends.open());
  }

  ShellFixture(Backends setting) {
    this.setting = setting;
    shell = shell(said);
  }

  private Shell shell(StringWriter to) {
    PrintWriter out = new PrintWriter(to, true);
    return new Shell(
        new Session(
            setting,
            new StreamScreen(out, out, () -> 200, false, this::answer),
            setting.profiles().named(Profile.SANDBOX),
            null,
            GROUP));
  }

  private @Nullable String answer(String question) {
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

  /**
   * Runs a line of commands.
   *
   * @return its exit status
   */
  int run(String line) {
    said.getBuffer().setLength(0);
    return new NonInteractiveShell(shell).line(line);
  }

  /** Runs a line in another shell, which has the same sandbox and journal, and must succeed. */
  void elsewhere(String line) {
    StringWriter theirs = new StringWriter();
    int status = new NonInteractiveShell(shell(theirs)).line(line);
    if (status != 0) {
      throw new AssertionError(line + " ended with " + status + ": " + theirs);
    }
  }

  /** What was said since the last {@link #run} began, each run of white space as one space. */
  String words() {
    return said.toString().replaceAll("\\s+", " ");
  }

  Cloud cloud() {
    return setting.profiles().open(setting.profiles().named(Profile.SANDBOX), "cn-hangzhou");
  }

  /** The root executions that OOS lists, newest first. */
  List<Execution> executions() {
    return cloud().executions().recent(null, 50).stream()
        .filter(e -> e.parentId() == null)
        .toList();
  }

  /** The lifecycle states of the instances of {@link #GROUP} by their ids. */
  Map<String, String> states() {
    return cloud().groups().instances(GROUP).stream()
        .collect(Collectors.toMap(GroupInstance::id, GroupInstance::lifecycleState));
  }

  @Override
  public void close() {
    setting.close();
  }
}
