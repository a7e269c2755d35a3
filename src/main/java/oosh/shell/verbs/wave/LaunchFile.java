package oosh.shell.verbs.wave;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.plan.WavePlan;
import oosh.rollout.wave.GroupOfWave;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.WaveRollout;
import oosh.rollout.wave.WaveStatus;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.screen.Screen;
import oosh.shell.verbs.planning.HoldCheck;
import oosh.shell.verbs.planning.ThroughFreeze;
import oosh.shell.verbs.rollout.WatchSession;
import oosh.shell.verbs.staging.StageVerbs;
import oosh.view.text.DescriptionList;
import oosh.view.wave.WavePlanJson;
import oosh.view.wave.WavePlanView;

/** {@code plan FILE} and {@code launch FILE}: a rollout over many groups. */
public final class LaunchFile {
  /** The options of launch that say what only one group can be told. */
  private static final List<String> OF_ONE =
      List.of(
          "plan", "newcomers", "skip-matching", "notify-from-oos", "wait-lock", "alone", "again");

  /** What help says of FILE. */
  public static final String SAYS =
      "a rollout file (YAML), for many groups and regions in waves: docs/waves.md, sessions/release.yaml;"
          + " it says what is launched, and where";

  private LaunchFile() {}

  /** {@code plan FILE}: what launch FILE would do. */
  public static int plan(Session session, CommandInput in) throws InterruptedException {
    requireNothingElse(session, in, List.of("save", "need", "skip-matching", Answer.DETAILED));
    RolloutFile file = RolloutFileReader.read(session, in.need(0));
    WavePlan plan = new WavePlanner(session, file, "").plan("");
    Answer.print(
        session,
        in,
        () -> WavePlanJson.of(plan, session.now()),
        style -> WavePlanView.text(plan, session.now(), style));
    plan.firstProblem()
        .ifPresent(
            p -> {
              throw p;
            });
    return 0;
  }

  /** {@code launch FILE}: plan, ask, write it down, lead it. */
  public static int launch(Session session, CommandInput in) throws InterruptedException {
    if (in.has("detach")) {
      throw Problem.usage(
          "launch cannot take a rollout file and --detach together",
          "without a shell that leads it no next wave starts",
          in.without("detach").line());
    }
    requireNothingElse(session, in, OF_ONE);
    Duration timeout = WatchSession.timeout(in);
    RolloutFile file = RolloutFileReader.read(session, in.need(0));
    String reason = in.option("message", "");
    WavePlanner planner = new WavePlanner(session, file, ThroughFreeze.reason(in));
    WavePlan plan = planner.plan(reason);
    if (in.has("dry-run")) {
      Answer.print(
          session,
          in,
          () -> WavePlanJson.of(plan, session.now()),
          style -> WavePlanView.text(plan, session.now(), style));
      requireStartable(plan, in);
      return 0;
    }
    WavePlan confirmed = confirmed(session, planner, plan, reason, in);
    WaveRollout rollout =
        new WaveRollout(
            WaveRollout.newId(session.backends().tokens().get()),
            session.context().profile(),
            file.name(),
            KeptRolloutFile.text(session, file),
            reason,
            ThroughFreeze.reason(in),
            HoldCheck.self(session),
            session.now(),
            in.has("rollback-on-failure"),
            confirmed.groups().stream().map(WavePlan.OfGroup::group).toList());
    session.journal().waves().intend(rollout);
    session.say("began " + rollout.id());
    WaveStatus status = session.journal().waves().find(rollout.id()).orElseThrow();
    try (Lead lead = new Lead(session, rollout.id(), 1)) {
      return new WaveRun(session, file, status, lead, in).until(timeout).lead();
    }
  }

  /** What the options of one launch would say, the file says. */
  private static void requireNothingElse(Session session, CommandInput in, List<String> ofOne) {
    Stream.concat(StageVerbs.OPTIONS.stream().map(Verb::option), ofOne.stream())
        .filter(in::has)
        .findFirst()
        .ifPresent(
            other -> {
              throw Problem.usage(
                  in.line().split(" ", 2)[0]
                      + " cannot take a rollout file and --"
                      + other
                      + " together",
                  "the file says what is launched, and where",
                  in.without(other).line());
            });
    if (session.staging().count() > 0 && !in.line().startsWith("plan")) {
      throw Problem.usage(
          "a rollout file takes nothing that is staged",
          "the file says what is launched, and where",
          "unstage --all, then " + in.line());
    }
  }

