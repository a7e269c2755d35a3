package oosh.view;

import java.time.Instant;
import oosh.rollout.Leftover;
import oosh.rollout.UpdateMethod;
import org.jspecify.annotations.Nullable;

/*
 * left by exec-6f1c (Failed, 2 min ago); its script failed there, so nobody knows what state it is in
 * left by exec-6f1c (Cancelled, 2 min ago); its script was running when the execution was aborted;
 *   it may run still
 * left by exec-6f1c (Failed, 2 min ago); it is stopped: its disk could not be replaced, and it still
 *   has m-bp1old
 * left by exec-6f20 (Success, 1 min ago); its containers went back, and the template leaves it in
 *   Standby
 * m-bp1new since exec-6f1c (Failed, 2 min ago); it was m-bp1old before
 * made by exec-6f1c (Failed, 2 min ago); it updates instances that join later as well
 */
/** What is said of one leftover, by what the method does. */
final class LeftoverView {
  private LeftoverView() {}

  static String label(Leftover l) {
    return switch (l.kind()) {
      case STANDBY -> "Standby";
      case UNPROTECTED -> "protection";
      case IMAGE -> "image";
      case HOOK, HOOK_CHANGED, HOOK_MEANT -> "hook";
      case SUSPENDED -> "processes";
    };
  }

  static String cause(Leftover l, Instant now) {
    Leftover.Cause cause = l.cause();
    if (cause == null) {
      return "by no execution that is known here; a person did that";
    }
    String who = who(cause, now);
    return switch (l.kind()) {
      case STANDBY -> "left by " + who + "; " + reached(l, cause.method());
      case UNPROTECTED -> "taken by " + who;
      case IMAGE ->
          Safe.line(l.present())
              + " since "
              + who
              + "; "
              + (l.wanted().isEmpty()
                  ? "nobody has noted what it was before: set it by hand"
                  : "it was " + Safe.line(l.wanted()) + " before");
      case HOOK -> "made by " + who + "; it updates instances that join later as well";
      case HOOK_CHANGED ->
          "there before, and written over by "
              + who
              + "; it updates instances that join later as well. What it did before nobody has"
              + " noted: heal leaves it";
      case HOOK_MEANT ->
          "written by " + who + "; it updates instances that join later as well, as it is meant to";
      case SUSPENDED -> "suspended by " + who;
    };
  }

  private static String who(Leftover.Cause cause, Instant now) {
    Instant ended = cause.ended();
    return Safe.line(cause.executionId())
        + " ("
        + Safe.line(cause.status().word())
        + (ended == null ? "" : ", " + Ages.ago(ended, now))
        + ")"
        + (cause.rolledBackBy().isEmpty()
            ? ""
            : ", rolled back by " + Safe.line(cause.rolledBackBy()));
  }

  private static String reached(Leftover l, @Nullable UpdateMethod method) {
    String work = work(method);
    return switch (l.reached()) {
      case NOT_RUN -> work + " never began there";
      case ENDED_WELL -> work + " ended well there";
      case WENT_BACK -> "its containers went back, and the template leaves it in Standby";
      case FAILED ->
          work + " failed there, so nobody knows what state it is in" + has(l, "; it has ");
      case CUT_OFF ->
          work
              + " was running when the execution was aborted; it may run still"
              + has(l, "; the instance has ");
      case STOPPED ->
          l.present().equals(l.wanted())
              ? "it is stopped, on its new disk" + has(l, " of ")
              : "it is stopped: its disk could not be replaced" + has(l, ", and it still has ");
      case NOTHING, UNKNOWN -> "how far " + work + " came is not known";
    };
  }

  private static String has(Leftover l, String before) {
    return l.present().isEmpty() ? "" : before + Safe.line(l.present());
  }

  private static String work(@Nullable UpdateMethod method) {
    if (method == null || method.scriptAlone()) {
      return "its script";
    }
    return method
        .payload()
        .map(
            p ->
                switch (p) {
                  case IMAGE -> "the replacing of its disk";
                  case PACKAGE -> "OOS's package manager";
                  case FILE, OBJECT -> "its download";
                  case CONTAINER -> "the update of its containers";
                })
        .orElse("its update");
  }
}
