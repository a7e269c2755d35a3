package oosh.shell.verbs.notify;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.notice.Notice;
import oosh.rollout.notice.NoticeKind;
import oosh.rollout.notice.NoticeTarget;
import oosh.rollout.notice.Notices;
import oosh.rollout.notice.Outbox;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.view.notice.NoticeView;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** {@code notify add|list|test|remove}: who is told how executions end. */
public final class NotifyCommand {
  private static final String KINDS = "webhook|dingtalk|feishu|slack";

  /** Completes the name of a notice. */
  public static final WordCompleter NAMES = NotifyCommand::names;

  private NotifyCommand() {}

  public static Verb add() {
    return Verb.of(
            "notify add",
            Verb.HelpSection.SHELL,
            "tell a chat or a service how executions end; its address is asked, never typed here")
        .example("notify add team --kind dingtalk", "notify add ci --kind webhook < two-lines")
        .argument("NAME", WordCompleter.NOTHING)
        .flag("kind", "KIND", "what receives it: webhook, dingtalk, feishu or slack")
        .values("kind", WordCompleter.words(KINDS.split("\\|", -1)))
        .writes(in -> Optional.of("add a notice, and send what executions do to its address"))
        .answers(JsonAnswer.NOTICES)
        .does(NotifyCommand::add);
  }

  public static Verb list() {
    return Verb.of(
            "notify list",
            Verb.HelpSection.SHELL,
            "who is told how executions end, and whether that has arrived")
        .example("notify list")
        .answers(JsonAnswer.NOTICES)
        .does(
            (session, in) -> {
              Notices notices = session.backends().notices();
              List<NoticeTarget> all = notices.targets().all();
              List<Outbox.Deliveries> deliveries =
                  all.isEmpty() ? List.of() : notices.outbox().deliveries();
              return Answer.print(
                  session,
                  in,
                  () -> NoticeView.json(all, deliveries),
                  style -> NoticeView.table(all, deliveries, session.now(), style));
            });
  }

  public static Verb test() {
    return Verb.of("notify test", Verb.HelpSection.SHELL, "send a test notice now")
        .example("notify test team")
        .argument("NAME", NAMES)
        .writes(in -> Optional.of("send a test to the notice " + in.need(0)))
        .answers(JsonAnswer.MESSAGE)
        .does(
            (session, in) -> {
              NoticeTarget target = session.backends().notices().targets().need(in.need(0));
              Notice notice =
                  Notice.test(session.author(), session.backends().tokens().get(), session.now());
              Optional<String> failure =
                  session.backends().notices().sender().send(target, notice, session.now());
              if (failure.isPresent()) {
                throw Problem.refused(
                    "the test for " + target.name() + " has not arrived",
                    target.masked(failure.get()),
                    "notify add "
                        + target.name()
                        + " --kind "
                        + target.kind().word()
                        + ", if its address has changed");
              }
              return Answer.message(
                  session, in, "%s has taken the test, event %s", target.name(), notice.id());
            });
  }

  public static Verb remove() {
    return Verb.of("notify remove", Verb.HelpSection.SHELL, "tell one of them nothing any more")
        .example("notify remove team")
        .argument("NAME", NAMES)
        .writes(in -> Optional.of("remove the notice " + in.need(0)))
        .answers(JsonAnswer.MESSAGE)
        .does(
            (session, in) -> {
              Notices notices = session.backends().notices();
              NoticeTarget target = notices.targets().need(in.need(0));
              notices.targets().remove(target.name());
              notices.outbox().forget(target.name());
              return Answer.message(session, in, "%s is told nothing any more", target.name());
            });
  }

  private static int add(Session session, CommandInput in) {
    String name = NoticeTarget.checkedName(in.need(0));
    String typed = in.option("kind");
    if (typed == null) {
      throw Problem.usage(
          "notify add needs --kind", "it decides the form of what is sent", in.line("kind", KINDS));
    }
    NoticeKind kind =
        CommandInput.taken(
            NoticeKind.of(typed), "--kind", typed, KINDS, in.line("kind", "webhook"));
    Notices notices = session.backends().notices();
    boolean known = notices.targets().named(name).isPresent();
    URI address =
        NoticeTarget.checkedAddress(
            name, asked(session, "address of " + name + " (https://…, not shown): "));
    String secret =
        kind.signs()
            ? NoticeTarget.checkedSecret(
                name, kind, asked(session, "its signing secret, or nothing (not shown): "))
            : "";
    NoticeTarget target = new NoticeTarget(name, kind, address, secret);
    notices.targets().add(target);
    List<NoticeTarget> alone = List.of(target);
    String signed =
        target.isSigned() ? "signed" : kind.signs() ? "not signed" : "not signed, as Slack has it";
    return Answer.print(
        session,
        in,
        () -> NoticeView.json(alone, List.of()),
        style ->
            style.wrapped(
                name
                    + " is "
                    + (known ? "now " : "")
                    + target.shortened()
                    + ", "
                    + signed
                    + "; next: notify test "
                    + name));
  }

  /** "" at the end of the input: the address is refused then, and a secret is none. */
  private static String asked(Session session, String question) {
    String typed = session.screen().secret(question);
    return typed == null ? "" : typed;
  }

  private static List<CompletionProposal> names(
      Session session, List<String> before, String prefix) {
    try {
      return session.backends().notices().targets().all().stream()
          .map(t -> WordCompleter.item(t.name(), NoticeView.candidate(t)))
          .toList();
    } catch (Problem p) {
      return List.of();
    }
  }
}
