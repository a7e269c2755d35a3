package oosh.shell.verbs.hold;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import oosh.rollout.Problem;
import oosh.rollout.hold.FreezeWindow;
import oosh.rollout.hold.GroupLock;
import oosh.rollout.hold.Restrictions;
import oosh.rollout.hold.TimeWindow;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.verbs.planning.HoldCheck;
import oosh.view.hold.FreezeView;
import oosh.view.text.TextSanitizer;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** {@code freeze add|list|remove}: times in which nothing is launched. */
public final class FreezeCommand {
  private static final String EXAMPLE = "freeze add 'Fri 18:00 - Mon 08:00'";

  private FreezeCommand() {}

  public static Verb add() {
    return Verb.of("freeze add", Verb.HelpSection.ROLLOUT, "refuse launches at certain times")
        .example(
            EXAMPLE + " --zone Asia/Shanghai -m \"no changes at the weekend\"",
            "freeze add 'Mon-Fri 12:00-13:00' --groups 'web-*'",
            "freeze add '22:00 - 06:00'",
            "freeze add '2026-12-24 00:00 - 2026-12-27 08:00'")
        .argument("WINDOW", WordCompleter.words("'Fri 18:00 - Mon 08:00'", "'22:00 - 06:00'"))
        .flag("groups", "PATTERN", "only on groups whose id or name fits, as web-*")
        .flag("zone", "ZONE", "whose clock counts, as Asia/Shanghai; else this system's")
        .values(
            "zone",
            WordCompleter.each(
                session -> List.copyOf(new TreeSet<>(ZoneId.getAvailableZoneIds())),
                zone -> zone,
                zone -> ""))
        .flag("message", 'm', "REASON", "why: other users read it")
        .changes()
        .answers(JsonAnswer.FREEZES)
        .does(FreezeCommand::add);
  }

  public static Verb list() {
    return Verb.of(
            "freeze list", Verb.HelpSection.ROLLOUT, "the freeze windows, and what is in force")
        .example("freeze list")
        .answers(JsonAnswer.FREEZES)
        .does(
            (session, in) -> {
              List<FreezeWindow> all = restrictions(session).freezes();
              return Answer.print(
                  session,
                  in,
                  () -> FreezeView.json(all, restrictions(session).now()),
                  style -> FreezeView.table(all, restrictions(session).now(), style));
            });
  }

  public static Verb remove() {
    return Verb.of("freeze remove", Verb.HelpSection.ROLLOUT, "remove a freeze window")
        .example("freeze remove 1", "freeze remove 1 -y")
        .argument("NUMBER", FreezeCommand::numbers)
        .flag("yes", 'y', null, "do not ask")
        .changes()
        .answers(JsonAnswer.MESSAGE)
        .does(FreezeCommand::remove);
  }

  private static int add(Session session, CommandInput in) {
    TimeWindow times = FreezeWindow.times(in.need(0));
    String message = in.option("message");
    String reason =
        message == null
            ? ""
            : GroupLock.checkedReason("-m", message, in.line("message", "no changes"));
    FreezeWindow wanted =
        new FreezeWindow(
            0,
            times,
            zone(in),
            FreezeWindow.checkedGroups(
                in.option("groups", FreezeWindow.ALL), in.line("groups", "web-*")),
            HoldCheck.self(session),
            reason,
            restrictions(session).now());
    if (wanted.isOver(restrictions(session).now())) {
      throw Problem.usage(
          "nothing would be frozen", "\"" + times.text() + "\" is over already", EXAMPLE);
    }
    FreezeWindow added = restrictions(session).add(wanted);
    return Answer.say(
        session,
        in,
        FreezeView.json(List.of(added), restrictions(session).now()),
        TextSanitizer.sentence(
            "%s is kept, %s: %s",
            added.name(),
            added.groups().equals(FreezeWindow.ALL)
                ? "for every group"
                : "for groups like " + added.groups(),
            FreezeView.state(added, restrictions(session).now())));
  }

  private static ZoneId zone(CommandInput in) {
    String typed = in.option("zone");
    if (typed == null) {
      return ZoneId.systemDefault();
    }
    try {
      return ZoneId.of(typed);
    } catch (DateTimeException e) {
      throw CommandInput.notTaken(
          "--zone",
          typed,
          "the name of a time zone, such as Asia/Shanghai or UTC",
          in.line("zone", "Asia/Shanghai"));
    }
  }

  private static int remove(Session session, CommandInput in) {
    long number = in.wholeNumber("freeze remove", in.need(0));
    if (!in.has("yes")) {
      session.requireYes(
          question(session, number), "-y", "freeze " + number + " stays", in.line() + " -y");
    }
    if (!restrictions(session).removeFreeze(number)) {
      throw none(number);
    }
    return Answer.message(session, in, "freeze %d is removed", number);
  }

  /** One that cannot be read is removed by its number alone. */
  private static String question(Session session, long number) {
    List<FreezeWindow> all;
    try {
      all = restrictions(session).freezes();
    } catch (Problem unread) {
      return "remove freeze " + number + " without a look at it: one cannot be read? [y/N] ";
    }
    return all.stream()
        .filter(w -> w.number() == number)
        .findFirst()
        .map(
            w ->
                TextSanitizer.sentence(
                    "remove %s, made by %s, %s? [y/N] ",
                    w.name(), w.author().text(), FreezeView.state(w, restrictions(session).now())))
        .orElseThrow(() -> none(number));
  }

  private static Problem none(long number) {
    return Problem.refused(
        "there is no freeze " + number, "the journal does not have that number", "freeze list");
  }

  private static List<CompletionProposal> numbers(
      Session session, List<String> before, String prefix) {
    return restrictions(session).freezes().stream()
        .map(
            w ->
                WordCompleter.item(
                    String.valueOf(w.number()), TextSanitizer.line(w.times().text())))
        .toList();
  }

  private static Restrictions restrictions(Session session) {
    return session.journal().restrictions();
  }
}
