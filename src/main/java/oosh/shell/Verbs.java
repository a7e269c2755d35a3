package oosh.shell;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.shell.core.command.Command;

/** Every verb, in one place. */
final class Verbs {
  private Verbs() {}

  static Set<Command> all(
      Session session, CommandRunner shell, Function<Session, CommandRunner> runners) {
    CatalogueCompleter offering = new CatalogueCompleter(session);
    PlanPrefetch prefetch = new PlanPrefetch(session);
    return new LinkedHashSet<>(
        List.of(
            UseCommand.profile(session),
            UseCommand.region(session),
            UseCommand.group(session, offering),
            UseMethodCommand.verb(session, offering),
            StageCommands.script(session),
            StageCommands.rollback(session),
            StageCommands.batch(session),
            StageCommands.pause(session),
            StageCommands.onFailure(session),
            StageCommands.role(session, offering),
            StageCommands.suspend(session),
            StageStrategyCommands.only(session),
            StageStrategyCommands.maxErrors(session),
            StagePayloadCommands.image(session, offering),
            StagePayloadCommands.installing(session, offering),
            StagePayloadCommands.file(session),
            StagePayloadCommands.object(session),
            StagePayloadCommands.container(session, offering),
            StageSetCommand.verb(session),
            UnstageCommand.verb(session),
            PlanCommand.verb(session, prefetch),
            RehearseCommand.verb(session),
            LaunchCommand.verb(session, prefetch),
            RollbackCommand.verb(session),
            WatchCommand.verb(session),
            ContinueCommand.verb(session),
            RetryCommand.retry(session),
            RetryCommand.skip(session),
            AbortCommand.verb(session),
            CoverageCommand.verb(session),
            DoctorCommand.verb(session),
            HealCommand.verb(session),
            ShowCommand.verb(session),
            HistoryCommand.verb(session),
            OutputsCommand.verb(session),
            LogsCommand.verb(session),
            ReportCommand.verb(session),
            TagCommand.tag(session),
            TagCommand.untag(session),
            JournalCommand.export(session),
            JournalCommand.importing(session),
            RunCommand.verb(session, shell, runners),
            RecordCommand.verb(session),
            SandboxCommand.start(session),
            SandboxCommand.stop(session),
            SandboxCommand.status(session),
            SandboxCommand.reset(session),
            SandboxCommand.fail(session),
            SandboxCommand.set(session),
            SandboxCommand.serve(session),
            HelpCommand.verb(session, shell),
            ExitCommand.verb(session),
            ClearCommand.verb(session)));
  }
}
