package oosh.shell.verbs.staging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import oosh.rollout.Problem;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.edit.ExternalEditor.Edited;
import oosh.view.SessionStatusView;

/**
 * {@code edit script|rollback}: changes what is staged, in the user's editor. The file that it was
 * staged from stays as it is.
 */
public final class EditCommand {
  private static final String SCRIPT = "script";
  private static final String ROLLBACK = "rollback";

  private EditCommand() {}

  public static Verb verb() {
    return Verb.of("edit", Verb.HelpSection.STAGE, "change a staged script in $EDITOR")
        .example("edit script", "edit rollback")
        .argument("script|rollback", WordCompleter.words(SCRIPT, ROLLBACK))
        .does(EditCommand::run);
  }

  private static int run(Session session, CommandInput in) throws InterruptedException {
    String role = in.need(0);
    if (!role.equals(SCRIPT) && !role.equals(ROLLBACK)) {
      throw CommandInput.notTaken("edit", role, "script or rollback", "edit script");
    }
    if (session.playing() != null) {
      throw Problem.refused(
          "edit does nothing in a session file",
          "nobody sits at the editor there",
          "stage " + role + " FILE in the session file");
    }
    UpdateSpec staging = session.staging();
    Script staged = role.equals(SCRIPT) ? staging.script() : staging.rollbackScript();
    String name = staged == null || staged.name().equals("-") ? role + ".sh" : staged.name();
    Edited edited =
        session
            .backends()
            .editor()
            .edit(name, staged == null ? "" : staged.text(), session.screen()::runInForeground);
    boolean empty = edited.text().length == 0;
    if (empty || (staged != null && Arrays.equals(edited.text(), bytes(staged)))) {
      edited.forget();
      return Answer.status(
          session, in, empty ? "nothing was saved; nothing is changed" : name + " is not changed");
    }
    Script script = snapshot(name, role, edited);
    CommandType type = staging.commandType();
    session.files().remove(role);
    session.stage(
        role.equals(SCRIPT)
            ? staging.withScript(script, type)
            : staging.withRollbackScript(script));
    edited.forget();
    return Answer.status(
        session,
        in,
        (role.equals(SCRIPT)
                ? SessionStatusView.stagedScript(script, type.word())
                : SessionStatusView.stagedRollback(script))
            + (staged == null ? "" : "; the file it came from is not changed"));
  }

  private static byte[] bytes(Script script) {
    return script.text().getBytes(StandardCharsets.UTF_8);
  }

  /** What was typed is not lost with a text that cannot be staged. */
  private static Script snapshot(String name, String role, Edited edited) {
    try {
      return Script.of(name, edited.text());
    } catch (Problem p) {
      throw Problem.refused(
          p.what(), p.why(), "correct " + edited.file() + ", then stage " + role + " with it");
    }
  }
}
