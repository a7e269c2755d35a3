package oosh.shell.verbs.staging;

import java.util.List;
import java.util.stream.Stream;
import oosh.shell.Verb;
import oosh.shell.verbs.approval.StageApprovalCommand;
import oosh.shell.verbs.context.UseMethodCommand;

/** The verbs that say what the next launch uses, in the order in which one line does them. */
public final class StageVerbs {
  /** {@code stage …}. */
  public static final List<Verb> ALL =
      List.of(
          StageCommands.script(),
          StageCommands.rollback(),
          StageCommands.batch(),
          StageCommands.pause(),
          StageCommands.onFailure(),
          StageCommands.role(),
          StageCommands.suspend(),
          StageStrategyCommands.only(),
          StageStrategyCommands.first(),
          StageStrategyCommands.maxErrors(),
          StageApprovalCommand.verb(StageStrategyCommands::hint),
          StageGateCommands.gate(),
          StageGateCommands.drain(),
          StageGateCommands.bake(),
          StagePayloadCommands.image(),
          StagePayloadCommands.installing(),
          StagePayloadCommands.file(),
          StagePayloadCommands.object(),
          StagePayloadCommands.container(),
          StageSetCommand.verb());

  /** Those that are options too; the method first, because what can be staged depends on it. */
  public static final List<Verb> OPTIONS =
      Stream.concat(Stream.of(UseMethodCommand.verb()), ALL.stream()).toList();

  private StageVerbs() {}
}
