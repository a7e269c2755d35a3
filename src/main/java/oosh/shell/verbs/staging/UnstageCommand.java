package oosh.shell.verbs.staging;

import oosh.rollout.Problem;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Answer;
import oosh.shell.StagedParts;
import oosh.shell.Verb;

/** {@code unstage X}, {@code unstage --all}. */
public final class UnstageCommand {
  private UnstageCommand() {}

  public static Verb verb() {
    return Verb.of("unstage", Verb.HelpSection.STAGE, "take back what was staged")
        .example("unstage rollback", "unstage --all")
        .optional("WHAT", (session, before, prefix) -> StagedParts.of(session.staging()))
        .flag("all", 'a', null, "everything")
        .does(
            (session, in) -> {
              if (in.has("all") == in.argument(0).isPresent()) {
                throw Problem.usage(
                    "unstage takes one name, or --all",
                    in.has("all") ? "both were given" : "neither was given",
                    "unstage --all");
              }
              if (in.has("all")) {
                session.files().clear();
                return Answer.staged(session, in, s -> UpdateSpec.EMPTY, "nothing is staged");
              }
              String what = in.need(0);
              String staged = StagedParts.names(session.staging());
              UpdateSpec next =
                  StagedParts.without(session.staging(), what)
                      .orElseThrow(
                          () ->
                              Problem.refused(
                                  what + " is not staged",
                                  staged.isEmpty() ? "nothing is" : "staged are " + staged,
                                  "show"));
              session.files().remove(what);
              return Answer.staged(session, in, s -> next, "unstaged " + what);
            });
  }
}
