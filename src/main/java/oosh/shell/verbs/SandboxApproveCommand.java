package oosh.shell.verbs;

import oosh.rollout.Problem;
import oosh.shell.Answer;
import oosh.shell.JsonAnswer;
import oosh.shell.SandboxControl;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.complete.ApprovalCompleter;

/** {@code sandbox approve}: plays another person, where a shell has one person's keys only. */
final class SandboxApproveCommand {
  private SandboxApproveCommand() {}

  static Verb verb() {
    return Verb.of(
            "sandbox approve",
            Verb.HelpSection.SHELL,
            "answer an execution that waits for approval, as another user would")
        .example(
            "sandbox approve exec-6f1c0b3a9d2e4f58 --as alice",
            "sandbox approve exec-6f1c0b3a9d2e4f58 --as bob --reject -m \"not today\"")
        .argument("EXEC", ApprovalCompleter.WAITING)
        .whenTyped(ApprovalCompleter::read)
        .flag("as", "NAME", "one of those who may approve")
        .values("as", WordCompleter.NOTHING)
        .flag("reject", null, "reject it instead")
        .flag("message", 'm', "TEXT", "what OOS keeps with it")
        .withoutJournal()
        .answers(JsonAnswer.MESSAGE)
        .does(
            (session, in) -> {
              String id = in.need(0);
              String user = in.option("as", "");
              if (user.isEmpty()) {
                throw Problem.usage(
                    "sandbox approve needs a name",
                    "--as says who answers",
                    in.line("as", "alice"));
              }
              SandboxControl sandbox = session.backends().sandboxControl();
              boolean rejects = in.has("reject");
              sandbox.answerApproval(id, user, !rejects, in.option("message", ""));
              return Answer.message(
                  session, in, "%s has %s %s", user, rejects ? "rejected" : "approved", id);
            });
  }
}
