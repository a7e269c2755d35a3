package oosh.shell;

import java.util.List;

/** Every verb, in one place. */
public final class Verbs {
  static final List<Verb> ALL =
      List.of(
          UseCommand.profile(),
          UseCommand.region(),
          UseCommand.group(),
          UseMethodCommand.verb(),
          StageCommands.script(),
          StageCommands.rollback(),
          StageCommands.batch(),
          StageCommands.pause(),
          StageCommands.onFailure(),
          StageCommands.role(),
          StageCommands.suspend(),
          StageStrategyCommands.only(),
          StageStrategyCommands.maxErrors(),
          StagePayloadCommands.image(),
          StagePayloadCommands.installing(),
          StagePayloadCommands.file(),
          StagePayloadCommands.object(),
          StagePayloadCommands.container(),
          StageSetCommand.verb(),
          UnstageCommand.verb(),
          PlanCommand.verb(),
          RehearseCommand.verb(),
          LaunchCommand.verb(),
          RollbackCommand.verb(),
          WatchCommand.verb(),
          ContinueCommand.verb(),
          RetryCommand.retry(),
          RetryCommand.skip(),
          AbortCommand.verb(),
          CoverageCommand.verb(),
          DoctorCommand.verb(),
          HealCommand.verb(),
          ShowCommand.verb(),
          HistoryCommand.verb(),
          OutputsCommand.verb(),
          LogsCommand.verb(),
          ReportCommand.verb(),
          TagCommand.tag(),
          TagCommand.untag(),
          JournalCommand.export(),
          JournalCommand.importing(),
          RunCommand.verb(),
          RecordCommand.verb(),
          SandboxCommand.start(),
          SandboxCommand.stop(),
          SandboxCommand.status(),
          SandboxCommand.reset(),
          SandboxCommand.fail(),
          SandboxCommand.set(),
          SandboxCommand.serve(),
          HelpCommand.verb(),
          ExitCommand.verb(),
          ClearCommand.verb());

  private Verbs() {}

  /** The verbs whose name begins with that word. */
  public static List<Verb> beginningWith(String word) {
    return ALL.stream().filter(v -> (v.name() + " ").startsWith(word + " ")).toList();
  }
}
