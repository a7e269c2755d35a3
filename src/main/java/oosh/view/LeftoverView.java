package oosh.view;

import static oosh.view.text.TextSanitizer.sentence;

import java.time.Instant;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.Leftover;
import oosh.rollout.update.UpdateMethod;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/*
 * left by exec-6f1c (Failed, 2 min ago); its script failed there: the state of the instance is
 *   unknown
 * left by exec-6f1c (Cancelled, 2 min ago); its script was running at the abort and may still run
 * left by exec-6f1c (Failed, 2 min ago); it is stopped: its disk could not be replaced, and it still
 *   has m-bp1old
 * m-bp1new since exec-6f1c (Failed, 2 min ago); it was m-bp1old before
 * m-bp1new since exec-6f1c (Failed, 2 min ago), and i-bp1a, i-bp1b run it: heal restores m-bp1old
 *   after rollback exec-6f1c
 * perhaps removed by exec-6f1c (Failed, 91 days ago); OOS no longer shows what that did, and it may
 *   have been removed by hand: heal does not change it
 * created by exec-6f1c (Failed, 2 min ago); it also updates instances that join later
 */
/** What is said of one leftover, by what the method does. */
final class LeftoverView {
  /** The JSON has all of them. */
  private static final int MOST_USERS = 8;

  private LeftoverView() {}

  static String label(Leftover l) {
    return switch (l.kind()) {
      case STANDBY -> "Standby";
      case UNPROTECTED -> "protection";
      case IMAGE, IMAGE_IN_USE -> "image";
      case HOOK, HOOK_CHANGED, HOOK_MEANT -> "hook";
      case SUSPENDED -> "processes";
    };
  }

  static String cause(Leftover l, Instant now, Style style) {
    Leftover.LeftoverCause cause = l.cause();
    if (cause == null) {
      return "not caused by a known execution; probably changed by hand";
    }
    String who = who(cause, now, style);
    return switch (l.kind()) {
      case STANDBY ->
          (l.reached() == Leftover.InstanceOutcome.UNKNOWN ? "perhaps left by " : "left by ")
              + who
              + "; "
              + reached(l, cause);
      case UNPROTECTED ->
          l.isReportOnly()
              ? "perhaps removed by "
                  + who
                  + "; OOS no longer shows what that did, and it may have been removed by hand:"
                  + " heal does not change it"
              : "removed by " + who;
      case IMAGE ->
          sentence("%s since %s; ", l.present(), who)
              + (l.wanted().isEmpty()
                  ? "its old image is not recorded: set it by hand"
                  : sentence("it was %s before", l.wanted()));
      case IMAGE_IN_USE ->
          sentence(
              "%s since %s, and %s: heal restores %s after rollback %s",
              l.present(), who, users(l), l.wanted(), cause.executionId());
      case HOOK -> "created by " + who + "; it also updates instances that join later";
      case HOOK_CHANGED ->
          "overwritten by "
              + who
              + "; it also updates instances that join later. Its old content is not recorded, so"
              + " heal does not change it";
      case HOOK_MEANT ->
          "written by " + who + "; it also updates instances that join later, as intended";
      case SUSPENDED -> "suspended by " + who;
    };
  }

  /** {@code i-bp1a, i-bp1b run it}. */
  static String users(Leftover l) {
    return DescriptionList.list(l.users(), MOST_USERS)
        + (l.users().size() == 1 ? " runs it" : " run it");
  }

  private static String who(Leftover.LeftoverCause cause, Instant now, Style style) {
    String last = cause.status().isFinal() ? "" : " at the last read; OOS no longer knows it";
    String by = cause.rolledBackBy();
    return by(cause, now, style, last) + (by.isEmpty() ? "" : sentence(", rolled back by %s", by));
  }

  /** {@code exec-6f1c (Failed, 2 min ago)}, with {@code more} before the parenthesis ends. */
  static String by(Leftover.LeftoverCause cause, Instant now, Style style, String more) {
    Instant ended = cause.ended();
    return sentence(
            "%s (%s", cause.executionId(), ProgressView.word(cause.status(), cause.inPart()))
        + (ended == null ? "" : ", " + TimeText.when(ended, now, style))
        + (cause.starter().isEmpty() ? "" : sentence(", by %s", cause.starter()))
        + more
        + ")";
  }

  private static String reached(Leftover l, Leftover.LeftoverCause cause) {
    String work = cause.undo() ? "its rollback by OOS" : work(cause.method());
    return switch (l.reached()) {
      case NOT_RUN -> work + " did not begin there";
      case ENDED_WELL -> work + " succeeded there";
      case WENT_BACK -> "its containers were rolled back, and the template leaves it in Standby";
      case FAILED ->
          work + " failed there: the state of the instance is unknown" + has(l, "; it has ");
      case UNHEALTHY -> work + " succeeded there, and a probe did not: it may not serve well";
      case CUT_OFF ->
          work + " was running at the abort and may still run" + has(l, "; the instance has ");
      case STOPPED ->
          l.wanted().isEmpty()
              ? "it is stopped, and its state is unknown"
              : l.present().equals(l.wanted())
                  ? "it is stopped, on its new disk" + has(l, " of ")
                  : "it is stopped: "
                      + (isAborted(l)
                          ? "the abort came before its disk was replaced"
                          : "its disk could not be replaced")
                      + has(l, ", and it still has ");
      case NOTHING, UNKNOWN -> "how far " + work + " got is not known";
    };
  }

  private static boolean isAborted(Leftover l) {
    Leftover.LeftoverCause cause = l.cause();
    return cause != null && cause.status().equals(ExecutionStatus.CANCELLED);
  }

  private static String has(Leftover l, String before) {
    return l.present().isEmpty() ? "" : before + TextSanitizer.line(l.present());
  }

  private static String work(@Nullable UpdateMethod method) {
    if (method == null || method.runsOnlyScript()) {
      return "its script";
    }
    return method
        .payload()
        .map(
            p ->
                switch (p) {
                  case IMAGE -> "the replacement of its disk";
                  case PACKAGE -> "OOS's package manager";
                  case FILE, OBJECT -> "its download";
                  case CONTAINER -> "the update of its containers";
                })
        .orElse("its update");
  }
}
