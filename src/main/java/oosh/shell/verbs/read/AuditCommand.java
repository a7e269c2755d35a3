package oosh.shell.verbs.read;

import java.util.List;
import oosh.rollout.audit.AuditEntry;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.JsonAnswer;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.complete.PastValues;
import oosh.view.audit.AuditView;

/** {@code audit}: who did what to which group, of every profile and region. */
public final class AuditCommand {
  private static final int USUAL = 50;
  private static final int MOST = 10_000;

  private AuditCommand() {}

  public static Verb verb() {
    return Verb.of("audit", Verb.HelpSection.PAST, "who did what, in lines that are never changed")
        .example("audit", "audit --since 2d --group asg-bp1web", "audit --limit 1000 --output tsv")
        .flag("since", "TIME", "only since 2h, 7d or 2026-03-04T05:06:07Z")
        .values("since", WordCompleter.words("1h", "24h", "7d", "30d", "90d"))
        .flag("group", 'g', "GROUP", "only what was done to this group")
        .values("group", PastValues.GROUPS)
        .flag("limit", 'l', "N", "at most N; 50 by default, with --since 10000")
        .answers(JsonAnswer.AUDIT)
        .does(
            (session, in) -> {
              // What is asked for by its time is wanted whole.
              int limit = in.number("limit").orElse(in.has("since") ? MOST : USUAL);
              if (limit < 1 || limit > MOST) {
                throw CommandInput.notTaken(
                    "--limit", String.valueOf(limit), "1 to " + MOST, "audit --limit 50");
              }
              List<AuditEntry> found =
                  session
                      .journal()
                      .audit()
                      .newest(
                          HistoryCommand.since(
                              in.option("since"), session.now(), "audit --since 7d"),
                          in.option("group"),
                          limit + 1);
              boolean isCut = found.size() > limit;
              List<AuditEntry> lines = isCut ? found.subList(0, limit) : found;
              if (isCut) {
                session.note(
                    "older lines are left out; --limit takes up to "
                        + MOST
                        + ", --group shows fewer");
              }
              return Answer.print(
                  session,
                  in,
                  () -> AuditView.json(lines),
                  style ->
                      lines.isEmpty()
                          ? "nothing is in the audit trail"
                              + (in.has("since") || in.has("group") ? " that matches" : " yet")
                          : AuditView.table(lines, session.now(), style));
            });
  }
}
