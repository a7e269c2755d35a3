package oosh.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.Staging;
import oosh.view.Ages;
import oosh.view.PayloadView;
import oosh.view.StagingView;

/** {@code unstage X}, {@code unstage --all}. */
final class UnstageCommand {
  private UnstageCommand() {}

  static Verb verb(Session session) {
    return Verb.of("unstage", Verb.Heading.STAGE, "take back what was staged")
        .example("unstage rollback", "unstage --all")
        .optional("WHAT", (before, prefix) -> staged(session.staging()))
        .flag("all", 'a', null, "everything")
        .does(
            in -> {
              if (in.has("all") == in.argument(0).isPresent()) {
                throw Problem.usage(
                    "unstage takes one name, or --all",
                    in.has("all") ? "both were given" : "neither was given",
                    "unstage --all");
              }
              if (in.has("all")) {
                session.stage(Staging.EMPTY);
                session.files().clear();
                return Answer.standing(session, in, "nothing is staged");
              }
              String what = in.need(0);
              if (staged(session.staging()).stream().noneMatch(p -> p.value().equals(what))) {
                throw Problem.usage(
                    what + " is not staged",
                    session.staging().count() == 0
                        ? "nothing is"
                        : "staged are " + names(session.staging()),
                    "show");
              }
              session.stage(without(session.staging(), what));
              session.files().remove(what);
              return Answer.standing(session, in, "unstaged " + what);
            });
  }

  private static Staging without(Staging s, String what) {
    return switch (what) {
      case "script" -> s.withScript(null, null);
      case "rollback" -> s.withRollbackScript(null);
      case "batch" -> s.withBatches(null).withTuning(s.tuning().withoutSteps());
      case "pause" -> s.withPause(null).withTuning(s.tuning().withBetween(Duration.ZERO));
      case "only" -> s.withTuning(s.tuning().withOnly(List.of()));
      case "max-errors" -> s.withTuning(s.tuning().withMaxErrors(""));
      case "on-failure" -> s.withOnFailure(null);
      case "role" -> s.withRole(null);
      case "suspend" -> s.withSuspend(null);
      default ->
          s.payloads().stream()
              .filter(p -> p.word().equals(what))
              .findFirst()
              .map(s::withoutPayload)
              .orElseGet(() -> s.withOther(what, null));
    };
  }

  /** {@code script, rollback, batch}; "" if nothing is staged. */
  static String names(Staging s) {
    return staged(s).stream().map(Suggest.Proposal::value).collect(Collectors.joining(", "));
  }

  private static List<Suggest.Proposal> staged(Staging s) {
    List<Suggest.Proposal> names = new ArrayList<>();
    add(names, "script", s.script() == null ? null : s.script().name());
    add(names, "rollback", s.rollbackScript() == null ? null : s.rollbackScript().name());
    add(
        names,
        "batch",
        s.batches() != null
            ? s.batches().words()
            : s.tuning().steps().isEmpty() ? null : String.join(",", s.tuning().steps()));
    add(
        names,
        "pause",
        s.pause() != null
            ? s.pause().option()
            : s.tuning().between().isZero() ? null : Ages.span(s.tuning().between()));
    add(names, "only", s.tuning().only().isEmpty() ? null : String.join(", ", s.tuning().only()));
    add(names, "max-errors", s.tuning().maxErrors().isEmpty() ? null : s.tuning().maxErrors());
    add(names, "on-failure", s.onFailure() == null ? null : s.onFailure().option());
    add(names, "role", s.role());
    add(names, "suspend", s.suspend() == null ? null : s.suspend().text());
    s.payloads().forEach(p -> add(names, p.word(), PayloadView.what(p, s.other())));
    s.loose().forEach((name, value) -> add(names, name, StagingView.value(value)));
    return names;
  }

  private static void add(
      List<Suggest.Proposal> names, String name, @org.jspecify.annotations.Nullable String value) {
    if (value != null) {
      names.add(new Suggest.Proposal(name, value));
    }
  }
}
