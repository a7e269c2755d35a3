package oosh.shell.verbs.staging;

import java.time.Duration;
import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.update.CommandType;
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
                session.stage(UpdateSpec.EMPTY);
                session.files().clear();
                return Answer.standing(session, in, "nothing is staged");
              }
              String what = in.need(0);
              if (StagedParts.of(session.staging()).stream()
                  .noneMatch(p -> p.value().equals(what))) {
                throw Problem.usage(
                    what + " is not staged",
                    session.staging().count() == 0
                        ? "nothing is"
                        : "staged are " + StagedParts.names(session.staging()),
                    "show");
              }
              session.stage(without(session.staging(), what));
              session.files().remove(what);
              return Answer.standing(session, in, "unstaged " + what);
            });
  }

  private static UpdateSpec without(UpdateSpec s, String what) {
    return switch (what) {
      case "script" -> s.withScript(null, CommandType.SHELL);
      case "rollback" -> s.withRollbackScript(null);
      case "batch" -> s.withBatches(null).withStrategy(s.strategy().withoutSteps());
      case "pause" ->
          s.withPause(null).withStrategy(s.strategy().withWaitBetweenBatches(Duration.ZERO));
      case "only" -> s.withStrategy(s.strategy().withOnlyInstances(List.of()));
      case "max-errors" -> s.withStrategy(s.strategy().withMaxErrors(""));
      case "on-failure" -> s.withOnFailure(null);
      case "role" -> s.withRole("");
      case "suspend" -> s.withSuspension(null);
      default ->
          s.payloads().stream()
              .filter(p -> p.word().equals(what))
              .findFirst()
              .map(s::withoutPayload)
              .orElseGet(() -> s.withExtraParameter(what, null));
    };
  }
}
