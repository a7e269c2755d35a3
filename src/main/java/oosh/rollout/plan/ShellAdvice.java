package oosh.rollout.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import oosh.rollout.Warning;
import oosh.rollout.Warning.Code;
import oosh.rollout.update.Script;

/**
 * Warnings about the lines of a script that Cloud Assistant runs as a shell script. If its first
 * line names another program than a shell, only what holds for every file is checked.
 */
final class ShellAdvice {
  /** Programs that need a terminal or an answer: OOS waits until the time limit. */
  private static final Pattern INTERACTIVE =
      Pattern.compile(
          "^\\s*(sudo\\s+)?(vi|vim|nano|emacs|less|more|top|htop|passwd|visudo|read)(\\s.*|$)");

  private static final Pattern ASKS =
      Pattern.compile(
          "^\\s*(sudo\\s+)?(apt|apt-get|yum|dnf)\\s+(.*\\s)?(install|remove|upgrade)\\b.*");

  private static final Pattern ANSWERED =
      Pattern.compile(".*\\s(-[a-zA-Z]*y[a-zA-Z]*|--yes|--assume-yes|--assumeyes|-qq)(\\s.*|$)");

  /** Input from a file, a here-document or a pipe. */
  private static final Pattern FED = Pattern.compile(".*(<|\\|\\s*(while\\s+)?read\\b).*");

  /** {@code read -t 5} waits no longer than it says. */
  private static final Pattern TIMED =
      Pattern.compile("^\\s*read\\s(.*\\s)?-[a-zA-Z]*t\\s*[0-9$\"'].*");

  private static final Pattern STOPS_AT_ERRORS =
      Pattern.compile("\\s*set\\s+(-[a-zA-Z]*e.*|.*-o\\s+errexit.*)");

  private static final Pattern GOES_ON =
      Pattern.compile("\\s*set\\s+(\\+[a-zA-Z]*e.*|.*\\+o\\s+errexit.*)");

  /** {@code trap 'rm -f x; exit 0' EXIT}. */
  private static final Pattern TRAP =
      Pattern.compile("\\s*trap\\s+(['\"])[^'\"]*\\bexit\\s+0\\s*;?\\s*\\1.*\\b(EXIT|ERR|0)\\b.*");

  private static final Pattern RESTARTS =
      Pattern.compile(
          "\\s*(sudo\\s+)?(/\\S*/)?(reboot|shutdown|halt|poweroff|init\\s+[06]"
              + "|systemctl\\s+(reboot|poweroff|halt|kexec))\\b(?!\\s+-c\\b).*");

  /** One & at the end: neither && nor a redirection, nor the end of a case. */
  private static final Pattern BACKGROUND = Pattern.compile(".*[^&>|;\\\\]&\\s*(#.*)?");

  private static final Pattern WAITS_FOR_IT = Pattern.compile("\\s*wait\\b.*");

  private final Script script;
  private final List<String> lines;
  private final List<Warning> warnings = new ArrayList<>();

  private ShellAdvice(Script script) {
    this.script = script;
    this.lines = script.text().lines().toList();
  }

  static List<Warning> of(Script script) {
    ShellAdvice advice = new ShellAdvice(script);
    advice.ofText();
    return advice.warnings;
  }

  private void ofText() {
    String name = script.name();
    if (script.hasCarriageReturns()) {
      warn(
          Code.SCRIPT_LINE_ENDS,
          name + " has CRLF line ends, which a shell takes as text",
          "sed -i 's/\\r$//' " + name + ", then stage it again");
    }
    if (script.text().startsWith("\ufeff")) {
      warn(
          Code.SCRIPT_BYTE_ORDER_MARK,
          name + " begins with a byte order mark, so the system does not find its #! line",
          "sed -i '1s/^\\xef\\xbb\\xbf//' " + name + ", then stage it again");
    }
    if (lines.stream().allMatch(ShellAdvice::isComment)) {
      warn(
          Code.SCRIPT_EMPTY,
          name + " has only comments: it does nothing and succeeds",
          "stage the right script");
    } else if (script.isForAShell()) {
      ofCommands();
    }
  }

