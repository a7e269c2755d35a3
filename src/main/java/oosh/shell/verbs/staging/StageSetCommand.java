package oosh.shell.verbs.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.cloud.TemplateParameter;
import oosh.rollout.update.UpdateMethod;
import oosh.shell.Session;
import oosh.shell.StrictCommandParser;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.complete.TemplateLookup;
import oosh.shell.oneline.StagedChange;
import oosh.view.SessionStatusView;
import oosh.view.json.JsonInput;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** {@code stage set PARAMETER VALUE}: whatever the method's template declares. */
public final class StageSetCommand {
  private StageSetCommand() {}

  public static Verb verb() {
    return Verb.of("stage set", Verb.HelpSection.STAGE, "any other parameter of the template")
        .example(
            "stage set lifecycleState InService,Protected",
            "stage set updateType RenewUpdate",
            "stage set labels '{\"team\": \"web\"}'")
        .argument(
            "PARAMETER",
            WordCompleter.each(
                session -> parameters(TemplateLookup.cachedAndRefresh(session)),
                TemplateParameter::name,
                TemplateParameter::describe))
        .argument("VALUE", (session, before, prefix) -> values(session, before))
        .adds()
        .stages(
            (session, in) -> {
              TemplateParameter parameter = parameter(session, in.need(0));
              Object value = value(parameter, in.need(1));
              return StagedChange.of(
                  s -> s.withExtraParameter(parameter.name(), value),
                  () -> "staged " + parameter.name() + " " + SessionStatusView.value(value));
            });
  }

  private static Object value(TemplateParameter parameter, String text) {
    boolean json =
        parameter.type() == TemplateParameter.Type.OBJECT
            || (parameter.type() == TemplateParameter.Type.LIST && text.startsWith("["));
    return json
        ? parameter.json(text, JsonInput.of(parameter.name(), text))
        : parameter.value(text);
  }

  private static List<CompletionProposal> values(Session session, List<String> before) {
    return parameters(TemplateLookup.cachedAndRefresh(session)).stream()
        .filter(p -> p.name().equals(before.get(before.size() - 1)))
        .flatMap(
            p ->
                p.type() == TemplateParameter.Type.BOOLEAN
                    ? List.of("true", "false").stream()
                    : p.allowed().stream())
        .map(v -> WordCompleter.item(v, ""))
        .toList();
  }

  /**
   * The parameter of that name. What is remembered of the template may be older than the template,
   * so OOS is asked before it is said that there is none; where it cannot be asked, the parameters
   * that the public template had in 2024 are taken.
   */
  private static TemplateParameter parameter(Session session, String name) {
    UpdateMethod method = TemplateLookup.known(session);
    method
        .verb(name)
        .filter(verb -> method.declares(name))
        .ifPresent(
            verb -> {
              throw Problem.usage(
                  name + " has its own stage command", "oosh checks it there", verb);
            });
    Optional<TemplateParameter> known = find(method, name);
    UpdateMethod now = method;
    if (!method.usesOoshTemplate() && (known.isEmpty() || method.declared().isEmpty())) {
      try {
        now = TemplateLookup.reload(session, method);
      } catch (Problem p) {
        return known.orElseThrow(() -> p);
      }
    }
    session.updateMethodTemplate(now);
    return find(now, name).orElseThrow(notHere(now, name));
  }

  private static Optional<TemplateParameter> find(UpdateMethod method, String name) {
    return parameters(method).stream().filter(p -> p.name().equals(name)).findFirst();
  }

  /** With those of oosh's own template, which a launch uses in place of run-script's. */
  private static List<TemplateParameter> parameters(UpdateMethod method) {
    List<TemplateParameter> all = new ArrayList<>(method.otherParameters());
    if (method.equals(UpdateMethod.RUN_SCRIPT)) {
      UpdateMethod.RUN_SCRIPT_OOSH.otherParameters().stream()
          .filter(own -> all.stream().noneMatch(p -> p.name().equals(own.name())))
          .forEach(all::add);
    }
    return all;
  }

  private static Supplier<Problem> notHere(UpdateMethod method, String name) {
    List<String> known = parameters(method).stream().map(TemplateParameter::name).toList();
    return () ->
        Problem.refused(
            "stage set has no parameter \"" + name + "\"",
            known.isEmpty()
                ? "every parameter of this template has its own stage command"
                : "the parameters for stage set are "
                    + known.stream().limit(20).collect(Collectors.joining(", ")),
            StrictCommandParser.nearest(name, known)
                .map(n -> "stage set " + n + " VALUE")
                .orElse("stage set (Tab lists them)"));
  }
}
