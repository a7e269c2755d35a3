package oosh.view;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import oosh.rollout.Problem;
import oosh.view.format.AnswerFormat;
import oosh.view.format.OutputForm;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;

/*
 * exec-8f31 cannot be rolled back
 *   why   it is still Running (batch 1 of 4)
 *   next  abort exec-8f31, then rollback exec-8f31
 *   oos   InvalidParameter (request 5E8F)
 *
 * the journal cannot be read
 *   why   /home/li/oosh/journal.mv.db is damaged; it stays as it is. Its copy
 *         /home/li/oosh/journal.1 is 5 hours old
 *   next  leave every other oosh, then take the copy back:
 *     mv -n /home/li/oosh/journal.mv.db /home/li/oosh/journal.damaged &&
 *     cp -p /home/li/oosh/journal.1 /home/li/oosh/journal.mv.db
 */
/** A problem in its three parts, and the service's own words for it on the last line. */
public final class ProblemView {
  private ProblemView() {}

  /** As text, or as a document where the answer would have been one. */
  public static String of(Problem problem, OutputForm form, Style style) {
    return form.hasProblems()
        ? String.valueOf(
            new AnswerFormat(form, null, List.of(), List.of())
                .of(JsonOutput.document(json(problem)), style))
        : text(problem, style);
  }

  public static String text(Problem problem, Style style) {
    DescriptionList out = new DescriptionList(style, 6);
    out.head(style.bad(TextSanitizer.line(problem.what())))
        .row("why", TextSanitizer.line(problem.why()))
        .next(TextSanitizer.line(problem.next().lines().findFirst().orElse("")));
    // Commands to be pasted together: a terminal may wrap them, a line end would cut them.
    problem.next().lines().skip(1).forEach(l -> out.plain("    " + TextSanitizer.line(l)));
    String service = problem.service();
    return out.row("oos", service == null ? null : TextSanitizer.line(service)).text();
  }

  /** An object whose only field is {@code error}, or {@code nothingToDo}, which is none. */
  public static JsonObject json(Problem problem) {
    JsonObject error = new JsonObject();
    error.addProperty("what", problem.what());
    error.addProperty("why", problem.why());
    error.addProperty("next", problem.next());
    error.addProperty("kind", problem.kind().name().toLowerCase(Locale.ROOT));
    JsonOutput.put(error, "code", problem.service());
    JsonObject json = new JsonObject();
    json.add(problem.kind() == Problem.Kind.NOTHING_TO_DO ? "nothingToDo" : "error", error);
    return json;
  }
}
