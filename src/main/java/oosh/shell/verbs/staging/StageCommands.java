package oosh.shell.verbs.staging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import oosh.rollout.OnFailure;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.ProcessSuspension;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.complete.CatalogueCompleter;
import oosh.shell.complete.FileCompleter;
import oosh.shell.oneline.StagedChange;
import oosh.view.GateView;
import oosh.view.SessionStatusView;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** {@code stage …}: what the next launch takes along. */
public final class StageCommands {
  private StageCommands() {}

  public static Verb script() {
    return Verb.of("stage script", Verb.HelpSection.STAGE, "the script to run on every instance")
        .example("stage script deploy.sh", "stage script setup.ps1 --type powershell")
        .argument("FILE", FileCompleter.ANY)
        .flag("type", 't', "shell|bat|powershell", "what runs it; shell by default")
        .values("type", WordCompleter.words("shell", "bat", "powershell"))
        .stages(
            (session, in) -> {
              String word = in.option("type", CommandType.SHELL.option());
              String next = "stage script " + in.need(0) + " --type shell";
              CommandType type =
                  CommandInput.taken(
                      CommandType.of(word), "--type", word, "shell, bat or powershell", next);
              Script script = StagedFileReader.script(session, "script", in.need(0));
              if (session.screen().repaints()) {
                session.backends().prefetchScriptFindings(script, type);
              }
              return StagedChange.of(
                  s -> s.withScript(script, type),
                  () ->
                      SessionStatusView.stagedScript(script, type.word())
                          + StagePayloadCommands.hint(
                              session, m -> m.runsScript(), UpdateMethod.RUN_SCRIPT));
            });
  }

  public static Verb rollback() {
    return Verb.of("stage rollback", Verb.HelpSection.STAGE, "the script that a rollback runs")
        .example("stage rollback undo.sh")
        .argument("FILE", FileCompleter.ANY)
        .stages(
            (session, in) -> {
              Script script = StagedFileReader.script(session, "rollback", in.need(0));
              return StagedChange.of(
                  s -> s.withRollbackScript(script),
                  () -> SessionStatusView.stagedRollback(script));
            });
  }

  public static Verb batch() {
    return Verb.of("stage batch", Verb.HelpSection.STAGE, "how the group is divided: N batches")
        .example(
            "stage batch 3",
            "stage batch --size 2",
            "stage batch --percent 25",
            "stage batch 1,5,20%")
        .optional("N", WordCompleter.NOTHING)
        .flag("size", 's', "N", "batches of N instances")
        .flag("percent", 'p', "P", "batches of P percent of the instances")
        .stages(
            (session, in) -> {
              int given =
                  in.arguments().size() + (in.has("size") ? 1 : 0) + (in.has("percent") ? 1 : 0);
              if (given != 1) {
                throw Problem.usage(
                    "stage batch takes one of a number, --size and --percent",
                    given == 0 ? "none was given" : "more than one was given",
                    "stage batch 3");
              }
              if (in.argument(0).filter(StageStrategyCommands::isSteps).isPresent()) {
                return StageStrategyCommands.steps(session, in);
              }
              BatchSizing batches =
                  in.number("size")
                      .map(BatchSizing::size)
                      .or(() -> in.number("percent").map(BatchSizing::percent))
                      .orElseGet(() -> StageStrategyCommands.even(in, in.need(0)));
              return StagedBatches.change(
                  session,
                  s -> s.withBatches(batches).withStrategy(s.strategy().withoutSteps()),
                  batches.words(),
                  "");
            });
  }

  public static Verb pause() {
    return Verb.of(
            "stage pause", Verb.HelpSection.STAGE, "whether OOS waits for you between batches")
        .example("stage pause first", "stage pause 5m")
        .argument(
            "never|first|every|TIME",
            WordCompleter.fixed(
                List.of(BatchPause.values()), BatchPause::option, BatchPause::sentence))
        .stages(
            (session, in) -> {
              Optional<Duration> time = CommandInput.time(in.need(0));
              if (time.isPresent()) {
                return StageStrategyCommands.pause(session, time.get());
              }
              String takes = "never, first, every, or a time such as 5m";
              BatchPause pause =
                  CommandInput.taken(
                      BatchPause.of(in.need(0)),
                      "stage pause",
                      in.need(0),
                      takes,
                      "stage pause first");
              RolloutStrategy noWait =
                  session.staging().strategy().withWaitBetweenBatches(Duration.ZERO);
              return StagedChange.of(
                  s -> s.withPause(pause).withStrategy(noWait),
                  () -> "staged pause " + pause.option() + ": " + pause.sentence());
            });
  }

