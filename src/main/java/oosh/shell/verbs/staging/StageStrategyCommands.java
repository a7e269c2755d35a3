package oosh.shell.verbs.staging;

import static oosh.view.text.TextSanitizer.sentence;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.UpdateMethod;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.GroupCache;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.view.text.TimeText;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** What is staged that only oosh's own template can do. */
public final class StageStrategyCommands {
  /** {@code 1,5,20%}; a single share is one of even batches. */
  private static final Pattern STEPS = Pattern.compile("[^,]+(,[^,]+)+");

  private static final Pattern SHARE = Pattern.compile("(\\d{1,3})%");

  private StageStrategyCommands() {}

  public static Verb only() {
    return Verb.of("stage only", Verb.HelpSection.STAGE, "the instances to update, by name")
        .example("stage only i-bp1c", "stage only i-bp1c i-bp1d")
        .argument("INSTANCE", (session, before, prefix) -> instances(session, before))
        .several("INSTANCE…", (session, before, prefix) -> instances(session, before))
        .does(
            (session, in) -> {
              RolloutStrategy next = session.staging().strategy().withOnlyInstances(in.arguments());
              return staged(
                  session, in, next, "staged only " + String.join(", ", next.onlyInstances()));
            });
  }

  /** As they were read last: Tab does not ask ESS. */
  private static List<CompletionProposal> instances(Session session, List<String> before) {
    return GroupCache.of(session).members().stream()
        .filter(i -> !before.contains(i.id()))
        .map(i -> WordCompleter.item(i.id(), describe(i)))
        .toList();
  }

  private static String describe(GroupInstance i) {
    return i.lifecycleState() + (i.zone() == null ? "" : ", " + i.zone());
  }

  public static Verb maxErrors() {
    return Verb.of("stage max-errors", Verb.HelpSection.STAGE, "how many instances may fail")
        .example("stage max-errors 2", "stage max-errors 5%", "stage max-errors 0")
        .argument("N|P%", WordCompleter.NOTHING)
        .does(
            (session, in) -> {
              UpdateMethod method = session.context().method();
              if (method.equals(UpdateMethod.UPDATE_CONTAINER)) {
                throw Problem.refused(
                    "cannot stage max-errors for " + method.word(),
                    "its template declares maxErrors but does not read it: the first failure"
                        + " ends it",
                    "launch without it");
              }
              RolloutStrategy next = session.staging().strategy().withMaxErrors(in.need(0));
              return next.maxErrors().isEmpty() || method.takesMaxErrors()
                  ? Answer.staged(session, in, s -> s.withStrategy(next), sentence(next))
                  : staged(session, in, next, sentence(next));
            });
  }

  private static String sentence(RolloutStrategy next) {
    return next.maxErrors().isEmpty()
        ? "staged max-errors 0: the first failure ends it"
        : "staged max-errors " + next.maxErrors() + ": it continues until more have failed";
  }

  private static int staged(
      Session session, CommandInput in, RolloutStrategy next, String sentence) {
    return Answer.staged(session, in, s -> s.withStrategy(next), sentence + hint(session, next));
  }

  /** Whether it is a list of growing batches. */
  static boolean isSteps(String typed) {
    return STEPS.matcher(typed).matches();
  }

  static int steps(Session session, CommandInput in) {
    String typed = in.need(0);
    RolloutStrategy next = session.staging().strategy().withSteps(typed);
    return StagedBatches.stage(
        session,
        in,
        s -> s.withBatches(null).withStrategy(next),
        "batches of " + typed,
        hint(session, next));
  }

  /** {@code 20%} is a share, as {@code --percent 20} is. */
  static BatchSizing even(CommandInput in, String typed) {
    Matcher share = SHARE.matcher(typed);
    return share.matches()
        ? BatchSizing.percent(Integer.parseInt(share.group(1)))
        : BatchSizing.number(in.wholeNumber("stage batch", typed));
  }

  static int pause(Session session, CommandInput in, Duration time) {
    if (time.isZero()) {
      throw Problem.usage("a pause must be longer than 0", "0 was given", "stage pause never");
    }
    RolloutStrategy next = session.staging().strategy().withWaitBetweenBatches(time);
    String means = ": OOS waits that long between batches, then continues automatically";
    return Answer.staged(
        session,
        in,
        s -> s.withPause(null).withStrategy(next),
        "staged pause " + TimeText.span(time) + means + hint(session, next));
  }

  /** What the method that is in use cannot do. */
  private static String hint(Session session, RolloutStrategy strategy) {
    return strategy.isEmpty() ? "" : hint(session);
  }

  /** What becomes of something that only oosh's own template can do. */
  static String hint(Session session) {
    UpdateMethod method = session.context().method();
    return method.usesOoshTemplate()
        ? ""
        : method.equals(UpdateMethod.RUN_SCRIPT)
            ? "; launch uses method " + UpdateMethod.RUN_SCRIPT_OOSH.word() + " for that"
            : "; " + method.word() + " cannot do that";
  }
}
