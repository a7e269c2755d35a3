package oosh.shell.verbs.staging;

import oosh.rollout.Problem;
import oosh.rollout.update.Context;
import oosh.shell.Answer;
import oosh.shell.GroupCache;
import oosh.shell.StagedParts;
import oosh.shell.Verb;
import oosh.shell.place.UndoLog;
import oosh.view.text.TextSanitizer;

/** {@code undo}: takes back the last line that chose or staged something. */
public final class UndoCommand {
  private UndoCommand() {}

  public static Verb verb() {
    return Verb.of(
            "undo",
            // Under another heading it would be a line that it takes back itself.
            Verb.HelpSection.SHELL,
            "take back the last stage, unstage or use")
        .example("undo")
        .does(
            (session, in) -> {
              Context before = session.context();
              String line =
                  UndoLog.of(session)
                      .takeBack(session)
                      .orElseThrow(
                          () ->
                              Problem.refused(
                                  "there is nothing to take back",
                                  "this shell has no stage, unstage or use before this line; a"
                                      + " launch is not taken back",
                                  "show; rollback EXEC undoes a launch"));
              Context now = session.context();
              boolean moved = !now.equals(before);
              if (!now.profile().equals(before.profile())
                  || !now.region().equals(before.region())) {
                GroupCache.of(session).refreshGroups();
              }
              if (moved) {
                GroupCache.of(session).refreshMembers();
              }
              String staged = StagedParts.names(session.staging());
              return Answer.status(
                  session,
                  in,
                  "took back: "
                      + TextSanitizer.line(session.masked(line))
                      + (moved
                          ? "; now profile "
                              + TextSanitizer.line(now.profile())
                              + (now.region().isEmpty()
                                  ? ""
                                  : ", region " + TextSanitizer.line(now.region()))
                              + ", "
                              + now.chosenGroup()
                                  .map(g -> "group " + TextSanitizer.line(g))
                                  .orElse("no group")
                              + ", method "
                              + TextSanitizer.line(now.method().word())
                          : "; staged: " + (staged.isEmpty() ? "nothing" : staged)));
            });
  }
}
