package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import oosh.rollout.cloud.Profile;
import oosh.shell.Backends;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.junit.jupiter.api.Test;

/** The README, CONTRIBUTING and docs/ agree with the help, the sessions, the files and the code. */
class DocsTest {
  private static final Path README = Path.of("README.md");
  private static final Path VERBS = Path.of("docs", "verbs.md");
  private static final int HELP_COLUMNS = 96;

  /** {@code Context}, and below it the lines {@code " use group the scaling group to update"}. */
  private static final Pattern HELP_SECTION =
      Pattern.compile("(?m)^(\\S.*)\\n((?: +\\S.*\\n)+)(?:\\n|\\z)");

  /** A heading, the printed help below it, and the notes up to the next heading. */
  private static final Pattern VERB =
      Pattern.compile(
          "\\n### ([^\\n]+)\\n\\n```\\n.*?\\n```\\n(.*?)(?=\\n##+ |\\z)", Pattern.DOTALL);

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)]*))?\\)");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

  @Test
  void verbsAreDescribedByTheirHelp() throws IOException {
    String before = Files.readString(VERBS);
    String now = withHelp(before);
    if (Boolean.getBoolean("oosh.write")) {
      Files.writeString(VERBS, now);
      return;
    }
    assertThat(before)
        .as("docs/verbs.md is made from help: mvn -Dfast test -Dtest=DocsTest -Doosh.write=true")
        .isEqualTo(now);
  }

  @Test
  void readmeHasAtMost150Lines() throws IOException {
    assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(150);
  }

  @Test
  void linksLeadToFilesAndHeadings() throws IOException {
    for (Path page : pages()) {
      Matcher link = LINK.matcher(withoutFences(Files.readString(page)));
      while (link.find()) {
        if (link.group(1).contains(":")) {
          continue;
        }
        Path target =
            link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
        assertThat(target).as(page + " links to " + link.group()).exists();
        if (link.group(2) != null) {
          assertThat(anchors(target))
              .as(page + " links to " + link.group())
              .contains(link.group(2));
        }
      }
    }
  }

  @Test
  void readmeLinksToEveryPage() throws IOException {
    String readme = Files.readString(README);
    for (Path page : pages()) {
      if (!page.equals(README)) {
        assertThat(readme).contains("](" + page + ")");
      }
    }
  }

  @Test
  void classesStandInTheFoldersThatTheDesignNames() throws IOException {
    String design = Files.readString(Path.of("docs/design.md"));
    for (String name : all("`((?:[a-z]+\\.)+[A-Z][a-z]\\w*)`", design)) {
      assertThat(Path.of("src/main/java/oosh", name.replace('.', '/') + ".java")).exists();
    }
  }

  @Test
  void namedClassesExist() throws IOException {
    Set<String> classes = new HashSet<>();
    for (String root : List.of("src", "bench/src")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        files.forEach(f -> classes.add(f.getFileName().toString().replace(".java", "")));
      }
    }
    for (Path page : pages()) {
      String text = Files.readString(page);
      assertThat(classes).as(page.toString()).containsAll(all("\\b([A-Z]\\w+Test)\\b", text));
      if (page.endsWith("design.md") || page.endsWith("CONTRIBUTING.md")) {
        assertThat(classes)
            .as(page.toString())
            .containsAll(all("`(?:[a-z]+\\.)*([A-Z][a-z]\\w*)`", text));
      }
    }
  }

  /** What the README and each block marked {@code oosh} quote, sessions have to the letter. */
  @Test
  void quotedAnswersAreThoseOfSessions() throws IOException {
    StringBuilder answers = new StringBuilder();
    try (Stream<Path> files = Files.list(Path.of("sessions"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".oosh")).toList()) {
        for (String line : Files.readAllLines(file)) {
          if (line.startsWith("#>")) {
            answers.append(line.substring(2));
          }
        }
      }
    }
    String said = withoutSpace(answers.toString());
    for (Path page : pages()) {
      Matcher block = FENCED.matcher(Files.readString(page));
      while (block.find()) {
        if (block.group(1).equals("oosh") || block.group(2).startsWith("sandbox cn-hangzhou ›")) {
          for (String answer : answers(block.group(2))) {
            assertThat(said).as(page.toString()).contains(withoutSpace(answer));
          }
        }
      }
    }
  }

  /** The answers in a transcript, up to a question; without what Tab lists and "…" leaves out. */
  private static List<String> answers(String transcript) {
    List<String> answers = new ArrayList<>();
    for (String part : transcript.split("(?m)^(?=.*› )", -1)) {
      String[] promptAndAnswer = part.split("\n", 2);
      if (promptAndAnswer.length == 2 && !promptAndAnswer[0].contains("<Tab>")) {
        String untilAQuestion = promptAndAnswer[1].split("(?m)^launch on .*\\?", 2)[0];
        answers.addAll(List.of(untilAQuestion.split("(?m)^…$", -1)));
      }
    }
    return answers;
  }

  /** The page with the help of now; its beginning and the notes below each verb stay. */
  private static String withHelp(String before) {
    Map<String, String> notes = new HashMap<>();
    Matcher verb = VERB.matcher(before);
    while (verb.find()) {
      notes.put(verb.group(1), verb.group(2).strip());
    }
    StringBuilder page = new StringBuilder(before.split("\n## ", 2)[0].strip()).append('\n');
    try (Backends backends = CheckBackends.open()) {
      Matcher section = HELP_SECTION.matcher(help(backends, ""));
      while (section.find()) {
        page.append("\n## ").append(section.group(1)).append('\n');
        for (String line : section.group(2).lines().toList()) {
          // A line that begins deeper goes on with the sentence of a verb.
          if (!line.startsWith("   ")) {
            append(page, backends, line.strip().split(" {2,}", 2)[0], notes);
          }
        }
      }
      page.append("\n## Other topics of help\n");
      append(page, backends, "exit-codes", notes);
      append(page, backends, "lines", notes);
      append(page, backends, "warnings", notes);
    }
    return page.toString();
  }

  private static void append(
      StringBuilder page, Backends backends, String topic, Map<String, String> notes) {
    page.append("\n### ").append(topic).append("\n\n```\n");
    page.append(help(backends, topic)).append("```\n");
    String note = notes.getOrDefault(topic, "");
    page.append(note.isEmpty() ? "" : "\n" + note + "\n");
  }

  /**
   * What {@code help} prints in a pipe of {@link #HELP_COLUMNS} columns.
   *
   * @param topic a verb or another topic, empty for the list of the verbs
   */
  private static String help(Backends backends, String topic) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    Shell shell =
        new Shell(
            new Session(
                backends,
                new StreamScreen(out, out, () -> HELP_COLUMNS, false, question -> ""),
                backends.profiles().named(Profile.SANDBOX),
                null,
                null));
    assertThat(new NonInteractiveShell(shell).line("help " + topic)).as(topic).isZero();
    return said.toString();
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(README));
    for (String folder : List.of("", "docs")) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        files
            .filter(f -> f.toString().endsWith(".md") && !f.equals(README))
            .sorted()
            .forEach(pages::add);
      }
    }
    return pages;
  }

  /** The anchors that a Markdown page gives its headings. */
  private static List<String> anchors(Path page) throws IOException {
    return all("(?m)^#+ (.*)$", withoutFences(Files.readString(page))).stream()
        .map(h -> h.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .toList();
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(m -> m.group(1)).toList();
  }

  private static String withoutFences(String text) {
    return FENCED.matcher(text).replaceAll("");
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s", "");
  }
}
