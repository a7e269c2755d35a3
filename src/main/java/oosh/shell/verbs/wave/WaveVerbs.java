package oosh.shell.verbs.wave;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupProgress.Phase;
import oosh.rollout.wave.NextStep;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.WaveRollout;
import oosh.rollout.wave.WaveStatus;
import oosh.rollout.wave.WaveStatus.Wish;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.verbs.files.PageFile;
import oosh.shell.verbs.rollout.WatchSession;
import oosh.view.json.RolloutFileJson;
import oosh.view.text.DescriptionList;
import oosh.view.wave.WavePage;
import oosh.view.wave.WaveReport;
import oosh.view.wave.WaveSheet;
import oosh.view.wave.WavesView;

/** What watch, pause, continue, abort, rollback and show do with a rollout over many groups. */
public final class WaveVerbs {
  /** How long an abort waits for what it has cancelled. */
  private static final Duration ABORTED_WITHIN = Duration.ofMinutes(2);

  private static final int LISTED = 20;
  private static final Set<String> LISTED_WITH =
      Set.of("waves", "limit", "output", "query", "columns");

  private WaveVerbs() {}

  static RolloutFile file(WaveStatus status) {
    return RolloutFileJson.of(status.id(), status.rollout().content());
  }

  static NextStep next(Session session, RolloutFile file, WaveStatus status) {
    return NextStep.of(file, status, Set.of(), Set.of(), session.now());
  }

  static int sheet(Session session, CommandInput in, WaveStatus status) {
    RolloutFile file = file(status);
    NextStep step = next(session, file, status);
    return Answer.print(
        session,
        in,
        () -> WaveSheet.json(file, status, step, session.now()),
        style -> WaveSheet.text(file, status, step, session.now(), style));
  }

  /** {@code show WAVE}: what every group has now. */
  public static int show(Session session, CommandInput in) {
    WaveStatus status = WaveIds.find(session, in.need(0));
    if (!status.isLedElsewhere()) {
      // Who leads it writes down what OOS lists.
      WavePoll poll = new WavePoll(session, status.id(), true);
      poll.refresh(status);
      poll.finish();
    }
    return sheet(session, in, WaveIds.find(session, status.id()));
  }

  /** {@code report WAVE}: as Markdown, for the ticket, or as a page. */
  public static int report(Session session, CommandInput in) {
    WaveStatus status = WaveIds.find(session, in.need(0));
    RolloutFile file = file(status);
    if (in.has(PageFile.HTML)) {
      PageFile page = PageFile.open(session, in);
      NextStep step = next(session, file, status);
      return page.write(session, WavePage.html(file, status, step, session.now(), session::masked));
    }
    if (in.json()) {
      return sheet(session, in, status);
    }
    session.print(
        session.masked(
            WaveReport.markdown(file, status, next(session, file, status), session.now())));
    return 0;
  }

  /** {@code history --waves}: the rollouts of the profile, newest first. */
  public static int list(Session session, CommandInput in) {
    in.options().keySet().stream()
        .filter(o -> !LISTED_WITH.contains(o))
        .findFirst()
        .ifPresent(
            other -> {
              throw Problem.usage(
                  "history cannot take --waves and --" + other + " together",
                  "it lists rollouts, which are of many groups",
                  in.without(other).line());
            });
    int limit = in.number("limit").orElse(LISTED);
    List<WaveStatus> all =
        session
            .journal()
            .waves()
            .startingWith(session.context().profile(), WaveRollout.PREFIX, limit);
    return Answer.print(
        session,
        in,
        () -> WavesView.json(all),
        style -> WavesView.table(all, session.now(), style));
  }

  /** {@code watch WAVE}: shows it until it ends or waits; starts nothing. */
  public static int watch(Session session, CommandInput in) throws InterruptedException {
    return watch(session, in, WaveIds.find(session, in.need(0)), false);
  }

  static int watch(Session session, CommandInput in, WaveStatus first, boolean isRollback)
      throws InterruptedException {
    WaveStatus status = first;
    Duration timeout = WatchSession.timeout(in);
    RolloutFile file = file(status);
    Instant deadline = timeout == null ? null : session.now().plus(timeout);
    WavePoll poll =
        new WavePoll(session, status.id(), !file.spec().strategy().maxErrors().isEmpty());
    try (WaveScreen screen = new WaveScreen(session, file, poll, in.json())) {
      screen.open(status, next(session, file, status));
      while (true) {
        if (poll.refresh(status, !status.isLedElsewhere())) {
          status = WaveIds.find(session, status.id());
        }
        NextStep step = next(session, file, status);
        screen.show(status, step);
        if (isOver(status, step)) {
          break;
        }
        if (deadline != null && !session.now().isBefore(deadline)) {
          throw Problem.of(
              Problem.Kind.DECLINED,
              "stopped waiting for " + status.id(),
              "the time given with --timeout is over; the rollout goes on as before",
              "watch " + status.id());
        }
        screen.between(WavePoll.QUICK);
        status = WaveIds.find(session, status.id());
      }
      poll.finish();
    } catch (InterruptedException | Interrupted stopped) {
      session.say("left; watch " + status.id() + " returns to it");
      return Problem.Kind.INTERRUPTED.exitStatus();
    }
    sheet(session, in, status);
    return WaveRun.exit(status, next(session, file, status), isRollback);
  }

