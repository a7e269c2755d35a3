package oosh.shell.verbs.context;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.complete.CatalogueCompleter;
import oosh.shell.complete.TemplateLookup;
import oosh.shell.oneline.StagedChange;
import oosh.shell.place.ContextOrigins;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** {@code use method METHOD}, {@code use method template NAME[@VERSION]}. */
public final class UseMethodCommand {
  private UseMethodCommand() {}

  public static Verb verb() {
    return Verb.of("use method", Verb.HelpSection.CONTEXT, "how to update")
        .example(
            "use method run-script",
            "use method replace-image",
            "use method template my-rolling-update",
            "use method template my-rolling-update@v2")
        .argument("METHOD", new WordCompleter.Fixed(UseMethodCommand::methods, false))
        .optional("NAME[@VERSION]", (session, before, prefix) -> templates(session, before))
        .stages(UseMethodCommand::change)
        .does(
            (session, in) -> {
              Answer.staged(session, in, change(session, in));
              ContextOrigins.of(session).chosen(session, ContextOrigins.Part.METHOD);
              UpdateMethod method = session.context().method();
              UpdateSpec staging = session.staging();
              String idle = staging.unsupportedBy(staging.contextOf(session.context()).method());
              if (!idle.isEmpty()) {
                session.note("kept, although " + method.word() + " cannot do it: " + idle);
                session.note("next: " + session.staging().withoutBeyond(method));
              }
              return 0;
            });
  }

  public static String answer(UpdateMethod method) {
    return "method " + method.word() + ": " + method.sentence();
  }

  private static List<CompletionProposal> methods() {
    List<CompletionProposal> all = new ArrayList<>();
    UpdateMethod.KNOWN.forEach(m -> all.add(WordCompleter.item(m.word(), m.sentence())));
    all.add(
        WordCompleter.item(
            UpdateMethod.TEMPLATE, "any other template that updates scaling groups, by its name"));
    return all;
  }

  /** Those that were used here before, and the account's own: Tab does not ask OOS. */
  private static List<CompletionProposal> templates(Session session, List<String> before) {
    if (!before.get(before.size() - 1).equals(UpdateMethod.TEMPLATE)) {
      return List.of();
    }
    Context at = session.context();
    Map<String, CompletionProposal> all = new LinkedHashMap<>();
    session.choices().templates(at.profile(), at.region()).stream()
        .filter(
            name ->
                UpdateMethod.KNOWN.stream()
                    .noneMatch(m -> name.replaceFirst("@.*", "").equals(m.template())))
        .forEach(name -> all.put(name, WordCompleter.item(name, "")));
    CatalogueCompleter.of(session)
        .templates()
        .forEach(t -> all.put(t.value(), CatalogueCompleter.proposal(t)));
    return List.copyOf(all.values());
  }

  private static UpdateMethod method(CommandInput in) {
    boolean other = in.need(0).equals(UpdateMethod.TEMPLATE);
    if (other && in.argument(1).isEmpty()) {
      throw Problem.usage(
          "use method template needs a template's name",
          "none was given",
          "use method template NAME, or NAME@v2 for a version");
    }
    if (!other && in.argument(1).isPresent()) {
      throw Problem.usage(
          "use method " + in.need(0) + " takes no more words",
          "\"" + in.need(1) + "\" was given",
          "use method template " + in.need(1));
    }
    String word = other ? UpdateMethod.TEMPLATE + " " + in.need(1) : in.need(0);
    UpdateMethod method =
        UpdateMethod.of(word)
            .orElseThrow(
                () ->
                    Problem.usage(
                        "there is no method \"" + in.need(0) + "\"",
                        UpdateMethod.KNOWN.stream()
                            .map(UpdateMethod::word)
                            .collect(Collectors.joining(", ", "oosh has ", ", and template NAME")),
                        "use method run-script"));
    // One of the public ones goes by its word: oosh knows what it does.
    return UpdateMethod.KNOWN.stream()
        .filter(m -> !m.usesOoshTemplate() && m.template().equals(method.template()))
        .filter(m -> method.version().isEmpty())
        .findFirst()
        .orElse(method);
  }

  private static StagedChange change(Session session, CommandInput in) {
    UpdateMethod method = method(in);
    boolean atHand =
        !method.runsOnlyScript() && TemplateLookup.known(session, method).declared().isPresent();
    UpdateMethod known = TemplateLookup.forPlan(session, method, session::note);
    if (known.isUserTemplate()) {
      known.declared().ifPresent(t -> t.forGroups());
    }
    return new StagedChange(
        s -> {
          s.move(s.context().withMethod(known), s.group());
          if (atHand) {
            TemplateLookup.refresh(s);
          }
          CatalogueCompleter.of(s).refresh();
        },
        () -> answer(known));
  }
}
