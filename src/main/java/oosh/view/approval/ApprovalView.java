package oosh.view.approval;

import static oosh.view.text.TextSanitizer.sentence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.ApprovalProgress;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Approval;
import oosh.rollout.update.EndNotice;
import oosh.rollout.update.ProbedScript;
import oosh.rollout.update.Script;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/*
 * Waiting for approval by alice, bob (1 of 2), before batch 2 of 3: 2 of 6 instances done
 * next: approve exec-8f31 or reject exec-8f31, as one of them; abort exec-8f31 ends it
 */
/** An approval in sentences: staged, planned, waited for. */
public final class ApprovalView {
  private ApprovalView() {}

  /** {@code before the first batch, 2 of alice, bob must approve; OOS tells team (webhook)}. */
  public static String asked(Approval approval) {
    EndNotice notice = approval.notice();
    return when(approval.batch())
        + ", "
        + (approval.by().size() == 1
            ? approval.by().get(0) + " must approve"
            : approval.need() + " of " + String.join(", ", approval.by()) + " must approve")
        + (notice.isNobody()
            ? "; nobody is told"
            : "; OOS tells " + notice.name() + " (" + notice.kind() + ")");
  }

  /** The row of a plan; "" for none. */
  public static String planned(@Nullable Approval approval) {
    return approval == null
        ? ""
        : asked(approval)
            + "; who starts it cannot approve"
            + (approval.beforeFirst()
                ? ", and no process is suspended meanwhile"
                : "; the processes stay suspended meanwhile")
            + (approval.notice().isNobody()
                ? ""
                : "; who may read this execution in the account can read that address");
  }

  private static String when(int batch) {
    return batch == 1 ? "before the first batch" : "before batch " + batch;
  }

  /**
   * The sentence of an execution that waits.
   *
   * @param word its status
   * @param batches how many there are; 0 where that is not known
   * @param clean whether nothing has failed
   */
  public static String waits(
      Progress progress, String word, int batches, String counts, boolean clean) {
    String of = batches == 0 ? "" : " of " + batches;
    Optional<ApprovalProgress> approval = progress.waitsForApproval();
    if (approval.isPresent()) {
      return word + " " + waits(approval.get()) + of + ": " + counts + (clean ? " done" : "");
    }
    String waits = TextSanitizer.line(progress.execution().waitingStatus());
    String at = progress.pausedByFailure() ? " at a failure in batch " : " after batch ";
    String done = (clean ? " done" : "") + (waits.isEmpty() ? "" : " (" + waits + ")");
    return word + at + progress.lastBatch() + of + ": " + counts + done;
  }

  private static String waits(ApprovalProgress approval) {
    return sentence("for approval by %s, before batch %d", approval.who(), approval.before());
  }

  /** What can be done with an execution that waits. */
  public static String next(Progress progress) {
    return sentence(
        progress.waitsForApproval().isPresent()
            ? "next: approve %1$s or reject %1$s, as one of them; abort %1$s ends it"
            : progress.pausedByFailure()
                ? "next: retry %1$s, skip %1$s, outputs %1$s, or abort %1$s"
                : "next: continue %1$s, outputs %1$s, or abort %1$s",
        progress.execution().id());
  }

  /** What can be done with one that ended before anybody let it begin. */
  public static String notBegun(Progress progress) {
    return sentence(
        "it has changed nothing: it was not approved\nnext: show %1$s says why; launch starts it"
            + " again",
        progress.execution().id());
  }

  /*
   * approve exec-8f31 on asg-bp1web
   *   started    sandbox(200000000000000001), 2 min ago
   *   because    "web 2.4.1"
   *   script     sha aebc9f, 214 bytes
   *   instances  6 in 3 batches
   *   approval   before the first batch by alice, bob (2 needed)
   *   all of it  show exec-8f31
   */
  /** What the one who answers is told before the question. */
  public static String question(Progress progress, String verb, Instant now, Style style) {
    Execution e = progress.execution();
    Instant started = e.created();
    DescriptionList out = new DescriptionList(style, 11);
    out.head("%s %s on %s", verb, e.id(), e.group());
    out.row(
        "started",
        "%s%s",
        DescriptionList.or(e.executedBy(), "?"),
        started == null ? "" : ", " + TimeText.ago(started, now));
    out.row("because", e.description().isEmpty() ? null : DescriptionList.quoted(e.description()));
    String sent = e.parameter("invokeScript");
    if (!sent.isEmpty()) {
      Script script = ProbedScript.of("", sent).script();
      out.row("script", "sha %s, %s bytes", script.shortSha(), String.valueOf(script.bytes()));
    }
    int batches = progress.batchNumber();
    out.row(
        "instances",
        (e.parameters().get("targets") instanceof List<?> all ? all.size() : progress.planned())
            + (batches == 0 ? "" : " in " + batches + (batches == 1 ? " batch" : " batches")));
    progress
        .waitsForApproval()
        .ifPresent(a -> out.row("approval", "%s by %s", when(a.before()), a.who()));
    out.row("all of it", "show %s", e.id());
    return out.text();
  }

  /** What came of the answer. */
  public static String answered(Progress after, String verb) {
    String id = after.execution().id();
    if (verb.equals("reject")) {
      return TextSanitizer.sentence("rejected %s: it is %s", id, after.execution().status());
    }
    Optional<ApprovalProgress> still = after.waitsForApproval();
    return still.isPresent()
        ? TextSanitizer.sentence(
            "approved %s: it still waits for approval by %s", id, still.get().who())
        : TextSanitizer.sentence("approved %s: it goes on", id);
  }

  public static String afterwards(Progress after, String verb) {
    String id = after.execution().id();
    return TextSanitizer.sentence(
        verb.equals("reject")
            ? "next: show %1$s; who started it sees the reason"
            : "next: watch %1$s",
        id);
  }

  /** The rows of the approvals of one execution. */
  public static void rows(DescriptionList out, Progress progress) {
    lines(progress).forEach(line -> out.row("approval", line));
  }

  /** {@code before the first batch by alice, bob (2 of 2): given by alice, bob, 2026-…}. */
  public static List<String> lines(Progress progress) {
    return progress.approvals().stream().map(ApprovalView::line).toList();
  }

  private static String line(ApprovalProgress a) {
    Instant ended = a.ended();
    String given =
        a.approved().isEmpty() ? a.said() : "given by " + String.join(", ", a.approved());
    return sentence(
        "%s by %s%s%s",
        when(a.before()),
        a.who(),
        given.isEmpty() ? "" : ": " + given,
        ended == null ? "" : ", " + ended.truncatedTo(ChronoUnit.SECONDS));
  }
}
