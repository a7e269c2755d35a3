package oosh.shell.verbs.approval;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import oosh.rollout.Problem;
import oosh.rollout.notice.NoticeAddress;
import oosh.rollout.notice.NoticeTargets;
import oosh.rollout.update.Approval;
import oosh.rollout.update.EndNotice;
import oosh.rollout.update.RolloutStrategy;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.oneline.StagedChange;
import oosh.shell.verbs.notify.NotifyCommand;
import oosh.view.approval.ApprovalView;

/** {@code stage approval}: who must approve an execution while it waits. */
public final class StageApprovalCommand {
  private static final String FIRST = "first";
  private static final String REST = "rest";

  private StageApprovalCommand() {}

  /**
   * @param hint what becomes of it with the method that is in use
   */
  public static Verb verb(Function<Session, String> hint) {
    return Verb.of("stage approval", Verb.HelpSection.STAGE, "who must approve while it waits")
        .example(
            "stage approval --by alice,bob --need 2 --notify team",
            "stage approval --by alice --before rest --notify team")
        .flag("by", "NAME,…", "RAM users who may approve; who starts it cannot")
        .flag("need", "N", "how many of them must; 1 by default")
        .flag("before", "WHEN", "first: before anything is changed; rest: behind the first batch")
        .values("before", WordCompleter.words(FIRST, REST))
        .flag("notify", "NAME", "the notice that OOS sends; only the sandbox does without")
        .values("notify", NotifyCommand.NAMES)
        .stages(
            (session, in) -> {
              Approval approval = approval(session, in);
              RolloutStrategy next = session.staging().strategy().withApproval(approval);
              return StagedChange.of(
                  s -> s.withStrategy(next),
                  () -> "staged approval " + ApprovalView.asked(approval) + hint.apply(session));
            });
  }

  private static Approval approval(Session session, CommandInput in) {
    String before = in.option("before", FIRST);
    if (!List.of(FIRST, REST).contains(before)) {
      throw CommandInput.notTaken("--before", before, "first or rest", in.line("before", REST));
    }
    List<String> names =
        Arrays.stream(in.option("by", "").split(",", -1)).filter(n -> !n.isEmpty()).toList();
    if (names.isEmpty()) {
      throw Problem.usage(
          "stage approval names nobody",
          "--by takes RAM users who may approve",
          "stage approval --by alice,bob --notify NAME");
    }
    return Approval.of(
        names, in.number("need").orElse(1), before.equals(FIRST), notice(session, in));
  }

  private static EndNotice notice(Session session, CommandInput in) {
    String name = in.option("notify");
    NoticeTargets targets = session.backends().notices().targets();
    String profile = session.context().profile();
    if (name != null) {
      return NoticeAddress.ofApproval(targets.need(name), profile);
    }
    NoticeAddress.require(EndNotice.NOBODY, targets, profile);
    return EndNotice.NOBODY;
  }
}
