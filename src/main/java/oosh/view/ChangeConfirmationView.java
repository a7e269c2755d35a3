package oosh.view;

import static oosh.view.text.TextSanitizer.sentence;

import java.util.Map;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateSpec;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import org.jspecify.annotations.Nullable;

/*
 * deploy.oosh:12 would change something on profile prod
 *   command    launch -y
 *   region     cn-hangzhou
 *   group      asg-bp1web
 *   script     shadow (sha 3f9a1c, 1,201 bytes, RunShellScript), from /etc/shadow
 *   rollback   none staged
 */
/** What a session file is about to do to a profile that is not the sandbox. */
public final class ChangeConfirmationView {
  private ChangeConfirmationView() {}

  /**
   * @param place file and line
   * @param command as it is written there
   * @param files where the staged scripts come from, by role: {@code script}, {@code rollback}
   */
  public static String text(
      String place,
      String command,
      Context context,
      UpdateSpec staging,
      Map<String, String> files,
      Style style) {
    DescriptionList out = new DescriptionList(style, 11);
    out.head("%s would change something on profile %s", place, context.profile());
    out.row("command", style.bold(TextSanitizer.line(command)));
    String group = context.group();
    out.row("region", TextSanitizer.line(context.region()));
    out.row("group", group == null ? "none chosen" : TextSanitizer.line(group));
    String type = staging.commandType().word();
    out.row("script", script(staging.script(), type, files.get("script")));
    out.row("rollback", script(staging.rollbackScript(), "", files.get("rollback")));
    return out.text();
  }

  /** The question under it, with the space that the answer stands after. */
  public static String question(String file, String what) {
    return sentence("let %s %s? [y/N] ", file, what);
  }

  /** The question under the differences of a checked file. */
  public static String acceptQuestion(String file, int differences) {
    return sentence(
        "write %s into %s? [y/N] ", DescriptionList.count(differences, "new answer"), file);
  }

  private static String script(@Nullable Script script, String type, @Nullable String from) {
    return script == null
        ? "none staged"
        : SessionStatusView.describe(script, type)
            + ", from "
            + (from == null ? "standard input" : TextSanitizer.line(from));
  }
}
