package oosh.rollout.start;

import java.time.Duration;
import java.time.Instant;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.hold.FreezeWindow;
import oosh.rollout.hold.GroupLock;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.OosTiming;
import oosh.rollout.record.OpenExecution;
import oosh.rollout.record.ReconciledStart;
import oosh.rollout.record.StartLog;
import org.jspecify.annotations.Nullable;

/**
 * Why a start on a group is refused: what conflicts, since when, and what to do.
 *
 * <p>Among the processes of one journal this is certain: the journal allows one start at a time. A
 * start from another machine, the console or another tool is seen only when OOS lists its
 * execution; two such starts within that moment are not detected.
 *
 * @param doing {@code launch} or {@code roll back}
 * @param verb the command to type again, with the options that it was typed with
 */
public record StartConflict(String doing, String verb, String group) {
  /** A launch, by the command that was typed. */
  public static StartConflict ofLaunch(String verb, String group) {
    return new StartConflict("launch", verb, group);
  }

  /** A rollback, by the command that was typed. */
  public static StartConflict ofRollback(String verb, String group) {
    return new StartConflict("roll back", verb, group);
  }

  /** For a command that was typed with these options: "", or a space and the options. */
  public StartConflict typedWith(String options) {
    return new StartConflict(doing, verb + options, group);
  }

  /*
   * cannot launch on asg-bp1web
   *   why   exec-6f1c is in flight on this group: Running, started 2 min ago by li on ops-1, pid 4711
   *   next  watch exec-6f1c, or abort exec-6f1c; launch --again REASON starts another one anyway
   */
  Problem execution(Execution e, @Nullable JournalEntry known, Instant now) {
    Instant began = known != null ? known.at() : e.created();
    String who = known != null ? known.author().text() : Initiator.of(e).text();
    return refused(
        e.id()
            + " is in flight on this group: "
            + e.status()
            + (began == null ? "" : ", started " + age(began, now) + " ago")
            + (who.isEmpty() ? "" : " by " + who),
        "watch " + e.id() + ", or abort " + e.id() + "; " + again() + " starts another one anyway");
  }

  /*
   * cannot launch on asg-bp1web
   *   why   exec-6f1c was started on this group 3 s ago by li on ops-1, pid 4711; OOS does not list it yet,
   *         and that can take 117 s more
   *   next  watch exec-6f1c, which waits for it; launch --again REASON starts another one anyway
   */
  Problem unlisted(OpenExecution open, Instant now) {
    return refused(
        open.id()
            + " was started on this group "
            + age(open.entry().at(), now)
            + " ago by "
            + open.entry().author().text()
            + "; OOS does not list it yet, which can take "
            + seconds(now, open.listedBy())
            + " s more",
        "watch " + open.id() + ", which waits for it; " + again() + " starts another one anyway");
  }

  Problem inTheWay(StartLog.InTheWay inTheWay, Instant now) {
    if (inTheWay instanceof StartLog.InTheWay.Locked locked) {
      return locked(locked.lock(), now);
    }
    if (inTheWay instanceof StartLog.InTheWay.Wave wave) {
      return refused(wave.why(), "watch " + wave.id());
    }
    return entry(((StartLog.InTheWay.Start) inTheWay).entry(), now);
  }

  /*
   * cannot launch on asg-bp1web
   *   why   li on ops-1 locked it 12 min ago: "database migration"
   *   next  lock status; launch --wait-lock 15m waits for it; or ask li
   */
  /** The lock of another user. */
  public Problem locked(GroupLock lock, Instant now) {
    return refused(
        lock.owner().text()
            + " locked it "
            + age(lock.at(), now)
            + " ago: \""
            + lock.reason()
            + "\"",
        "lock status; "
            + (verb.contains(" --wait-lock ") ? "" : verb + " --wait-lock 15m waits for it; ")
            + "or ask "
            + lock.owner().user());
  }

  /*
   * cannot launch on asg-bp1web
   *   why   freeze 2 (Fri 18:00 - Mon 08:00) is in force until Mon 2026-11-23 08:00 Asia/Shanghai: "no changes"
   *   next  freeze list; launch --through-freeze REASON starts it all the same
   */
  /** A freeze window that is in force. */
  public Problem frozen(FreezeWindow.InForce frozen) {
    return refused(
        frozen.text(), "freeze list; " + verb + " --through-freeze REASON starts it all the same");
  }

  /** A start that the journal has, and that was not known when this one was planned. */
  private Problem entry(JournalEntry entry, Instant now) {
    String id = entry.executionId();
    return id == null
        ? refused(
            who(entry, now) + " is being sent, or OOS did not answer it",
            verb + " in a moment, which asks OOS first; " + again() + " does not wait")
        : refused(
            who(entry, now) + " runs as " + id + ", says the journal",
            "watch " + id + "; " + again() + " starts another one anyway");
  }

  Problem settled(ReconciledStart s, Initiator me, Instant now) {
    JournalEntry entry = s.openIntent().entry();
    String it = who(entry, now);
    String all = ", or start now: " + again();
    return switch (s.outcome()) {
      case UNDER_WAY ->
          refused(
              it + " is being sent at this moment",
              verb + " again in a moment" + all + ", if that process hangs");
      case TOO_EARLY -> {
        long wait = seconds(now, s.openIntent().sentAt().plus(OosTiming.LISTED_WITHIN));
        yield refused(
            "OOS did not answer "
                + it
                + gone(entry, me)
                + "; its execution may still appear within "
                + wait
                + " s",
            verb + " again in " + wait + " s" + all);
      }
      default ->
          refused(
              "OOS did not answer "
                  + it
                  + gone(entry, me)
                  + ", and it cannot be reached to check the result: "
                  + s.why(),
              verb + " again when OOS can be reached" + all);
    };
  }

  private Problem refused(String why, String next) {
    return Problem.refused("cannot " + doing + " on " + group, why, next);
  }

  private String again() {
    return verb + " --again REASON";
  }

  private static String who(JournalEntry entry, Instant now) {
    return "the "
        + (entry.rollback() ? "rollback of " + entry.sourceExecutionId() : "launch")
        + " of "
        + age(entry.at(), now)
        + " ago by "
        + entry.author().text();
  }

  private static String gone(JournalEntry entry, Initiator me) {
    boolean dead = !entry.author().same(me) && entry.author().life() == Initiator.Liveness.GONE;
    return dead ? " (which is gone)" : "";
  }

  /** Whole seconds, rounded up. */
  private static long seconds(Instant from, Instant to) {
    return (Duration.between(from, to).toMillis() + 999) / 1000;
  }

  private static String age(Instant then, Instant now) {
    long seconds = Math.max(0, Duration.between(then, now).toSeconds());
    return seconds < 60
        ? seconds + " s"
        : seconds < 3600
            ? seconds / 60 + " min"
            : seconds < 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
  }
}
