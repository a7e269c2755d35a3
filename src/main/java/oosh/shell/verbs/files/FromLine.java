package oosh.shell.verbs.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.SessionFile;
import oosh.shell.syntax.Statement;
import oosh.view.text.DescriptionList;

/*
 * roll-out.oosh: goes on at line 12; above it 4 lines of use, stage, unstage and undo are run again, and
 *     no other
 */
/** {@code run --from LINE}: a session file goes on where it broke. */
final class FromLine {
  private FromLine() {}

  /**
   * The steps from the line of {@code --from} on, and before them the lines that they stand on:
   * context and staging, which change nothing at the service.
   */
  static List<SessionFile.Step> steps(
      Session session, CommandInput in, Path file, List<SessionFile.Step> steps) {
    int line = in.number("from").orElse(0);
    if (!in.has("from")) {
      return steps;
    }
    if (steps.stream().noneMatch(s -> s.number() == line)) {
      throw Problem.usage(
          "line " + line + " of " + file + " is not the first line of a command",
          steps.isEmpty()
              ? "the file has no commands"
              : "its commands stand on lines "
                  + steps.stream()
                      .map(s -> String.valueOf(s.number()))
                      .collect(Collectors.joining(", ")),
          in.line(
              "from",
              steps.stream()
                  .map(SessionFile.Step::number)
                  .filter(n -> n > line)
                  .findFirst()
                  .map(String::valueOf)
                  .orElse("LINE")));
    }
    for (SessionFile.Step step : steps) {
      if (step.number() < line && step.statements().stream().anyMatch(FromLine::plays)) {
        throw Problem.refused(
            "cannot go on at line " + line + " of " + file,
            "line "
                + step.number()
                + " plays another file, which may choose and stage what the rest stands on",
            in.without("from").line());
      }
    }
    List<SessionFile.Step> rest = new ArrayList<>();
    int again = 0;
    for (SessionFile.Step step : steps) {
      if (step.number() >= line) {
        rest.add(step);
      } else {
        List<Statement> standing = step.statements().stream().filter(FromLine::stands).toList();
        again += standing.size();
        rest.add(step.with(standing).withoutProse());
      }
    }
    session.note(
        file
            + ": goes on at line "
            + line
            + "; above it "
            + (again == 0
                ? "nothing chooses or stages"
                : DescriptionList.count(again, "line")
                    + " of use, stage, unstage and undo "
                    + (again == 1 ? "is" : "are")
                    + " run again, and no other"));
    return rest;
  }

  private static boolean plays(Statement statement) {
    return !statement.program() && statement.command().matches("(?s)run\\s.*");
  }

  private static boolean stands(Statement statement) {
    return !statement.program()
        && statement.command().matches("(?s)(use|stage|unstage|undo)(\\s.*)?");
  }
}
