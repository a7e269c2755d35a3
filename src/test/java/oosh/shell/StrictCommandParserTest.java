package oosh.shell;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.shell.verbs.Verbs;
import org.junit.jupiter.api.Test;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.completion.CompletionProposal;

class StrictCommandParserTest {
  private static final Verb LAUNCH =
      Verb.of("launch", Verb.HelpSection.ROLLOUT, "start")
          .flag("message", 'm', "REASON", "why")
          .flag("zone", "ZONE,…", "those in one of these zones")
          .flag("yes", 'y', null, "do not ask");
  private static final Verb STAGE =
      Verb.of("stage script", Verb.HelpSection.STAGE, "stage")
          .argument("FILE", WordCompleter.NOTHING);

  /** The parser asks nothing of the session. */
  @SuppressWarnings("NullAway")
  private static final StrictCommandParser WORDS =
      new StrictCommandParser(
          new CommandRegistry(Set.of(new VerbCommand(LAUNCH, null), new VerbCommand(STAGE, null))));

  @Test
  void understandsQuotesEscapesAndTheEndOfOptions() {
    assertThat(parse("stage script 'my file.sh'").arguments()).containsExactly("my file.sh");
    assertThat(parse("stage script my\\ file.sh").arguments()).containsExactly("my file.sh");
    assertThat(parse("stage script -- -x.sh").arguments()).containsExactly("-x.sh");
    assertThat(parse("stage script -").arguments()).containsExactly("-");
  }

  @Test
  void acceptsAnOptionsValueInEveryForm() {
    assertThat(parse("launch -m \"web 2\"").option("message")).isEqualTo("web 2");
    assertThat(parse("launch --message=web").option("message")).isEqualTo("web");
    assertThat(parse("launch --message web -y").has("yes")).isTrue();
  }

  @Test
  void quotesAWordSoThatTheLineMakesThatWordOfIt() {
    for (String word :
        List.of(
            "web", "web 2.4.1", "it's", "a \"b\" c", "a\\ b", "\\", "größe €", "$x;y|z", "#1")) {
      assertThat(StrictCommandParser.split("launch -m " + Quoting.quoted(word)))
          .containsExactly("launch", "-m", word);
    }
  }

  @Test
  void repeatsTheLineWithTheOptionsThatWereTyped() {
    CommandInput typed = parse("launch --message \"web 2\" -y -o json");

    assertThat(typed.line()).isEqualTo("launch -m \"web 2\" -y");
    assertThat(parse(typed.line()).options()).isEqualTo(typed.without("output").options());
    assertThat(typed.line("message", "")).isEqualTo("launch --message= -y");
  }

  @Test
  void refusesAnOptionThatTheVerbDoesNotHave() {
    refused("launch --dryrun", "launch has no option --dryrun");
    refused("launch -x", "launch has no option -x");
    refused("launch -ym web", "launch has no option -ym");
  }

  @Test
  void takesAListInPiecesAndNoOtherOptionTwice() {
    assertThat(parse("launch --zone a --zone b,c").option("zone")).isEqualTo("a,b,c");
    assertThat(parse("launch -y -y -m web --message web").option("message")).isEqualTo("web");
    refused("launch -m web --message api", "--message is given twice");
  }

  /** Nothing of the session is asked for. */
  @Test
  @SuppressWarnings("NullAway")
  void completesAListBehindItsLastComma() {
    WordCompleter zones = WordCompleter.listOf(session -> List.of("h-1", "h-2", "i-1"));
    assertThat(zones.propose(null, List.of(), "h-1,").stream().map(CompletionProposal::value))
        .containsExactly("h-1,h-2", "h-1,i-1");
    assertThat(zones.propose(null, List.of(), "h").stream().map(CompletionProposal::value))
        .containsExactly("h-1", "h-2", "i-1");
  }

  @Test
  void refusesWordsThatAreTooManyOrTooFew() {
    refused("launch now", "launch does not take \"now\"");
    refused("stage script", "stage script needs FILE");
    refused("stage", "stage needs one more word");
    refused("launch --yes=no", "--yes takes no value");
    refused("launch -m", "-m needs a value");
    refused("launch 'open", "the line is not complete");
  }

  @Test
  void readsAHundredThousandBackslashesAndStillKnowsWhichEscapes() {
    String half = "\\".repeat(50_000);
    assertThat(StrictCommandParser.split("launch -m " + half + half))
        .containsExactly("launch", "-m", half);
    assertThat(StrictCommandParser.split("launch -m " + half + half + "\\ x").get(2))
        .endsWith("\\ x");
    assertThat(StrictCommandParser.split("a\\\\ b\\ c \\'d")).containsExactly("a\\", "b c", "'d");
    refused("launch -m " + half + "\\", "the line is not complete");
  }

  @Test
  void suggestsTheNearestName() {
    assertThat(StrictCommandParser.nearest("lanch", List.of("launch", "logs"))).contains("launch");
    assertThat(StrictCommandParser.nearest("xyzzy", List.of("launch", "logs"))).isEmpty();
  }

  private static CommandInput parse(String line) {
    List<String> words = StrictCommandParser.split(line);
    return CommandInput.of(WORDS.command(words).orElseThrow().verb(), WORDS.parse(line));
  }

  @Test
  void suggestsTheVerbThatTakesTheWords() {
    assertThat(
            List.of(
                meant("batch 3"),
                meant("batch --size 2"),
                meant("gate http 8080/health --expect 204"),
                meant("group 'a group'"),
                meant("serve")))
        .containsExactly(
            "stage batch 3",
            "stage batch --size 2",
            "stage gate http 8080/health --expect 204",
            "use group \"a group\"",
            "sandbox serve");
    // It takes no such option, and of the two that end so neither stands out.
    assertThat(meant("batch --sise 2")).isEqualTo("help");
    assertThat(meant("add")).isEqualTo("help");
    assertThat(meant("history|head -3")).isEqualTo("history | head -3");
    assertThat(meant("quit")).isEqualTo("exit");
    assertThat(meant("show && history")).isEqualTo("help lines");
    assertThat(meant("use group 'a\nb'")).isEqualTo("use group GROUP");
  }

  @SuppressWarnings("NullAway")
  private static String meant(String line) {
    StrictCommandParser all =
        new StrictCommandParser(
            new CommandRegistry(
                Verbs.ALL.stream().map(v -> new VerbCommand(v, null)).collect(toSet())));
    return catchThrowableOfType(Problem.class, () -> all.parse(line)).next();
  }

  @Test
  void refusesAReasonOfBlanksAlone() {
    refused("launch -m ' '", "-m needs a reason");
    refused("launch \"--message=\u200b \"", "--message needs a reason");
    assertThat(parse("launch --message=").option("message")).isEmpty();
  }

  @Test
  void namesTheFileThatBeginsLikeAnOption() throws IOException {
    Path file = Path.of("-a-file-of-wordstest.sh");
    Files.writeString(file, "true");
    try {
      assertThatThrownBy(() -> WORDS.parse("stage script " + file))
          .isInstanceOfSatisfying(
              Problem.class,
              p -> assertThat(p.next()).isEqualTo("stage script ./-a-file-of-wordstest.sh"));
    } finally {
      Files.delete(file);
    }
  }

  private static void refused(String line, String what) {
    assertThatThrownBy(() -> WORDS.parse(line))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> {
              assertThat(p.what()).isEqualTo(what);
              assertThat(p.kind()).isEqualTo(Problem.Kind.USAGE);
            });
  }
}
