package oosh.shell.verbs;

import java.util.List;
import java.util.stream.Stream;
import oosh.shell.Verb;
import oosh.shell.verbs.approval.ApproveCommand;
import oosh.shell.verbs.context.UseCommand;
import oosh.shell.verbs.context.UseMethodCommand;
import oosh.shell.verbs.context.WhereCommand;
import oosh.shell.verbs.context.WhoamiCommand;
import oosh.shell.verbs.files.JournalCommand;
import oosh.shell.verbs.files.RecordCommand;
import oosh.shell.verbs.files.RunCommand;
import oosh.shell.verbs.hold.FreezeCommand;
import oosh.shell.verbs.hold.LockCommand;
import oosh.shell.verbs.notify.NotifyCommand;
import oosh.shell.verbs.prompt.AliasCommand;
import oosh.shell.verbs.prompt.SetCommand;
import oosh.shell.verbs.read.AuditCommand;
import oosh.shell.verbs.read.CoverageCommand;
import oosh.shell.verbs.read.HistoryCommand;
import oosh.shell.verbs.read.LogsCommand;
import oosh.shell.verbs.read.OutputsCommand;
import oosh.shell.verbs.read.ReportCommand;
import oosh.shell.verbs.read.ShowCommand;
import oosh.shell.verbs.read.TagCommand;
import oosh.shell.verbs.rehearsal.RehearseCommand;
import oosh.shell.verbs.repair.DoctorCommand;
import oosh.shell.verbs.repair.HealCommand;
import oosh.shell.verbs.rollout.AbortCommand;
import oosh.shell.verbs.rollout.ContinueCommand;
import oosh.shell.verbs.rollout.LaunchCommand;
import oosh.shell.verbs.rollout.PauseCommand;
import oosh.shell.verbs.rollout.PlanCommand;
import oosh.shell.verbs.rollout.RepeatCommand;
import oosh.shell.verbs.rollout.RetryCommand;
import oosh.shell.verbs.rollout.RollbackCommand;
import oosh.shell.verbs.rollout.WatchCommand;
import oosh.shell.verbs.staging.EditCommand;
import oosh.shell.verbs.staging.StageVerbs;
import oosh.shell.verbs.staging.UndoCommand;
import oosh.shell.verbs.staging.UnstageCommand;

/** Every verb, in one place. */
public final class Verbs {
  public static final List<Verb> ALL =
      Stream.of(
              List.of(
                  WhereCommand.verb(),
                  UseCommand.profile(),
                  UseCommand.region(),
                  UseCommand.group(),
                  UseMethodCommand.verb(),
                  WhoamiCommand.verb()),
              StageVerbs.ALL,
              List.of(
                  UnstageCommand.verb(),
                  EditCommand.verb(),
                  UndoCommand.verb(),
                  PlanCommand.verb(),
                  RehearseCommand.verb(),
                  LaunchCommand.verb(),
                  RollbackCommand.verb(),
                  WatchCommand.verb(),
                  ContinueCommand.verb(),
                  PauseCommand.verb(),
                  ApproveCommand.approve(),
                  ApproveCommand.reject(),
                  RetryCommand.retry(),
                  RetryCommand.skip(),
                  AbortCommand.verb(),
                  LockCommand.lock(),
                  LockCommand.unlock(),
                  LockCommand.status(),
                  FreezeCommand.add(),
                  FreezeCommand.list(),
                  FreezeCommand.remove(),
                  CoverageCommand.verb(),
                  DoctorCommand.verb(),
                  HealCommand.verb(),
                  ShowCommand.verb(),
                  HistoryCommand.verb(),
                  OutputsCommand.verb(),
                  LogsCommand.verb(),
                  ReportCommand.verb(),
                  RepeatCommand.verb(),
                  AuditCommand.verb(),
                  TagCommand.tag(),
                  TagCommand.untag(),
                  NotifyCommand.add(),
                  NotifyCommand.list(),
                  NotifyCommand.test(),
                  NotifyCommand.remove(),
                  JournalCommand.status(),
                  JournalCommand.export(),
                  JournalCommand.importing(),
                  AliasCommand.alias(),
                  AliasCommand.unalias(),
                  RunCommand.verb(),
                  RecordCommand.verb(),
                  SandboxCommand.start(),
                  SandboxCommand.stop(),
                  SandboxCommand.status(),
                  SandboxCommand.reset(),
                  SandboxFailCommand.verb(),
                  SandboxCommand.set(),
                  SandboxApproveCommand.verb(),
                  SandboxCommand.serve(),
                  SetCommand.verb(),
                  CompletionCommand.verb(),
                  HelpCommand.verb(),
                  ExitCommand.verb(),
                  ClearCommand.verb()))
          .flatMap(List::stream)
          .toList();

  private Verbs() {}

  /** The verbs whose name begins with that word. */
  public static List<Verb> beginningWith(String word) {
    return ALL.stream().filter(v -> (v.name() + " ").startsWith(word + " ")).toList();
  }
}
