package oosh.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import oosh.config.Config;
import oosh.rollout.TimeSource;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Profiles;
import oosh.rollout.notice.Notices;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalArchive;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Script;
import oosh.shell.edit.ExternalEditor;

/** What the verbs stand on. Each part is opened when it is first asked for, and once. */
public interface Backends extends AutoCloseable {
  Profiles profiles();

  Journal journal();

  /** The way in and out of the journal's file; it needs no open journal. */
  JournalArchive archive();

  SandboxControl sandboxControl();

  TimeSource pace();

  Initiator author();

  /**
   * Why the sandbox runs no script, said at a launch there; empty where it does, on other profiles,
   * and once that was said.
   */
  default String takeNoScriptReason(String profile) {
    return "";
  }

  /** What the config file says; a check and a rehearsal know of none. */
  default Config config() {
    return Config.EMPTY;
  }

  /** What changes a text by hand. */
  default ExternalEditor editor() {
    return new ExternalEditor(home(), Map.of());
  }

  /** Who is told how executions end, and how that goes. */
  Notices notices();

  /** Makes the ClientToken of the next start. */
  Supplier<String> tokens();

  /** The folder of the journal, the log and the command history. */
  Path home();

  /**
   * Backends of its own for {@code run --check}: a sandbox in step time, an empty journal, an fixed
   * author. It knows no profile but the sandbox.
   */
  Backends forCheck();

  /** What a checker of scripts that is installed here says; empty where none is. */
  default List<Warning> findings(Script script, CommandType type) {
    return List.of();
  }

  /** Begins what {@link #findings} will be asked for: a checker of scripts takes its time. */
  default void prefetchScriptFindings(Script script, CommandType type) {}

  @Override
  void close();
}
