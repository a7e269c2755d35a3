package oosh.view;

import static oosh.view.text.TextSanitizer.sentence;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextTable;
import oosh.view.text.TimeText;

/*
 * exec-6f1c  2 min ago  asg-bp1web  Success 6/6  deploy.sh 3f9a1c       ann  "web 2.4.1"
 * exec-02c7  yesterday  asg-bp1web  Failed 2/6   rollback of exec-8f31  ann
 */
/*
 * exec-77ab  5 min ago  asg-bp1web  Running      deploy.sh 3f9a1c       li@ops-2, elsewhere  "fix"
 * started elsewhere: as read from OOS 3 min ago; history --all asks again
 */
/** What was launched, newest first; what another journal or the console has started is marked. */
public final class HistoryView {
  private HistoryView() {}

  /** {@code nothing launched yet on asg-bp1db, profile sandbox, cn-hangzhou}. */
  public static String none(Context context) {
    return sentence(
        "nothing launched yet on %s, profile %s, %s",
        context.chosenGroup().orElse("any group"), context.profile(), context.region());
  }

  public static String table(List<JournalEntry> entries, Instant now, Style style) {
    TextTable columns = new TextTable(style);
    for (JournalEntry e : entries) {
      columns.row(
          id(e),
          TimeText.when(e.at(), now, style),
          TextSanitizer.line(e.group()),
          coloured(e, outcome(e), style),
          ran(e),
          TextSanitizer.line(who(e)),
          remark(e));
    }
    return columns.text();
  }

  private static String who(JournalEntry e) {
    return e.isFromElsewhere()
        ? (e.author().atHost() + ", elsewhere").replaceFirst("^, ", "")
        : e.author().user();
  }

  /** How old what is shown of executions from elsewhere is. */
  public static String lastRead(Instant read, Instant now) {
    return "started elsewhere: as read from OOS "
        + TimeText.ago(read, now)
        + "; history --all asks again";
  }

  /** That OOS lists more than was read. */
  public static String readBackTo(Instant oldest, int most) {
    return String.format(
        Locale.ROOT,
        "OOS was read back to %s, its newest %,d executions; of older ones the journal alone tells",
        oldest.truncatedTo(ChronoUnit.SECONDS),
        most);
  }

  /** A description on Tab with who started it elsewhere, and when that was read. */
  public static String elsewhere(
      String description, JournalEntry e, Optional<Instant> read, Instant now) {
    String age = read.map(r -> ", read from OOS " + TimeText.ago(r, now)).orElse("");
    return e.isFromElsewhere()
        ? description + "  " + TextSanitizer.line(who(e)) + age
        : description;
  }

  /** With less room than this Tab's list cuts descriptions short. */
  private static final int ROOM = 80;

  /**
   * Beside an execution's id on Tab; where it will be cut, what tells the rows apart comes first.
   *
   * @param width of the screen
   */
  public static String candidate(JournalEntry entry, Instant now, int width) {
    // That there is no way back matters more than why it was launched.
    return candidate(entry, note(entry), now, width);
  }

  /**
   * The same of what can be rolled back; that it was rolled back already matters most.
   *
   * @param newest where its rollback is looked for, newest first
   */
  public static String source(
      JournalEntry entry, List<JournalEntry> newest, Instant now, int width) {
    String mark =
        newest.stream()
            .filter(e -> e.rollback() && Objects.equals(e.sourceExecutionId(), entry.executionId()))
            .findFirst()
            .map(HistoryView::outcomeOfRollback)
            .orElse("");
    if (mark.isEmpty()) {
      return candidate(entry, now, width);
    }
    return width < ROOM
        ? mark + "  " + candidate(entry, now, width)
        : candidate(entry, mark, now, width);
  }

  private static String outcomeOfRollback(JournalEntry rollback) {
    ExecutionStatus status = rollback.status();
    return status != null && status.isSuccess()
        ? "rolled back"
        : "rollback " + TextSanitizer.line(status == null ? "started" : status.word());
  }

  private static String candidate(JournalEntry entry, String note, Instant now, int width) {
    String status = outcome(entry).replaceFirst("^Failed (?=\\d)", "Failed  ");
    String ago = TimeText.ago(entry.at(), now);
    String group = TextSanitizer.line(entry.group());
    // How many tells of a Success.
    String few = outcome(entry).replaceFirst("^Success (?=\\d)", "");
    return (width < ROOM
            ? Stream.of(few, ran(entry), note, ago, group, reason(entry))
            : Stream.of(ago, group, status, ran(entry), note.isEmpty() ? reason(entry) : note))
        .filter(s -> !s.isEmpty())
        .collect(Collectors.joining("  "));
  }

  /** Without the scripts' texts. */
  public static JsonArray json(List<JournalEntry> entries) {
    return JsonOutput.array(entries, HistoryView::json);
  }