  /** The plan as it was confirmed: of severe groups by their ids. */
  private static WavePlan confirmed(
      Session session, WavePlanner planner, WavePlan first, String reason, CommandInput in) {
    WavePlan plan = first;
    Set<String> named = Set.copyOf(in.values("confirm"));
    while (true) {
      WavePlan shown = plan;
      if (!in.json() || !in.has("yes")) {
        session.say(WavePlanView.text(shown, session.now(), session.style()));
      }
      requireStartable(shown, in);
      requireKnown(shown, named, in);
      List<String> severe =
          shown.severe().stream()
              .map(g -> g.group().group())
              .filter(g -> !named.contains(g))
              .toList();
      if (in.has("yes") && !severe.isEmpty()) {
        throw Problem.refused(
            "nothing was started",
            "the plan of "
                + DescriptionList.count(severe.size(), "group")
                + " is severe, and -y alone does not confirm it",
            in.line() + severe.stream().map(g -> " --confirm " + g).collect(Collectors.joining()));
      }
      if (in.has("yes")) {
        return withConfirmed(shown, named);
      }
      ask(session, shown, severe, in);
      plan = planner.plan(reason);
      if (WavePlanView.text(plan, session.now(), session.style())
          .equals(WavePlanView.text(shown, session.now(), session.style()))) {
        return withConfirmed(plan, severe(plan));
      }
      session.say("the plan has changed since the question; it is now:");
      session.screen().dropTypedAhead();
    }
  }

  private static Set<String> severe(WavePlan plan) {
    return plan.severe().stream().map(g -> g.group().group()).collect(Collectors.toSet());
  }

  private static WavePlan withConfirmed(WavePlan plan, Set<String> named) {
    List<WavePlan.OfGroup> groups = new ArrayList<>();
    for (WavePlan.OfGroup g : plan.groups()) {
      GroupOfWave of = g.group();
      groups.add(
          new WavePlan.OfGroup(
              of.withConfirmed(named.contains(of.group())), g.plan(), g.problem()));
    }
    return new WavePlan(plan.file(), groups, plan.problems());
  }

  private static void requireKnown(WavePlan plan, Set<String> named, CommandInput in) {
    named.stream()
        .filter(n -> plan.groups().stream().noneMatch(g -> g.group().group().equals(n)))
        .findFirst()
        .ifPresent(
            n -> {
              throw Problem.usage(
                  "--confirm names another group",
                  n + " is none of the rollout's groups",
                  in.without("confirm").line());
            });
  }

  private static void requireStartable(WavePlan plan, CommandInput in) {
    plan.firstProblem()
        .ifPresent(
            p -> {
              throw Problem.of(
                  p.kind(), "nothing was started", p.what() + ": " + p.why(), p.next());
            });
    long warnings =
        plan.groups().stream()
            .flatMap(g -> g.plan() == null ? Stream.<Warning>empty() : g.plan().warnings().stream())
            .filter(w -> !w.code().isOfPersons())
            .count();
    if (in.has("strict") && warnings > 0) {
      throw Problem.refused(
          "nothing was started",
          "--strict, and the plans have " + DescriptionList.count(warnings, "warning"),
          "fix what the plans warn of, or omit --strict");
    }
  }

  private static void ask(Session session, WavePlan plan, List<String> severe, CommandInput in) {
    for (String group : severe) {
      session.screen().dropTypedAhead();
      String typed =
          session
              .screen()
              .answer("type " + group + " to confirm its severe plan: ", "-y --confirm " + group);
      if (typed == null || !typed.strip().equals(group)) {
        throw declined(
            typed == null ? Screen.declined(null) : "what was typed is not " + group, in);
      }
    }
    String typed = session.screen().answer(WavePlanView.question(plan), "-y");
    if (!Screen.yes(typed)) {
      throw declined(Screen.declined(typed), in);
    }
  }

  private static Problem declined(String why, CommandInput in) {
    return Problem.of(Problem.Kind.DECLINED, "nothing was started", why, in.line());
  }
}
