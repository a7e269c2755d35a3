package oosh.shell;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.OnFailure;
import oosh.rollout.update.Approval;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Gate;
import oosh.rollout.update.Gates;
import oosh.rollout.update.ProcessSuspension;
import oosh.rollout.update.Script;
import oosh.rollout.update.TargetFilter;
import oosh.rollout.update.UpdateSpec;
import oosh.view.PayloadView;
import oosh.view.SessionStatusView;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** The parts of the staged update, by the names that the user reads and types. */
public final class StagedParts {
  /**
   * @param value the part as text; "" where it is not staged
   * @param without the update without it
   */
  private record Part(
      String name, Function<UpdateSpec, String> value, UnaryOperator<UpdateSpec> without) {}

  public static final String GATE = "gate";

  private static final List<Part> PARTS =
      List.of(
          new Part(
              "script",
              s -> text(s.script(), Script::name),
              s -> s.withScript(null, CommandType.SHELL)),
          new Part(
              "rollback",
              s -> text(s.rollbackScript(), Script::name),
              s -> s.withRollbackScript(null)),
          new Part(
              "batch",
              s ->
                  s.batches() == null
                      ? String.join(",", s.strategy().steps())
                      : text(s.batches(), BatchSizing::words),
              s -> s.withBatches(null).withStrategy(s.strategy().withoutSteps())),
          new Part(
              "pause",
              s ->
                  s.pause() == null && !s.strategy().waitBetweenBatches().isZero()
                      ? TimeText.span(s.strategy().waitBetweenBatches())
                      : text(s.pause(), BatchPause::option),
              s ->
                  s.withPause(null)
                      .withStrategy(s.strategy().withWaitBetweenBatches(Duration.ZERO))),
          new Part(
              "only",
              s -> s.strategy().only().words(),
              s -> s.withStrategy(s.strategy().withOnly(TargetFilter.NONE))),
          new Part(
              "first",
              s -> String.join(", ", s.strategy().first()),
              s -> s.withStrategy(s.strategy().withFirst(List.of()))),
          new Part(
              "max-errors",
              s -> s.strategy().maxErrors(),
              s -> s.withStrategy(s.strategy().withMaxErrors(""))),
          new Part(
              "approval",
              s -> s.strategy().needsApproval().map(Approval::words).orElse(""),
              s -> s.withStrategy(s.strategy().withApproval(null))),
          new Part(
              "on-failure",
              s -> s.gates().rollsBack() ? "rollback" : text(s.onFailure(), OnFailure::option),
              s -> s.withOnFailure(null).withGates(s.gates().withRollback(false))),
          new Part(
              "drain",
              s -> s.gates().drain().isZero() ? "" : TimeText.span(s.gates().drain()),
              s -> s.withGates(s.gates().withDrain(Duration.ZERO))),
          new Part(
              "bake",
              s -> s.gates().bake().isZero() ? "" : TimeText.span(s.gates().bake()),
              s -> s.withGates(s.gates().withBake(Duration.ZERO))),
          new Part(
              GATE,
              s -> s.gates().gates().stream().map(Gate::name).collect(Collectors.joining(", ")),
              s -> s.withGates(s.gates().withoutGates())),
          new Part("role", UpdateSpec::role, s -> s.withRole("")),
          new Part(
              "suspend",
              s -> text(s.suspension(), ProcessSuspension::text),
              s -> s.withSuspension(null)));

  private StagedParts() {}

  private static <T> String text(@Nullable T part, Function<T, String> text) {
    return part == null ? "" : text.apply(part);
  }

  private static Stream<Part> staged(UpdateSpec spec) {
    return Stream.of(
            PARTS.stream(),
            spec.payloads().stream()
                .map(
                    p ->
                        new Part(
                            p.word(),
                            s -> PayloadView.what(p, s.extraParameters()),
                            s -> s.withoutPayload(p))),
            spec.parametersWithoutVerb().entrySet().stream()
                .map(
                    e ->
                        new Part(
                            e.getKey(),
                            s -> SessionStatusView.value(e.getValue()),
                            s -> s.withExtraParameter(e.getKey(), null))))
        .flatMap(parts -> parts)
        .filter(p -> !p.value().apply(spec).isEmpty());
  }

  /** {@code script, rollback, batch}; "" if nothing is staged. */
  public static String names(UpdateSpec spec) {
    return staged(spec).map(Part::name).collect(Collectors.joining(", "));
  }

  /** {@code script deploy.sh, batch 2}; "" if nothing is staged. */
  public static String described(UpdateSpec spec) {
    return staged(spec)
        .map(p -> p.name() + " " + p.value().apply(spec))
        .collect(Collectors.joining(", "));
  }

  /** What is staged as text, by the names that {@code unstage} takes. */
  public static Map<String, String> values(UpdateSpec spec) {
    Map<String, String> values = new LinkedHashMap<>();
    staged(spec).forEach(p -> values.put(p.name(), p.value().apply(spec)));
    return values;
  }

  /** What is staged, by the names that {@code unstage} takes. */
  public static List<CompletionProposal> of(UpdateSpec spec) {
    return staged(spec)
        .map(p -> new CompletionProposal(p.name()).description(p.value().apply(spec)))
        .toList();
  }

  /** The staged gates by kind, then by what those of the kind ask. */
  public static List<CompletionProposal> gates(UpdateSpec spec, List<String> kind) {
    return spec.gates().gates().stream()
        .filter(g -> kind.isEmpty() || kind.equals(List.of(g.kind().word())))
        .map(
            g ->
                new CompletionProposal(kind.isEmpty() ? g.kind().word() : g.subject())
                    .description(kind.isEmpty() ? g.subject() : ""))
        .filter(p -> !p.value().isEmpty())
        .toList();
  }

  /**
   * The update without the part of that name; empty if the part is not staged.
   *
   * @param name may go on behind {@code gate} with the kind or the name of a gate
   */
  public static Optional<UpdateSpec> without(UpdateSpec spec, String name) {
    if (name.startsWith(GATE + " ")) {
      Gates rest = spec.gates().without(name.substring(GATE.length() + 1));
      return Optional.of(spec.withGates(rest)).filter(s -> !rest.equals(spec.gates()));
    }
    return staged(spec)
        .filter(p -> p.name().equals(name))
        .findFirst()
        .map(p -> p.without().apply(spec));
  }
}
