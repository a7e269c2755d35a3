package oosh.shell.verbs.staging;

import java.util.List;
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
        .example("unstage rollback", "unstage gate tcp 5432", "unstage --all")
        .optional("WHAT", (session, before, prefix) -> StagedParts.of(session.staging()))
        .several(
            "GATE",
            (session, before, prefix) ->
                before.get(1).equals(StagedParts.GATE)
                    ? StagedParts.gates(session.staging(), before.subList(2, before.size()))
                    : List.of())
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
                session.stage(UpdateSpec.EMPTY);
                return Answer.status(session, in, "nothing is staged");
              }
              if (in.argument(1).isPresent() && !in.need(0).equals(StagedParts.GATE)) {
                throw Problem.usage(
                    "unstage takes one name",
                    "only gate has words behind it, which name the gate",
                    "unstage " + in.need(0));
              }
              String what = String.join(" ", in.arguments());
              String staged =
                  in.argument(1).isPresent()
                      ? StagedParts.described(session.staging())
                      : StagedParts.names(session.staging());
              UpdateSpec next =
                  StagedParts.without(session.staging(), what)
                      .orElseThrow(
                          () ->
                              Problem.refused(
                                  what + " is not staged",
                                  staged.isEmpty() ? "nothing is" : "staged are " + staged,
                                  "show"));
              session.files().remove(what);
              session.stage(next);
              return Answer.status(session, in, "unstaged " + what);
            });
  }
}
