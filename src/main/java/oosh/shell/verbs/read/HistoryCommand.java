package oosh.shell.verbs.read;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.record.GroupStatistics;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.StrictCommandParser;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.complete.PastValues;
import oosh.shell.verbs.files.PageFile;
import oosh.shell.verbs.rollout.Reconciliation;
import oosh.shell.verbs.wave.WaveVerbs;
import oosh.view.HistoryView;
import oosh.view.StatisticsView;
import oosh.view.format.OutputForm;
import oosh.view.json.JsonOutput;
import oosh.view.page.HistoryPage;
import org.jspecify.annotations.Nullable;

/**
 * {@code history}: what was launched from here, or seen in OOS; from the journal, once OOS has told
 * what became of executions that the journal has not seen to end.
 */
public final class HistoryCommand {
  private HistoryCommand() {}

  /** Of the newest so many, those that the journal has not seen to end are asked for. */
  private static final int MOST_REFRESHED = 100;

  /** Rows of a page, if the line does not say how many. */
  private static final String ON_A_PAGE = "200";

  /** OOS's words and the journal's own, as they are offered and taken. */
  private static final List<String> STATUSES =
      List.of(
          ("Running Waiting Success Failed Cancelled Started Pending Skipped refused uncertain"
                  + " intended never_started")
              .split(" ", -1));

  public static Verb verb() {
    Verb verb =
        Verb.of("history", Verb.HelpSection.PAST, "what was launched from here or seen in OOS")
            .example(
                "history",
                "history --status Failed --since 7d",
                "history --script deploy.sh --user ann",
                "history --follow",
                "history --all --since 30d",
                "history --waves",
                "history --stats --since 90d",
                "history --since 90d --html history.html",
                "history --columns executionId,at,user,reason",
                "history --stats --output prometheus",
                "history --output json")
            .flag("group", 'g', "GROUP", "only on this group")
            .values("group", PastValues.GROUPS)
            .flag("status", 's', "STATUS", "only those with this status")
            .values("status", WordCompleter.words(STATUSES.toArray(String[]::new)))
            .flag("since", "TIME", "only since 2h, 7d or 2026-03-04T05:06:07Z")
            .values("since", WordCompleter.words("1h", "24h", "7d", "30d", "90d"))
            .flag("script", "SHA|NAME", "only that script, by name or SHA-256")
            .values("script", PastValues.SCRIPTS)
            .flag("user", 'u', "USER", "only what that user started")
            .values("user", PastValues.USERS)
            .flag("limit", 'l', "N", "at most N; 20 by default, 200 on a page")
            .flag("all", null, "ask OOS also about what was started elsewhere; it lists 90 days")
            .flag("follow", 'f', null, "then a line for each start and end, until Ctrl-C")
            .flag("waves", null, "the rollouts over many groups, in every region")
            .flag("stats", null, "by group: launches, successes, durations, rollbacks")
            .form(OutputForm.PROMETHEUS)
            .answers(
                JsonAnswer.EXECUTIONS, JsonAnswer.STATISTICS, JsonAnswer.WAVES, JsonAnswer.MESSAGE)
            .does(
                (session, in) -> {
                  if (in.form() == OutputForm.PROMETHEUS && !in.has("stats")) {
                    throw Problem.usage(
                        "--output prometheus goes with --stats",
                        "it has numbers alone",
                        "history --stats --output prometheus");
                  }
                  if (in.has(PageFile.HTML)) {
                    return page(session, in);
                  }
                  if (in.has("waves")) {
                    return WaveVerbs.list(session, in);
                  }
                  Instant now = session.now();
                  History.Query query = query(session, in, now);
                  boolean fresh = in.has("all") && ListedHistory.read(session, query.since());
                  if (in.has("follow")) {
                    return follow(session, in);
                  }
                  if (fresh || !in.has("all")) {
                    Reconciliation.refresh(
                        session, session.history().list(query.unfiltered(MOST_REFRESHED)));
                  }
                  // Asked at once, while the journal is open.
                  List<String> wanted =
                      Reconciliation.wanted(session, session.context().withGroup(query.group()));
                  if (in.has("stats")) {
                    stats(session, in, query);
                  } else {
                    List<JournalEntry> shown = list(session, in, query, now);
                    if (!fresh && in.form() == OutputForm.TEXT) {
                      ListedHistory.noteAge(session, shown);
                    }
                  }
                  wanted.forEach(session::note);
                  return 0;
                });
    return PageFile.option(verb);
  }

  /** Of all executions that match; those that the journal has not seen to end are asked for. */
  private static int page(Session session, CommandInput in) throws InterruptedException {
    for (String other : List.of("follow", "waves", "stats", "columns", "query")) {
      if (in.has(other)) {
        throw Problem.usage(
            "history cannot take --html and --" + other + " together",
            "a page has the list, and the figures of --stats, in a form of its own",
            in.without(other).line());
      }
    }
    PageFile file = PageFile.open(session, in);
    History.Query query =
        query(session, in.has("limit") ? in : in.with("limit", ON_A_PAGE), session.now());
    if (!in.has("all") || ListedHistory.read(session, query.since())) {
      Reconciliation.refresh(session, session.history().list(query.unfiltered(MOST_REFRESHED)));
    }
    return file.write(
        session,
        HistoryPage.html(
            query,
            session.history().list(query.withLimit(History.MOST_COUNTED)),
            session.history().statistics(query),
            session.now(),
            session::masked));
  }