  /** Whether there is nothing more to see: it has ended, or nobody leads it and nothing runs. */
  private static boolean isOver(WaveStatus status, NextStep step) {
    return switch (step.kind()) {
      case DONE -> true;
      case WATCH -> false;
      // Who leads it may go on: back, after a failure.
      case STOPPED -> !status.isLedElsewhere() || status.ended() != null;
      default -> !status.isLedElsewhere();
    };
  }

  /** {@code pause WAVE}: no group is started any more; what runs stops before its next batch. */
  public static int pause(Session session, CommandInput in) {
    WaveStatus status = WaveIds.find(session, in.need(0));
    requireUnended(session, status, "paused");
    if (status.wish() != Wish.GO) {
      throw Problem.refused(
          status.id() + " cannot be paused",
          status.wish() == Wish.PAUSE
              ? "it is paused already"
              : status.wish() == Wish.ABORT ? "it was aborted" : "it is being rolled back",
          "show " + status.id());
    }
    WaveSteering.pause(session, file(status), status.id(), "");
    session.say("paused " + status.id() + "; no further group is started");
    return sheet(session, in, WaveIds.find(session, status.id()));
  }

  /** {@code abort WAVE}: cancels what runs; what was done stays. */
  public static int abort(Session session, CommandInput in) throws InterruptedException {
    WaveStatus status = WaveIds.find(session, in.need(0));
    requireUnended(session, status, "aborted");
    if (status.wish() == Wish.BACK) {
      throw Problem.refused(
          status.id() + " cannot be aborted", "it is being rolled back", "watch " + status.id());
    }
    long running = (long) status.in(Phase.RUNNING).size() + status.in(Phase.WAITING).size();
    if (!in.has("yes")) {
      session.requireYes(
          "abort "
              + status.id()
              + ", with "
              + DescriptionList.count(running, "execution")
              + " under way? [y/N] ",
          "-y",
          status.id() + " goes on",
          "watch " + status.id());
    }
    try {
      session.journal().waves().wish(status.id(), Wish.ABORT, "");
    } catch (Problem p) {
      throw p.kind() == Problem.Kind.UNREACHABLE ? cancelledOnly(session, status, p) : p;
    }
    WaveStatus after = cancel(session, status.id());
    session.say("aborted " + after.id());
    sheet(session, in, after);
    return 0;
  }

  /** Without the journal nobody leads; what runs is cancelled all the same. */
  private static Problem cancelledOnly(Session session, WaveStatus status, Problem unwritten) {
    RolloutFile file = file(status);
    Set<String> cancelled = new HashSet<>();
    for (GroupProgress g : status.groups()) {
      Optional<Problem> refused = WaveSteering.cancel(session, file, g, cancelled);
      if (refused.isPresent()) {
        session.say(g.executionId() + " was not cancelled: " + refused.get().why());
      } else if (cancelled.contains(String.valueOf(g.executionId()))) {
        session.say("told " + g.executionId() + " on " + g.group().group() + " to stop");
      }
    }
    return unwritten.instead(
        "the executions under way were cancelled, but " + status.id() + " is not marked as aborted",
        "abort " + status.id() + " again once the journal can be reached: else its shell goes on");
  }

  /** Cancels whatever runs until nothing does: a start may have been on its way. */
  private static WaveStatus cancel(Session session, String id) throws InterruptedException {
    WavePoll poll = new WavePoll(session, id, true);
    Set<String> cancelled = new HashSet<>();
    Instant end = session.now().plus(ABORTED_WITHIN);
    while (true) {
      WaveStatus status = WaveIds.find(session, id);
      RolloutFile file = file(status);
      for (GroupProgress g : status.groups()) {
        WaveSteering.cancel(session, file, g, cancelled)
            .ifPresent(p -> session.say(g.executionId() + " was not cancelled: " + p.why()));
        if (g.phase() == Phase.UNANSWERED) {
          Session there = GroupSession.of(session, file, g.group());
          there.rollouts().reconcile(there.context());
        }
      }
      boolean busy = next(session, file, status).kind() == NextStep.Kind.WATCH;
      if (!busy || session.now().isAfter(end)) {
        return status;
      }
      session.backends().pace().pause(WavePoll.QUICK);
      poll.refresh(status);
    }
  }

  static GroupProgress named(WaveStatus status, String group, String option) {
    return status.groups().stream()
        .filter(g -> g.group().group().equals(group) || g.group().name().equals(group))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.usage(
                    option + " names another group",
                    group + " is none of the groups of " + status.id(),
                    "show " + status.id()));
  }

  private static void requireUnended(Session session, WaveStatus status, String done) {
    NextStep step = next(session, file(status), status);
    boolean over =
        step.kind() == NextStep.Kind.DONE
            || (step.kind() == NextStep.Kind.STOPPED && status.wish() != Wish.GO);
    if (over) {
      throw Problem.refused(
          status.id() + " cannot be " + done, "nothing of it is left to do", "show " + status.id());
    }
  }
}