  private static final String ROLLBACK = "rollback";

  private static final WordCompleter FAILURE =
      new WordCompleter.Fixed(StageCommands::failures, false);

  private static List<CompletionProposal> failures() {
    List<CompletionProposal> all = new ArrayList<>();
    for (OnFailure mode : OnFailure.values()) {
      all.add(WordCompleter.item(mode.option(), mode.sentence()));
    }
    all.add(WordCompleter.item(ROLLBACK, GateView.ROLLS_BACK));
    return all;
  }

  public static Verb onFailure() {
    return Verb.of("stage on-failure", Verb.HelpSection.STAGE, "what OOS does when one fails")
        .example("stage on-failure pause", "stage on-failure rollback")
        .argument("pause|stop|rollback", FAILURE)
        .stages(
            (session, in) -> {
              String typed = in.need(0);
              UpdateSpec next = withFailure(session.staging(), typed, "stage on-failure pause");
              OnFailure mode = next.onFailure();
              String means =
                  mode == null
                      ? GateView.ROLLS_BACK + StageStrategyCommands.hint(session)
                      : mode.sentence();
              return StagedChange.of(s -> next, () -> "staged on-failure " + typed + ": " + means);
            });
  }

  /**
   * With what happens at a failure.
   *
   * @param typed one of {@code pause}, {@code stop} and {@code rollback}
   */
  private static UpdateSpec withFailure(UpdateSpec staging, String typed, String next) {
    if (typed.equals(ROLLBACK)) {
      return staging.withOnFailure(null).withGates(staging.gates().withRollback(true));
    }
    OnFailure mode =
        CommandInput.taken(
            OnFailure.of(typed), "on-failure", typed, "pause, stop or rollback", next);
    return staging.withOnFailure(mode).withGates(staging.gates().withRollback(false));
  }

  /** The usual one first, whether or not RAM lists it. */
  private static List<CompletionProposal> roles(Session session) {
    List<CompletionProposal> all = new ArrayList<>();
    all.add(WordCompleter.item("OOSServiceRole", "the usual one"));
    CatalogueCompleter.of(session).roles().stream()
        .filter(role -> !role.value().equals("OOSServiceRole"))
        .forEach(role -> all.add(CatalogueCompleter.proposal(role)));
    return all;
  }

  public static Verb role() {
    return Verb.of("stage role", Verb.HelpSection.STAGE, "the RAM role that OOS assumes")
        .example("stage role OOSServiceRole")
        .argument("ROLE", (session, before, prefix) -> roles(session))
        .stages(
            (session, in) -> {
              String role = in.need(0);
              if (!role.matches("[A-Za-z0-9.@_-]{1,64}")) {
                throw Problem.usage(
                    "\"" + role + "\" is not a valid role name",
                    "a RAM role has 1 to 64 letters, digits, dots or dashes",
                    "stage role OOSServiceRole");
              }
              return StagedChange.of(s -> s.withRole(role), () -> "staged role " + role);
            });
  }

  public static Verb suspend() {
    return Verb.of(
            "stage suspend", Verb.HelpSection.STAGE, "scaling processes to suspend meanwhile")
        .example("stage suspend all", "stage suspend ScaleIn,HealthCheck", "stage suspend none")
        .argument("LIST|all|none", StageCommands::processes)
        .stages(
            (session, in) -> {
              ProcessSuspension suspend = ProcessSuspension.of(in.need(0));
              return StagedChange.of(
                  s -> s.withSuspension(suspend), () -> "staged suspend " + suspend.text());
            });
  }

  private static List<CompletionProposal> processes(
      Session session, List<String> before, String prefix) {
    String begun = prefix.substring(0, prefix.lastIndexOf(',') + 1);
    List<CompletionProposal> all =
        Arrays.stream(ScalingProcess.values())
            .filter(p -> !begun.contains(p.word()))
            .map(p -> WordCompleter.item(begun + p.word(), "").complete(false))
            .collect(Collectors.toCollection(ArrayList::new));
    if (begun.isEmpty()) {
      all.add(
          0,
          WordCompleter.item(
              "none", "suspend nothing; the public template cannot roll" + " that back"));
      all.add(0, WordCompleter.item("all", "all five, the default of the template"));
    }
    return all;
  }
}
