package oosh.shell.screen;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the terminal is known to take beyond text and colour, by the variables that it sets. A
 * terminal that is not known takes nothing: its answer to a question would come too late, and some
 * print what they do not know.
 *
 * <p>Sources: the terminals' own documentation. Links (OSC 8): iTerm2 3.1, WezTerm, kitty, Ghostty,
 * foot, Alacritty 0.11, VTE 0.50, Konsole 20.12, Windows Terminal 1.4, VS Code 1.72, tmux 3.4.
 * Notices: iTerm2, WezTerm, kitty and Ghostty take OSC 9; foot and urxvt take OSC 777.
 *
 * @param links whether it has links in text (OSC 8)
 * @param notice how it tells the desktop
 */
public record TerminalFeatures(boolean links, Notice notice) {
  /** How a terminal is told to show a notice on the desktop. */
  public enum Notice {
    NONE,
    OSC_9,
    OSC_777
  }

  public static final TerminalFeatures NOTHING = new TerminalFeatures(false, Notice.NONE);

  public static TerminalFeatures of(Map<String, String> env) {
    String term = env.getOrDefault("TERM", "");
    String program = env.getOrDefault("TERM_PROGRAM", "");
    if (has(env, "CI") || term.isEmpty() || term.equals("dumb") || term.equals("linux")) {
      return NOTHING;
    }
    if (has(env, "TMUX") || has(env, "STY") || term.startsWith("screen")) {
      // What the variables of the terminal around it say, it does not let through.
      boolean knows = program.equals("tmux") && number(env.get("TERM_PROGRAM_VERSION")) >= 304;
      return new TerminalFeatures(knows && !has(env, "STY"), Notice.NONE);
    }
    if (program.equals("iTerm.app")
        || program.equals("WezTerm")
        || program.equalsIgnoreCase("ghostty")
        || term.equals("xterm-ghostty")
        || term.equals("xterm-kitty")) {
      return new TerminalFeatures(true, Notice.OSC_9);
    }
    if (term.equals("foot") || term.startsWith("foot-")) {
      return new TerminalFeatures(true, Notice.OSC_777);
    }
    if (term.startsWith("rxvt-unicode")) {
      return new TerminalFeatures(false, Notice.OSC_777);
    }
    boolean links =
        program.equals("vscode")
            || term.equals("alacritty")
            || has(env, "WT_SESSION")
            || whole(env.get("VTE_VERSION")) >= 5000
            || whole(env.get("KONSOLE_VERSION")) >= 201200;
    return new TerminalFeatures(links, Notice.NONE);
  }

  private static boolean has(Map<String, String> env, String name) {
    return !env.getOrDefault(name, "").isEmpty();
  }

  /** {@code 3.4a} is 304. */
  private static int number(@Nullable String version) {
    String[] parts = version == null ? new String[0] : version.split("\\D+", 3);
    return parts.length < 2 ? 0 : whole(parts[0]) * 100 + whole(parts[1]);
  }

  private static int whole(@Nullable String number) {
    return number != null && number.matches("\\d{1,8}") ? Integer.parseInt(number) : 0;
  }
}
