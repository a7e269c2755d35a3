package oosh.shell.verbs.staging;

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
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.view.SessionStatusView;
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
              stage(session, session.staging().strategy().withOnlyInstances(in.arguments()));
              return Answer.standing(
                  session,
                  in,
                  "staged only "
                      + String.join(", ", session.staging().strategy().onlyInstances())
                      + hint(session));
            });
  }

  /** As they were read last: Tab does not ask ESS. */
  private static List<CompletionProposal> instances(Session session, List<String> before) {
    return session.members().stream()
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
                    "its template declares maxErrors and never reads it: the first failure ends it",
                    "launch without it");
              }
              RolloutStrategy next = session.staging().strategy().withMaxErrors(in.need(0));
              stage(session, next);
              return Answer.standing(
                  session,
                  in,
                  next.maxErrors().isEmpty()
                      ? "staged max-errors 0: the first failure ends it"
                      : "staged max-errors "
                          + next.maxErrors()
                          + ": it goes on until more have failed"
                          + (method.takesMaxErrors() ? "" : hint(session)));
            });
  }

  /** Whether it is a list of growing batches. */
  static boolean isSteps(String typed) {
    return STEPS.matcher(typed).matches();
  }

  static int steps(Session session, CommandInput in, String typed) {
    RolloutStrategy next = session.staging().strategy().withSteps(typed);
    session.stage(session.staging().withBatches(null).withStrategy(next));
    String sentence =
        StagedBatches.of(session, session.staging())
            .map(p -> SessionStatusView.batches(p, session.context().method()))
            .orElse("batches of " + typed + "; a group will say how many serve on");
    return Answer.standing(session, in, sentence + hint(session));
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
      throw Problem.usage("a pause of no time is none", "0 was given", "stage pause never");
    }
    stage(session, session.staging().strategy().withWaitBetweenBatches(time));
    session.stage(session.staging().withPause(null));
    return Answer.standing(
        session,
        in,
        "staged pause "
            + TimeText.span(time)
            + ": OOS waits that long between batches, and goes on by itself"
            + hint(session));
  }

  private static void stage(Session session, RolloutStrategy tuning) {
    session.stage(session.staging().withStrategy(tuning));
  }

  /** What the method that is in use cannot do. */
  static String hint(Session session) {
    return session.context().method().usesOoshTemplate() || session.staging().strategy().isEmpty()
        ? ""
        : session.context().method().payload().isPresent()
            ? "; " + session.context().method().word() + " cannot do that"
            : "; that takes use method " + UpdateMethod.RUN_SCRIPT_OOSH.word();
  }
}
