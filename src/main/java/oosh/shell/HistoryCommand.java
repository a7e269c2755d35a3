package oosh.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import oosh.rollout.Entry;
import oosh.rollout.Journal;
import oosh.rollout.Problem;
import oosh.view.HistoryView;
import oosh.view.Json;
import org.jspecify.annotations.Nullable;

/** {@code history}: what was launched from here, or seen in OOS; from the journal alone. */
final class HistoryCommand {
  private HistoryCommand() {}

  static Verb verb(Session session) {
    return Verb.of("history", Verb.Heading.PAST, "what was launched from here or seen in OOS")
        .example("history", "history --status Failed --since 7d", "history --output json")
        .flag("group", 'g', "GROUP", "only on this group")
        .flag("status", 's', "STATUS", "only those that ended or are so")
        .values("status", Suggest.words("Running", "Waiting", "Success", "Failed", "Cancelled"))
        .flag("since", Verb.NO_LETTER, "TIME", "only since 2h, 7d or 2026-03-04T05:06:07Z")
        .flag("limit", 'l', "N", "at most N; 20 unless said otherwise")
        .does(
            in -> {
              int limit = in.number("limit").orElse(20);
              if (limit < 1 || limit > 10_000) {
                throw Problem.usage(
                    "--limit does not take " + limit, "it takes 1 to 10000", "history --limit 50");
              }
              Instant now = session.setting().pace().instant();
              String group = in.option("group");
              List<Entry> entries =
                  session
                      .journal()
                      .history(
                          new Journal.Query(
                              session.context().profile(),
                              session.context().region(),
                              group != null ? group : session.context().group(),
                              in.option("status"),
                              since(in.option("since"), now),
                              limit));
              session
                  .screen()
                  .out()
                  .println(
                      in.json()
                          ? Json.document(HistoryView.json(entries))
                          : HistoryView.table(entries, now, session.screen().style()));
              return 0;
            });
  }

  private static @Nullable Instant since(@Nullable String text, Instant now) {
    if (text == null) {
      return null;
    }
    if (text.matches("\\d{1,5}[mhd]")) {
      long n = Long.parseLong(text.substring(0, text.length() - 1));
      return now.minus(
          switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(n);
            case 'h' -> Duration.ofHours(n);
            default -> Duration.ofDays(n);
          });
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw Problem.usage(
          "--since does not take \"" + text + "\"",
          "it takes a span such as 30m, 2h or 7d, or a UTC time such as 2026-03-04T05:06:07Z",
          "history --since 7d");
    }
  }
}
