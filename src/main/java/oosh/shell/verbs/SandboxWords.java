package oosh.shell.verbs;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.ScalingGroup;
import oosh.shell.GroupCache;
import oosh.shell.WordCompleter;
import oosh.shell.complete.ExecutionCompleter;
import oosh.view.GroupView;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** What Tab offers behind the verbs of the sandbox. */
final class SandboxWords {
  /** The calls that oosh makes of a rollout; an order may name each other call of the sandbox. */
  private static final String[] CALLS = {
    "StartExecution",
    "ListExecutions",
    "ListTaskExecutions",
    "ListExecutionLogs",
    "NotifyExecution",
    "CancelExecution",
    "DescribeScalingGroups",
    "DescribeInstances",
    "DescribeInvocations",
    "GetTemplate",
    "ListTemplates",
    "every"
  };

  /** The chosen group's instances. */
  private static final WordCompleter INSTANCES =
      WordCompleter.each(
          session -> GroupCache.of(session).members(), GroupInstance::id, i -> "an instance");

  /** The groups, while the sandbox is in use. */
  static final WordCompleter GROUPS =
      (session, before, prefix) ->
          session.context().profile().equals(Profile.SANDBOX)
              ? WordCompleter.each(
                      s -> GroupCache.of(s).groups(), ScalingGroup::id, GroupView::candidate)
                  .propose(session, before, prefix)
              : List.of();

  /** What {@code sandbox fail} takes. */
  static final WordCompleter FAILS = of(INSTANCES, WordCompleter.words(CALLS));

  /** What {@code sandbox set} takes. */
  static final WordCompleter SETS =
      of(INSTANCES, GROUPS, WordCompleter.words("alarm"), ExecutionCompleter.ALL);

  private SandboxWords() {}

  private static WordCompleter of(WordCompleter... all) {
    return (session, before, prefix) -> {
      Stream<CompletionProposal> offered =
          Arrays.stream(all).flatMap(c -> c.propose(session, before, prefix).stream());
      return offered.toList();
    };
  }
}
