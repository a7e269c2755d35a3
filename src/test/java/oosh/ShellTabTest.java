package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.journal.H2Journal;
import oosh.rollout.cloud.Profile;
import oosh.shell.Verb;
import oosh.shell.outside.CompletionScript;
import oosh.shell.verbs.Verbs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The completion scripts in the shells themselves, with Tab pressed in a terminal. In place of oosh
 * stands a program that prints what oosh answered before: a start of Java for each key would take
 * too long.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ShellTabTest {
  private static final List<Verb> VERBS =
      Verbs.ALL.stream().sorted(Comparator.comparing(Verb::name)).toList();

  /** Each begins with a letter of its own. */
  private static final List<String> NAMES =
      List.of(
          "a$(touch pwned)",
          "b`touch pwned`",
          "c it's \"so\" $HOME \\n",
          "d:colon=and,@more",
          "e;touch pwned&|(x)<y>#",
          "f größer中文*?[a]{b}~");

  @TempDir Path folder;

  private static void assumeInstalled(String program) {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, program))),
        program + " is not installed");
  }

  private Path script(CompletionScript shell) throws IOException {
    return Files.writeString(folder.resolve("script"), shell.text(VERBS));
  }

  /** Runs lines of a shell behind the script. */
  private List<String> run(CompletionScript shell, String lines) throws Exception {
    Path file =
        Files.writeString(folder.resolve("lines"), "source " + script(shell) + "\n" + lines);
    ProcessBuilder builder =
        new ProcessBuilder(shell.word(), file.toString()).directory(folder.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("HOME", folder.toString());
    Process process = builder.redirectErrorStream(true).start();
    List<String> said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as(String.join("\n", said)).isZero();
    return said;
  }

  @ParameterizedTest
  @EnumSource
  void scriptsHaveEveryVerbAndOption(CompletionScript shell) throws Exception {
    assumeInstalled(shell.word());
    StringBuilder lines = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (Verb verb : VERBS) {
      Set<String> options = new TreeSet<>();
      verb.flags().forEach(f -> options.add("--" + f.longName()));
      // Those of oosh itself that may stand behind a verb.
      options.addAll(List.of("--profile", "--region", "--group", "--read-only"));
      options.forEach(option -> expected.add(verb.name() + " " + option));
      lines.append(lines(shell, "options", verb.name()));
    }
    Map<String, List<String>> next =
        VERBS.stream()
            .map(Verb::name)
            .filter(name -> name.contains(" "))
            .collect(Collectors.groupingBy(name -> name.split(" ", 2)[0]));
    next.forEach(
        (first, names) -> {
          expected.addAll(names);
          lines.append(lines(shell, "next", first));
        });
    VERBS.stream().map(v -> v.name().split(" ", 2)[0]).distinct().forEach(expected::add);
    lines.append(lines(shell, "next", ""));
    assertThat(run(shell, lines.toString())).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** A line of the shell that prints what a function has for a key, behind that key. */
  private static String lines(CompletionScript shell, String function, String key) {
    String begun = key.isEmpty() ? "" : key + " ";
    return shell == CompletionScript.FISH
        ? "__oosh_%s '%s' | string replace -r '\\t.*' '' | string replace -r '^' '%s'\n"
            .formatted(function, key, begun)
        : "_oosh_%s '%s' && printf '%%s\\n' \"${REPLY}\" | sed $'s/\\t.*//; s/^/%s/'\n"
            .formatted(function, key, begun);
  }

  @Test
  void aNameReachesTheLineOfBashAndIsNotRun() throws Exception {
    completesNames(CompletionScript.BASH);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BASH")
  @Tag("endurance")
  void aNameReachesTheLineAndIsNotRun(CompletionScript shell) throws Exception {
    completesNames(shell);
  }

  /** Typed with and without quotes, the line has the name itself, and nothing of it is run. */
  private void completesNames(CompletionScript shell) throws Exception {
    assumeInstalled(shell.word());
    try (H2Journal journal = H2Journal.open(folder.resolve("state"))) {
      journal
          .choices()
          .cacheGroups(
              Profile.SANDBOX, "cn-hangzhou", NAMES.stream().map(TabWordsTest::group).toList());
    }
    Files.writeString(
        folder.resolve("answer"),
        TabWords.words(List.of("use", "group"), "", TabWordsTest.env(folder.resolve("state"))));
    Path program = Files.createDirectories(folder.resolve("bin")).resolve("oosh");
    Files.writeString(program, "#!/bin/sh\n[ \"$1\" = __complete ] && cat answer\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Map<String, String> env =
        Map.of(
            "HOME",
            folder.toString(),
            "ZDOTDIR",
            folder.toString(),
            "LC_ALL",
            "C.UTF-8",
            "PATH",
            folder.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
    Path file = folder.resolve(".zshrc");
    Files.writeString(file, start(shell));
    String command =
        switch (shell) {
          case BASH -> "bash --noprofile --rcfile " + file;
          case ZSH -> "zsh";
          case FISH -> "fish -C 'source " + file + "'";
        };
    try (TmuxTerminal terminal = TmuxTerminal.run(folder, 120, env, command)) {
      terminal.until("ready $");
      int line = 0;
      for (String quote : List.of("", "'", "\"")) {
        for (String name : NAMES) {
          terminal.type("oosh use group " + quote + name.charAt(0));
          terminal.press("Tab");
          terminal.press("Enter");
          line++;
          terminal.until(line + "<" + name + ">");
        }
      }
      terminal.type("oosh use group d:co");
      terminal.press("Tab", "Enter");
      terminal.until(line + 1 + "<" + NAMES.get(3) + ">");
    }
    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  /** A start file, by which the line that was completed prints its last word, with a number. */
  private String start(CompletionScript shell) throws IOException {
    String bin = folder.resolve("bin").toString();
    String source = "source " + script(shell) + "\nexport PATH=\"" + bin + ":$PATH\"\n";
    return switch (shell) {
      case BASH ->
          source
              + "n=0; oosh() { n=$((n + 1)); printf '%s<%s>\\n' \"$n\" \"${@: -1}\"; }\n"
              + "PS1='ready $ '\n";
      case ZSH ->
          "autoload -Uz compinit; compinit -u -D\n"
              + source
              + "n=0; oosh() { n=$((n + 1)); printf '%s<%s>\\n' \"$n\" \"${@[-1]}\"; }\n"
              + "PS1='ready $ '\n";
      case FISH ->
          source
              + "set -g n 0\n"
              + "function oosh; set n (math $n + 1); printf '%s<%s>\\n' $n $argv[-1]; end\n"
              + "function fish_prompt; echo -n 'ready $ '; end\n";
    };
  }
}
