package oosh.shell.verbs.planning;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.Warning;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Script;

/**
 * What {@code shellcheck} says of a script, where it is installed: errors and warnings, the first
 * few. Whatever goes wrong with it is no reason not to launch.
 */
public final class ShellCheck {
  private static final int SHOWN = 5;
  private static final int SECONDS = 5;
  private static final int MAX_ANSWER = 256 * 1024;

  /** A shell whose language it does not read. */
  private static final String UNKNOWN_SHELL = "zsh";

  /** Its gcc format: {@code -:3:5: warning: Use cd ... || exit. [SC2164]}. */
  private static final Pattern FINDING =
      Pattern.compile("^-:(\\d+):\\d+: (error|warning): (.*) \\[(SC\\d+)\\]$");

  private ShellCheck() {}

  /**
   * Empty where it is not installed, says nothing within 5 s, or the script is for Windows or for
   * no shell that it knows.
   */
  public static List<Warning> of(Script script, CommandType type) {
    if (type != CommandType.SHELL
        || !script.isForAShell()
        || script.interpreter().equals(UNKNOWN_SHELL)) {
      return List.of();
    }
    Process process;
    try {
      process =
          new ProcessBuilder("shellcheck", "--format=gcc", "--severity=warning", "-s", "bash", "-")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException notInstalled) {
      return List.of();
    }
    CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> answer(process, script));
    try {
      return warnings(script, answer.get(SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException | TimeoutException e) {
      return List.of();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String answer(Process process, Script script) {
    try {
      try (OutputStream in = process.getOutputStream()) {
        in.write(script.text().getBytes(StandardCharsets.UTF_8));
      }
      return new String(process.getInputStream().readNBytes(MAX_ANSWER), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  public static List<Warning> warnings(Script script, String answer) {
    List<Warning> warnings = new ArrayList<>();
    int more = 0;
    for (String line : answer.lines().toList()) {
      Matcher finding = FINDING.matcher(line);
      if (!finding.matches()) {
        continue;
      }
      if (warnings.size() == SHOWN) {
        more++;
        continue;
      }
      warnings.add(
          new Warning(
              Warning.Code.SHELLCHECK,
              "line " + finding.group(1) + " of " + script.name() + ": " + finding.group(3),
              "shellcheck " + finding.group(4) + " explains it"));
    }
    if (more > 0) {
      warnings.add(
          new Warning(
              Warning.Code.SHELLCHECK,
              more + " more of shellcheck's findings in " + script.name(),
              "shellcheck " + script.name()));
    }
    return warnings;
  }
}
