package oosh.rollout.notice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import org.jspecify.annotations.Nullable;

/**
 * What is told of an execution that was started from here: no script, no output, no secret.
 *
 * @param id the same in each attempt, and for each receiver
 * @param status as OOS calls it; "" in a test
 * @param rollback whether the execution is a rollback
 * @param source the execution that it rolls back; null if it is none
 * @param failed how many instances; -1 if that was not asked
 * @param failedInstances the first of them
 * @param rolledBack whether OOS rolled back all that it had touched
 * @param waitsFor {@code failure} or {@code batch}; "" where it does not wait
 * @param reason why it was started
 * @param host where it was started
 */
public record Notice(
    String id,
    Event event,
    String executionId,
    String status,
    boolean rollback,
    @Nullable String source,
    String group,
    String region,
    String profile,
    int total,
    int succeeded,
    int failed,
    List<String> failedInstances,
    boolean rolledBack,
    String waitsFor,
    String reason,
    String user,
    String host,
    Instant at) {
  /** In characters: receivers take 20 KB and show less. */
  private static final int LONGEST = 300;

  private static final int NAMED = 5;

  public Notice {
    failedInstances = List.copyOf(failedInstances);
  }

  /** What happened. */
  public enum Event {
    /** It has ended. */
    END,
    /** An instance has failed, and the execution goes on. */
    FAILURE,
    /** It waits for the user. */
    PAUSE,
    /** Nothing: the user tries whether notices arrive. */
    TEST;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the execution means for its user, and the exit status that says the same. */
  public enum Verdict {
    SUCCEEDED(0),
    FAILED(5),
    CANCELLED(5),
    ROLLED_BACK(6),
    WAITING(7),
    /** It goes on, and an instance has failed. */
    FAILING(null),
    TEST(null);

    private final @Nullable Integer exit;

    Verdict(@Nullable Integer exit) {
      this.exit = exit;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Null where oosh would not have ended. */
    public @Nullable Integer exit() {
      return exit;
    }
  }

  /**
   * What is to be told of an execution as it was just seen.
   *
   * @param entry the journal's, brought up to date
   * @param progress null where only the execution itself was read
   * @param mask takes out what is secret
   */
  public static Notice of(
      JournalEntry entry,
      Event event,
      Execution execution,
      @Nullable Progress progress,
      Instant now,
      UnaryOperator<String> mask) {
    List<String> failed =
        progress == null
            ? List.of()
            : progress.failed().stream().map(Progress.InstanceProgress::id).toList();
    Instant ended = entry.ended();
    return new Notice(
        id(entry.token(), event, which(event, progress)),
        event,
        execution.id(),
        execution.status().word(),
        entry.rollback(),
        entry.sourceExecutionId(),
        cut(mask.apply(entry.group())),
        entry.region(),
        cut(mask.apply(entry.profile())),
        entry.total(),
        entry.succeeded(),
        progress == null ? -1 : failed.size(),
        failed.stream().limit(NAMED).toList(),
        progress != null && progress.rolledBack(),
        event != Event.PAUSE ? "" : waitsFor(progress),
        cut(mask.apply(entry.reason())),
        entry.author().user(),
        entry.author().host(),
        event == Event.END && ended != null ? ended : now);
  }

  /** One that tells of nothing, to try a receiver. */
  public static Notice test(Initiator author, String id, Instant now) {
    return new Notice(
        id(id, Event.TEST, ""),
        Event.TEST,
        "",
        "",
        false,
        null,
        "",
        "",
        "",
        0,
        0,
        -1,
        List.of(),
        false,
        "",
        "",
        author.user(),
        author.host(),
        now);
  }

  private static String waitsFor(@Nullable Progress progress) {
    return progress == null
        ? "batch"
        : progress.waitsForApproval().isPresent()
            ? "approval"
            : progress.pausedByFailure() ? "failure" : "batch";
  }

  /** Of one execution there are several pauses; each is after another batch, or another failure. */
  private static String which(Event event, @Nullable Progress progress) {
    if (event != Event.PAUSE || progress == null) {
      return "";
    }
    return progress.lastBatch()
        + " "
        + progress.failed().stream().map(Progress.InstanceProgress::childExecutionId).toList()
        + (progress.stuck() == null ? "" : progress.stuck().id())
        + (progress.waitsForApproval().isPresent() ? " approval" : "");
  }

  private static String id(String token, Event event, String which) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((token + "\n" + event + "\n" + which).getBytes(StandardCharsets.UTF_8));
      return "evt_" + HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** On one line, so that no reason looks like a line of oosh's own. */
  private static String cut(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  public Verdict verdict() {
    ExecutionStatus ended = new ExecutionStatus(status);
    return switch (event) {
      case TEST -> Verdict.TEST;
      case PAUSE -> Verdict.WAITING;
      case FAILURE -> Verdict.FAILING;
      case END ->
          rolledBack
              ? Verdict.ROLLED_BACK
              : ended.isSuccess() && (failed <= 0 || succeeded > 0)
                  ? Verdict.SUCCEEDED
                  : ended.equals(ExecutionStatus.CANCELLED) ? Verdict.CANCELLED : Verdict.FAILED;
    };
  }

  /**
   * What chats show.
   *
   * <pre>
   * oosh: exec-060268a2b0b8a859 on asg-bp1web ended in Failed: 2 of 6 instances done, 1 failed (i-bp1c)
   * launch by li on ops-1, profile production, cn-hangzhou
   * because: web 2.4.1
   * event evt_3f9a…
   * </pre>
   */
  public String text() {
    if (event == Event.TEST) {
      return "oosh: a test, sent by " + user + " on " + host + "\nevent " + id;
    }
    String what =
        switch (event) {
          case PAUSE ->
              switch (waitsFor) {
                case "failure" -> "waits for a decision about a failure";
                case "approval" -> "waits for an approval";
                default -> "waits before its next batch";
              };
          case FAILURE -> "goes on after a failure";
          default -> "ended in " + status + (rolledBack ? " and was rolled back by OOS" : "");
        };
    String instances =
        (total > 0 ? succeeded + " of " + total : String.valueOf(succeeded))
            + " instances done"
            + (failed > 0 ? ", " + failed + " failed (" + named() + ")" : "");
    return "oosh: "
        + executionId
        + " on "
        + group
        + " "
        + what
        + ": "
        + instances
        + "\n"
        + (source == null ? "launch" : "rollback of " + source)
        + " by "
        + user
        + (host.isEmpty() ? "" : " on " + host)
        + ", profile "
        + profile
        + ", "
        + region
        + (reason.isEmpty() ? "" : "\nbecause: " + reason)
        + "\nevent "
        + id;
  }

  private String named() {
    return String.join(", ", failedInstances) + (failed > failedInstances.size() ? ", …" : "");
  }
}
