package oosh.shell.verbs.staging;

import static oosh.view.text.TextSanitizer.sentence;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.TargetFilter;
import oosh.rollout.update.UpdateMethod;
import oosh.shell.CommandInput;
import oosh.shell.GroupCache;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.oneline.StagedChange;
import oosh.view.text.DescriptionList;
import oosh.view.text.TimeText;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** What is staged that only oosh's own template can do. */
public final class StageStrategyCommands {
  /** {@code 1,5,20%}; a single share is one of even batches. */
  private static final Pattern STEPS = Pattern.compile("[^,]+(,[^,]+)+");

  private static final Pattern SHARE = Pattern.compile("(\\d{1,3})%");

  private StageStrategyCommands() {}

  public static Verb only() {
    return Verb.of("stage only", Verb.HelpSection.STAGE, "the instances to update")
        .example(
            "stage only i-bp1c",
            "stage only i-bp1c i-bp1d",
            "stage only --zone cn-hangzhou-h --oldest 2",
            "stage only 'i-bp1*' --tag env=canary")
        .several("INSTANCE|PATTERN…", (session, before, prefix) -> instances(session, before))
        .flag("zone", "ZONE,…", "those in one of these zones")
        .values("zone", WordCompleter.listOf(StageStrategyCommands::zones))
        .flag("tag", "KEY=VALUE,…", "those with all of these ECS tags")
        .values("tag", WordCompleter.listOf(StageStrategyCommands::tags))
        .flag("oldest", "N", "of them the N that joined the group first")
        .flag("newest", "N", "of them the N that joined the group last")
        .stages(
            (session, in) -> {
              TargetFilter filter = filter(in);
              RolloutStrategy next = session.staging().strategy().withOnly(filter);
              return staged(session, next, "staged only " + filter.words());
            });
  }

  private static TargetFilter filter(CommandInput in) {
    int oldest = some(in, "oldest");
    int newest = some(in, "newest");
    TargetFilter filter =
        TargetFilter.named(in.arguments())
            .withZones(list(in, "zone"))
            .withTags(list(in, "tag"))
            .withOldest(oldest)
            .withNewest(newest);
    if (filter.isEmpty()) {
      throw Problem.usage(
          "stage only names no instances",
          "it takes ids, patterns, or one of --zone, --tag, --oldest, --newest",
          "stage only INSTANCE, or stage only --oldest 2");
    }
    if (oldest > 0 && newest > 0) {
      throw Problem.usage(
          "stage only cannot take --oldest and --newest together",
          "each leaves some out of those that the other takes",
          in.without("newest").line());
    }
    return filter;
  }

  private static int some(CommandInput in, String flag) {
    int n = in.number(flag).orElse(0);
    if (in.has(flag) && (n < 1 || n > 1000)) {
      throw Problem.usage(
          "cannot take the " + in.option(flag) + " " + flag,
          "it is a number of instances, 1 to 1000",
          in.line(flag, "2"));
    }
    return n;
  }

  private static List<String> list(CommandInput in, String flag) {
    String typed = in.option(flag, "");
    List<String> words = Arrays.stream(typed.split(",")).filter(w -> !w.isEmpty()).toList();
    if (in.has(flag) && words.isEmpty()) {
      throw Problem.usage(
          "--" + flag + " has no value", "nothing was given", in.without(flag).line());
    }
    return words;
  }

  private static List<String> zones(Session session) {
    return GroupCache.of(session).members().stream()
        .flatMap(i -> Stream.ofNullable(i.zone()))
        .distinct()
        .sorted()
        .toList();
  }

  private static List<String> tags(Session session) {
    return GroupCache.of(session).members().stream()
        .flatMap(i -> i.tags().entrySet().stream())
        .map(t -> t.getKey() + "=" + t.getValue())
        .distinct()
        .sorted()
        .toList();
  }

  public static Verb first() {
    return Verb.of("stage first", Verb.HelpSection.STAGE, "canaries: a batch of their own, first")
        .example("stage first 1", "stage first i-bp1c")
        .argument("N|INSTANCE", (session, before, prefix) -> instances(session, before))
        .several("INSTANCE…", (session, before, prefix) -> instances(session, before))
        .stages(
            (session, in) -> {
              RolloutStrategy next = session.staging().strategy().withFirst(in.arguments());
              String who =
                  next.namedCanaries().isEmpty()
                      ? DescriptionList.count(next.canaries(), "healthy instance")
                      : String.join(", ", next.first());
              return staged(
                  session, next, "staged first " + who + ", in a batch before all others");
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
        .stages(
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
                  ? StagedChange.of(s -> s.withStrategy(next), () -> sentence(next))
                  : staged(session, next, sentence(next));
            });
  }

  private static String sentence(RolloutStrategy next) {
    return next.maxErrors().isEmpty()
        ? "staged max-errors 0: the first failure ends it"
        : "staged max-errors " + next.maxErrors() + ": it continues until more have failed";
  }

  private static StagedChange staged(Session session, RolloutStrategy next, String sentence) {
    return StagedChange.of(s -> s.withStrategy(next), () -> sentence + hint(session, next));
  }

  /** Whether it is a list of growing batches. */
  static boolean isSteps(String typed) {
    return STEPS.matcher(typed).matches();
  }

  static StagedChange steps(Session session, CommandInput in) {
    String typed = in.need(0);
    RolloutStrategy next = session.staging().strategy().withSteps(typed);
    return StagedBatches.change(
        session,
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

  static StagedChange pause(Session session, Duration time) {
    if (time.isZero()) {
      throw Problem.usage("a pause must be longer than 0", "0 was given", "stage pause never");
    }
    RolloutStrategy next = session.staging().strategy().withWaitBetweenBatches(time);
    String means = ": OOS waits that long between batches, then continues automatically";
    return StagedChange.of(
        s -> s.withPause(null).withStrategy(next),
        () -> "staged pause " + TimeText.span(time) + means + hint(session, next));
  }

  /** What the method that is in use cannot do. */
  private static String hint(Session session, RolloutStrategy strategy) {
    return strategy.isEmpty() ? "" : hint(session);
  }

  /**
   * What becomes of something that only oosh's own template can do; "" where something is staged
   * already that only it can do.
   */
  static String hint(Session session) {
    UpdateMethod method = session.context().method();
    return session.staging().contextOf(session.context()).method().usesOoshTemplate()
        ? ""
        : method.equals(UpdateMethod.RUN_SCRIPT)
            ? "; launch uses method " + UpdateMethod.RUN_SCRIPT_OOSH.word() + " for that"
            : "; " + method.word() + " cannot do that";
  }
}
