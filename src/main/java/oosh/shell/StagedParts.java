package oosh.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import oosh.rollout.update.UpdateSpec;
import oosh.view.PayloadView;
import oosh.view.SessionStatusView;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** The names of what is staged, as the user reads and types them. */
public final class StagedParts {
  private StagedParts() {}

  /** {@code script, rollback, batch}; "" if nothing is staged. */
  public static String names(UpdateSpec s) {
    return of(s).stream().map(CompletionProposal::value).collect(Collectors.joining(", "));
  }

  /** What is staged, by the names that {@code unstage} takes. */
  public static List<CompletionProposal> of(UpdateSpec s) {
    List<CompletionProposal> names = new ArrayList<>();
    add(names, "script", s.script() == null ? null : s.script().name());
    add(names, "rollback", s.rollbackScript() == null ? null : s.rollbackScript().name());
    add(
        names,
        "batch",
        s.batches() != null
            ? s.batches().words()
            : s.strategy().steps().isEmpty() ? null : String.join(",", s.strategy().steps()));
    add(
        names,
        "pause",
        s.pause() != null
            ? s.pause().option()
            : s.strategy().waitBetweenBatches().isZero()
                ? null
                : TimeText.span(s.strategy().waitBetweenBatches()));
    add(
        names,
        "only",
        s.strategy().onlyInstances().isEmpty()
            ? null
            : String.join(", ", s.strategy().onlyInstances()));
    add(names, "max-errors", s.strategy().maxErrors().isEmpty() ? null : s.strategy().maxErrors());
    add(names, "on-failure", s.onFailure() == null ? null : s.onFailure().option());
    add(names, "role", s.role().isEmpty() ? null : s.role());
    add(names, "suspend", s.suspension() == null ? null : s.suspension().text());
    s.payloads().forEach(p -> add(names, p.word(), PayloadView.what(p, s.extraParameters())));
    s.parametersWithoutVerb()
        .forEach((name, value) -> add(names, name, SessionStatusView.value(value)));
    return names;
  }

  private static void add(List<CompletionProposal> names, String name, @Nullable String value) {
    if (value != null) {
      names.add(new CompletionProposal(name).description(value));
    }
  }
}