  /** As JSON, an object a line. */
  private static int follow(Session session, CommandInput in) throws InterruptedException {
    boolean lines = in.form() == OutputForm.TEXT || in.form() == OutputForm.JSON;
    if (in.has("stats") || !lines || in.has("columns")) {
      throw Problem.usage(
          "--follow goes with the list, as text or json",
          "each line of it is printed by itself",
          "history --follow");
    }
    if (session.playing() != null) {
      throw Problem.refused(
          "a session file cannot follow the history",
          "history --follow ends by Ctrl-C alone",
          "type the line at the prompt");
    }
    return new HistoryFollower(
            session,
            query(session, in, session.now()),
            e -> {
              session.print(
                  in.json()
                      ? JsonOutput.line(HistoryView.json(e))
                      : HistoryView.table(List.of(e), session.now(), session.style()));
              session.screen().out().flush();
            })
        .follow();
  }

  private static List<JournalEntry> list(
      Session session, CommandInput in, History.Query query, Instant now) {
    List<JournalEntry> entries = session.history().list(query);
    Answer.print(
        session,
        in,
        () -> HistoryView.json(entries),
        style -> rows(session, in, entries, HistoryView.table(entries, now, style)));
    return entries;
  }

  private static String rows(Session session, CommandInput in, List<?> rows, String table) {
    if (!rows.isEmpty()) {
      return table;
    }
    return narrowed(in)
        ? "no launch matches these filters"
        : session.style().wrapped(HistoryView.none(session.context()));
  }

  private static void stats(Session session, CommandInput in, History.Query query) {
    List<GroupStatistics> all = session.history().statistics(query);
    long counted = all.stream().mapToLong(f -> f.launches() + f.rollbacks()).sum();
    if (counted >= History.MOST_COUNTED) {
      session.note("of the newest " + counted + " executions; --since or --group narrows this");
    }
    if (in.form() == OutputForm.PROMETHEUS) {
      session.print(StatisticsView.prometheus(all, session.context()));
      return;
    }
    List<GroupStatistics> figures = all.stream().limit(query.limit()).toList();
    Answer.print(
        session,
        in,
        () -> StatisticsView.json(figures),
        style -> rows(session, in, figures, StatisticsView.table(figures, style)));
  }

  private static boolean narrowed(CommandInput in) {
    return List.of("group", "status", "since", "script", "user").stream().anyMatch(in::has);
  }

  private static History.Query query(Session session, CommandInput in, Instant now) {
    int limit = in.number("limit").orElse(20);
    if (limit < 1 || limit > 10_000) {
      throw CommandInput.notTaken(
          "--limit", String.valueOf(limit), "1 to 10000", "history --limit 50");
    }
    String group = in.option("group");
    if (group != null && !group.matches("[A-Za-z0-9._-]{1,128}")) {
      throw CommandInput.notTaken(
          "--group", group, "a scaling group's id", "history --group asg-bp1web");
    }
    return new History.Query(
        session.context().profile(),
        session.context().region(),
        group != null ? group : session.context().group(),
        status(in.option("status")),
        since(in.option("since"), now, "history --since 7d"),
        said(in, "script", "a script's name, or the beginning of its SHA-256", "deploy.sh"),
        said(in, "user", "a user's name, as show EXEC shows it", "ann"),
        limit);
  }

  private static @Nullable String status(@Nullable String typed) {
    if (typed == null || STATUSES.stream().anyMatch(typed::equalsIgnoreCase)) {
      return typed;
    }
    throw Problem.usage(
        "--status does not take \"" + typed + "\"",
        StrictCommandParser.didYouMean(typed, STATUSES, "it takes " + String.join(", ", STATUSES)),
        "history --status Failed");
  }

  private static @Nullable String said(CommandInput in, String flag, String takes, String example) {
    String text = in.option(flag);
    if (text != null && text.isBlank()) {
      throw Problem.usage(
          "--" + flag + " needs a value", "it takes " + takes, "history --" + flag + " " + example);
    }
    return text;
  }

  /**
   * @param line an example of the line that takes it
   */
  static @Nullable Instant since(@Nullable String text, Instant now, String line) {
    if (text == null) {
      return null;
    }
    Optional<Duration> span = CommandInput.time(text);
    if (span.isPresent()) {
      return now.minus(span.get());
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw CommandInput.notTaken(
          "--since",
          text,
          "a span such as 30m, 2h or 7d, or a UTC time such as 2026-03-04T05:06:07Z",
          line);
    }
  }
}