  private void warn(Code code, String text, String remedy) {
    warnings.add(new Warning(code, text, remedy));
  }

  /** Warns of the first line that is so: {@code line 3 of deploy.sh …}. */
  private void warnOfLine(Code code, Predicate<String> isSo, String text, String remedy) {
    line(isSo).ifPresent(n -> warn(code, "line " + n + " of " + script.name() + text, remedy));
  }

  private static boolean isComment(String line) {
    return line.isBlank() || line.stripLeading().replace("\ufeff", "").startsWith("#");
  }

  private void ofCommands() {
    Predicate<String> exitsWithZero = TRAP.asMatchPredicate();
    if (line(exitsWithZero).isPresent()) {
      warnOfLine(
          Code.SCRIPT_HIDES_ERRORS,
          exitsWithZero,
          " ends it with exit 0, whatever fails",
          "remove exit 0 from the trap, so that it keeps the status");
    } else {
      ofErrors();
    }
    boolean interactive = line(ShellAdvice::waits).filter(n -> isInteractive(n)).isPresent();
    warnOfLine(
        Code.SCRIPT_WAITS,
        ShellAdvice::waits,
        " waits for input that never comes; OOS ends the script after "
            + Script.TIMEOUT_SECONDS
            + " s",
        interactive ? "take it out" : "answer in advance: -y");
    warnOfLine(
        Code.SCRIPT_RESTARTS,
        RESTARTS.asMatchPredicate(),
        " restarts or stops the instance while the script runs there",
        "restart only the service, or the instance after its update");
    if (lines.stream().noneMatch(WAITS_FOR_IT.asMatchPredicate())) {
      warnOfLine(
          Code.SCRIPT_BACKGROUND,
          BACKGROUND.asMatchPredicate(),
          " leaves a process running: OOS does not see whether it works",
          "make it a service, or wait for its end");
    }
  }

  private boolean isInteractive(int line) {
    return INTERACTIVE.matcher(lines.get(line - 1)).matches();
  }

  private static boolean waits(String line) {
    return INTERACTIVE.matcher(line).matches()
        ? !FED.matcher(line).matches() && !TIMED.matcher(line).matches()
        : ASKS.matcher(line).matches() && !ANSWERED.matcher(line).matches();
  }

  /**
   * Whether its exit status hides an error: no {@code set -e} in any spelling and no {@code -e} on
   * its first line, or a {@code set +e} for the rest of it. A look at the text, not a parser.
   */
  private void ofErrors() {
    boolean stops = lines.get(0).matches("#!.*sh\\s+-[a-z]*e[a-z]*.*");
    int off = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (STOPS_AT_ERRORS.matcher(lines.get(i)).matches()) {
        stops = true;
        off = 0;
      } else if (stops && off == 0 && GOES_ON.matcher(lines.get(i)).matches()) {
        off = i + 1;
      }
    }
    if (stops && off == 0) {
      return;
    }
    boolean neverFails = script.text().stripTrailing().matches("(?s).*(^|\\n)\\s*exit\\s+0");
    warn(
        Code.SCRIPT_HIDES_ERRORS,
        script.name()
            + " ignores errors"
            + (off > 0 ? " from line " + off + " on (set +e)" : "")
            + (neverFails
                ? " and always exits with 0, so OOS cannot see a failure"
                : ": only its last command counts"),
        off > 0
            ? "put 'set -e' below the lines that may fail, then stage it again"
            : "put 'set -e' on its "
                + (lines.get(0).startsWith("#!") ? "second" : "first")
                + " line, then stage it again");
  }

  /** The first line that is so and no comment, counted from 1. */
  private Optional<Integer> line(Predicate<String> isSo) {
    for (int i = 0; i < lines.size(); i++) {
      if (!isComment(lines.get(i)) && isSo.test(lines.get(i))) {
        return Optional.of(i + 1);
      }
    }
    return Optional.empty();
  }
}
