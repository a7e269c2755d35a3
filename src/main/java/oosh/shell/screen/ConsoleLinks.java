package oosh.shell.screen;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import oosh.rollout.cloud.Profile;
import oosh.rollout.update.Context;

/**
 * Makes each execution's id a link to its page in the console of OOS. It works on text that is safe
 * for a screen already and measured, on its way to the terminal: no other link can come through,
 * and a link takes no room.
 */
public final class ConsoleLinks implements UnaryOperator<String> {
  /**
   * The page of an execution; assumed: public pages of OOS's help link to {@code
   * /REGION/execution/create/TEMPLATE} and {@code /REGION/template/public/detail/TEMPLATE} there,
   * and to no execution.
   */
  private static final String CONSOLE = "https://oos.console.aliyun.com/";

  private static final String PAGE = "/execution/detail/";

  /** A whole id, not one that was cut. */
  private static final Pattern ID =
      Pattern.compile("(?:(?<![\\w.-])|(?<=\\x1b\\[\\d{1,2}m))exec-[0-9a-f]{8,40}(?![\\w…-])");

  private final Supplier<Context> at;

  /**
   * @param at where the executions are that the screen shows
   */
  public ConsoleLinks(Supplier<Context> at) {
    this.at = at;
  }

  @Override
  public String apply(String text) {
    if (!text.contains("exec-")) {
      return text;
    }
    Context context = at.get();
    if (context.profile().equals(Profile.SANDBOX) || !context.region().matches("[a-z0-9-]+")) {
      return text;
    }
    String page = CONSOLE + context.region() + PAGE;
    return ID.matcher(text).replaceAll("\033]8;;" + page + "$0\033\\\\$0\033]8;;\033\\\\");
  }
}
