package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import oosh.shell.Verb;
import oosh.shell.outside.GlobalOption;
import oosh.shell.verbs.HelpCommand;
import oosh.shell.verbs.Verbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code oosh(1)}, {@code help} and docs/verbs.md say the same; {@code --help} fits a screen. */
class ManualPageTest extends ShellFixture {
  private static final Path PAGE = Path.of("docs/man/oosh.1");

  private JsonObject answer(String line) {
    assertThat(run(line)).as(line).isZero();
    return JsonParser.parseString(results.toString()).getAsJsonObject();
  }

  private String help(String topic) {
    assertThat(run("help " + topic)).as(topic).isZero();
    return results.toString();
  }

  @Test
  void theManualIsMadeFromTheHelp() throws IOException {
    String now =
        ManualPage.of(
            answer("help --output json"),
            answer("help exit-codes --output json"),
            Files.readString(Path.of("docs/environment.md")));
    if (Boolean.getBoolean("oosh.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, now);
      return;
    }
    assertThat(Files.readString(PAGE))
        .as("made from help: mvn -Dfast test -Dtest=ManualPageTest -Doosh.write=true")
        .isEqualTo(now);
  }

  @Test
  void everyVerbAndOptionStandsInHelpAndPagesAndManual() throws IOException {
    String verbsPage = Files.readString(Path.of("docs/verbs.md"));
    String manual = manual();
    for (Verb verb : Verbs.ALL) {
      String name = verb.name();
      List<String> places =
          List.of(
              part(help(name), name + ": " + verb.sentence().substring(0, 8), "\n\n\n"),
              part(verbsPage, "\n" + name + ": ", "\n```"),
              part(manual, ".TP 4\n" + name + (verb.arguments().isEmpty() ? "\n" : " "), "\n.RE"));
      for (String place : places) {
        verb.flags().stream()
            .map(f -> String.valueOf(f.longName()))
            .filter(option -> !Verb.OF_EVERY.contains(option))
            .forEach(
                option -> assertThat(place).as(name).containsPattern("--" + option + "(?![\\w-])"));
      }
    }
    String options = part(manual, ".SH OPTIONS\n", "\n.SH");
    String steps = help("start") + "--help, and -c for --command";
    for (GlobalOption option : GlobalOption.ALL) {
      assertThat(options).contains(option.name());
      assertThat(steps).contains(option.name());
    }
    Verb.OF_EVERY.forEach(option -> assertThat(options).contains("--" + option));
  }

  @Test
  void everyExitStatusStandsInHelpAndPagesAndManual() throws IOException {
    String verbsPage = part(Files.readString(Path.of("docs/verbs.md")), "### exit-codes", "\n##");
    String manual = part(manual(), ".SH EXIT STATUS", "\n.SH");
    Matcher code = Pattern.compile("(?m)^(\\d+) +(\\S+)").matcher(HelpCommand.EXIT);
    List<String> codes = new ArrayList<>();
    while (code.find()) {
      codes.add(code.group(1));
      assertThat(help("exit-codes")).containsPattern("(?m)^" + code.group(1) + " ");
      assertThat(verbsPage).containsPattern("(?m)^" + code.group(1) + " ");
      assertThat(manual).contains(".TP 4\n" + code.group(1) + "\n" + code.group(2));
    }
    assertThat(codes).contains("0", "1", "2", "130", "141");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 120})
  void theManualIsShownWithoutAWarning(int columns) throws Exception {
    for (List<String> viewer :
        List.of(
            List.of("man", "--warnings", "-l", PAGE.toString()),
            List.of("mandoc", "-T", "lint", "-W", "warning", PAGE.toString()))) {
      assumeTrue(
          Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
              .anyMatch(bin -> Files.isExecutable(Path.of(bin, viewer.get(0)))),
          viewer.get(0) + " is not installed");
      ProcessBuilder builder = new ProcessBuilder(viewer);
      builder.environment().put("MANWIDTH", String.valueOf(columns));
      builder.environment().put("LC_ALL", "C.UTF-8");
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      Process process = builder.start();
      assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEmpty();
      assertThat(process.waitFor()).isZero();
    }
  }

  /** A newcomer's terminal has 80 columns and 24 lines, one of them for the next prompt. */
  @Test
  void theFirstStepsFitAScreen() {
    assertThat(help("start").lines().toList())
        .hasSizeLessThanOrEqualTo(23)
        .allMatch(line -> line.length() < 80);
    assertThat(Arguments.of(new String[] {"--help"}, Map.of()).words())
        .containsExactly("help", "start");
    assertThat(Arguments.of(new String[] {"-h", "launch"}, Map.of()).words())
        .containsExactly("help", "launch");
  }

  /** The page without the marks of roff. */
  private static String manual() throws IOException {
    return Files.readString(PAGE)
        .replaceAll("\\\\f[BIR]", "")
        .replace("\\-", "-")
        .replace("\\(aq", "'")
        .replaceAll("\\\\[&:]", "");
  }

  private static String part(String text, String begin, String end) {
    int from = text.indexOf(begin);
    assertThat(from).as(begin).isNotNegative();
    int to = text.indexOf(end, from + begin.length());
    return text.substring(from, to < 0 ? text.length() : to);
  }
}