  public static JsonObject json(JournalEntry e) {
    JsonObject json = new JsonObject();
    JsonOutput.put(json, "executionId", e.executionId());
    json.addProperty("action", e.rollback() ? "rollback" : "launch");
    json.addProperty("state", e.state().name().toLowerCase(Locale.ROOT));
    JsonOutput.put(json, "status", e.status());
    json.addProperty("succeeded", e.succeeded());
    if (e.total() > 0) {
      json.addProperty("total", e.total());
    }
    json.addProperty("profile", e.profile());
    json.addProperty("region", e.region());
    json.addProperty("group", e.group());
    JsonOutput.put(json, "script", e.spec().script());
    JsonOutput.put(json, "rollbackScript", e.spec().rollbackScript());
    GateView.json(json, e.spec().gates());
    json.addProperty("method", e.method().word());
    JsonOutput.put(json, "payload", e.rollback() ? "" : e.payload());
    JsonOutput.put(json, "set", PayloadView.json(e.spec().extraParameters()));
    JsonOutput.put(json, "back", PayloadView.json(e.spec().rollbackValues()));
    JsonOutput.put(json, "before", PayloadView.json(e.baseline()));
    json.addProperty("commandType", e.spec().commandType().word());
    json.addProperty("pause", e.spec().pauseOrDefault().option());
    JsonOutput.put(json, "role", e.spec().role());
    JsonOutput.put(json, "reason", e.reason());
    JsonOutput.put(json, "why", e.why());
    JsonOutput.put(json, "again", e.overrideReason());
    JsonOutput.put(json, "noWayBack", e.rollbackObstacle().orElse(null));
    JsonOutput.put(json, "sourceExecutionId", e.sourceExecutionId());
    json.addProperty("user", e.author().user());
    json.addProperty("host", e.author().host());
    if (e.author().pid() > 0) {
      json.addProperty("pid", e.author().pid());
    }
    json.addProperty("at", e.at().toString());
    JsonOutput.put(json, "ended", e.ended());
    return json;
  }

  /** {@code Success 6/6}, {@code Running}, {@code unknown}, {@code never started}. */
  public static String outcome(JournalEntry e) {
    ExecutionStatus status = e.status();
    return switch (e.state()) {
      case REFUSED, NEVER_STARTED -> "never started";
      case UNCERTAIN, INTENDED -> "unknown";
      case STARTED, SEEN ->
          e.forgotten()
              ? "unknown"
              : status == null
                  ? "Started"
                  : ProgressView.word(status, e.succeededInPart())
                      + (status.isFinal() && !isUncounted(e)
                          ? " " + e.succeeded() + "/" + ProgressView.of(e.total())
                          : "");
    };
  }

  /** Whether its instances were never counted: OOS's list of executions does not. */
  private static boolean isUncounted(JournalEntry e) {
    return e.isFromElsewhere() && e.succeeded() == 0 && e.total() == 0;
  }

  private static String coloured(JournalEntry e, String outcome, Style style) {
    return switch (e.state()) {
      case REFUSED, NEVER_STARTED -> style.dim(outcome);
      case UNCERTAIN, INTENDED -> style.warn(outcome);
      case STARTED, SEEN -> {
        ExecutionStatus status = e.status();
        if (status == null || !status.isFinal()) {
          yield status != null && status.isWaiting() ? style.warn(outcome) : outcome;
        }
        yield e.succeededInPart()
            ? style.warn(outcome)
            : status.isSuccess() ? style.ok(outcome) : style.bad(outcome);
      }
    };
  }

  private static String id(JournalEntry e) {
    return e.executionId() == null ? "-" : TextSanitizer.line(e.executionId());
  }

  /** {@code deploy.sh 3f9a1c}, {@code rollback of exec-8f31}, or what else it took along. */
  public static String ran(JournalEntry e) {
    if (e.rollback()) {
      return "rollback of " + TextSanitizer.line(DescriptionList.or(e.sourceExecutionId(), "?"));
    }
    String payload = e.payload();
    if (!payload.isEmpty()) {
      return TextSanitizer.line(payload);
    }
    Script script = e.spec().script();
    return script != null
        ? TextSanitizer.line(script.name()) + " " + script.shortSha()
        : e.method().isUserTemplate() ? TextSanitizer.line(e.method().word()) : "";
  }

  static String reason(JournalEntry e) {
    return e.reason().isEmpty() ? "" : DescriptionList.quoted(e.reason());
  }

  private static String remark(JournalEntry e) {
    boolean ran = e.state() == JournalEntry.StartState.STARTED;
    // What OOS did behind a failure, of one that has run.
    String undone = ran ? TextSanitizer.line(e.why()) : "";
    String rest = e.reason().isEmpty() ? note(e) : reason(e);
    String again =
        e.overrideReason().isEmpty()
            ? ""
            : "started anyway: " + DescriptionList.quoted(e.overrideReason());
    return Stream.of(undone, rest, again)
        .filter(s -> !s.isEmpty())
        .collect(Collectors.joining("  "));
  }

  /** Says nothing about what the other columns say: a rollback, or a launch that never started. */
  private static String note(JournalEntry e) {
    return e.rollback() || e.executionId() == null ? "" : e.rollbackObstacle().orElse("");
  }
}
