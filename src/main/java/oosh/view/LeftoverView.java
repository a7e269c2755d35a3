package oosh.view;

import java.time.Instant;
import java.util.stream.Collectors;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.Leftover;
import oosh.rollout.update.UpdateMethod;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;
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
 * m-bp1new since exec-6f1c (Failed, 2 min ago), and i-bp1a, i-bp1b run it: heal gives it m-bp1old
 *   again once they have gone back (rollback exec-6f1c)
 * perhaps taken by exec-6f1c (Failed, 91 days ago); OOS does not tell any more what that did, and a
 *   person may have taken it: heal leaves it
 * made by exec-6f1c (Failed, 2 min ago); it updates instances that join later as well
 */
/** What is said of one leftover, by what the method does. */
final class LeftoverView {
  /** Whoever wants all of them reads the JSON. */
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

  static String cause(Leftover l, Instant now) {
    Leftover.LeftoverCause cause = l.cause();
    if (cause == null) {
      return "by no execution that is known here; a person did that";
    }
    String who = who(cause, now);
    return switch (l.kind()) {
      case STANDBY ->
          (l.reached() == Leftover.InstanceOutcome.UNKNOWN ? "perhaps left by " : "left by ")
              + who
              + "; "
              + reached(l, cause.method());
      case UNPROTECTED ->
          l.isReportOnly()
              ? "perhaps taken by "
                  + who
                  + "; OOS does not tell any more what that did, and a person may have taken it:"
                  + " heal leaves it"
              : "taken by " + who;
      case IMAGE ->
          TextSanitizer.line(l.present())
              + " since "
              + who
              + "; "
              + (l.wanted().isEmpty()
                  ? "nobody has noted what it was before: set it by hand"
                  : "it was " + TextSanitizer.line(l.wanted()) + " before");
      case IMAGE_IN_USE ->
          TextSanitizer.line(l.present())
              + " since "
              + who
              + ", and "
              + users(l)
              + ": heal gives it "
              + TextSanitizer.line(l.wanted())
              + " again once they have gone back (rollback "
              + TextSanitizer.line(cause.executionId())
              + ")";
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

  /** {@code i-bp1a, i-bp1b run it}. */
  static String users(Leftover l) {
    return l.users().stream()
            .limit(MOST_USERS)
            .map(TextSanitizer::line)
            .collect(Collectors.joining(", "))
        + (l.users().size() > MOST_USERS
            ? " and " + (l.users().size() - MOST_USERS) + " more run it"
            : l.users().size() == 1 ? " runs it" : " run it");
  }

  private static String who(Leftover.LeftoverCause cause, Instant now) {
    Instant ended = cause.ended();
    return TextSanitizer.line(cause.executionId())
        + " ("
        + ProgressView.word(cause.status(), cause.inPart())
        + (ended == null ? "" : ", " + TimeText.ago(ended, now))
        + (cause.status().isFinal() ? "" : " when it was seen last; OOS does not know it any more")
        + ")"
        + (cause.rolledBackBy().isEmpty()
            ? ""
            : ", rolled back by " + TextSanitizer.line(cause.rolledBackBy()));
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
          l.wanted().isEmpty()
              ? "it is stopped, so nobody knows what state it is in"
              : l.present().equals(l.wanted())
                  ? "it is stopped, on its new disk" + has(l, " of ")
                  : "it is stopped: "
                      + (isAborted(l)
                          ? "it was cut off before its disk was replaced"
                          : "its disk could not be replaced")
                      + has(l, ", and it still has ");
      case NOTHING, UNKNOWN -> "how far " + work + " came is not known";
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
                  case IMAGE -> "the replacing of its disk";
                  case PACKAGE -> "OOS's package manager";
                  case FILE, OBJECT -> "its download";
                  case CONTAINER -> "the update of its containers";
                })
        .orElse("its update");
  }
}
