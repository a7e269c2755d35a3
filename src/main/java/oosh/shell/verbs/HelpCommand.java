package oosh.shell.verbs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.VerbCommand;
import oosh.shell.VerbHelp;
import oosh.shell.WordCompleter;
import oosh.shell.syntax.Aliases;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import org.springframework.shell.core.command.completion.CompletionProposal;

/**
 * {@code help}, {@code help VERB}: examples first.
 *
 * <pre>
 * launch: start the staged rolling update, and watch it
 *
 *   launch -m "web 2.4.1"
 *
 *   -m, --message REASON   why, for the record
 * </pre>
 */
public final class HelpCommand {
  /** The README's table has these words, held by a test. */
  public static final String EXIT =
      """
      0    done
      1    refused or failed before anything changed; a group, execution, tag or other
           name that is not known; a file that cannot be read; a rehearsal whose
           scripts could not be run; or done, but its answer could not be written
      2    usage: a verb, an option or a value that oosh does not have
      3    the answer was no, the wait timed out, or it is unknown whether the
           execution was started or aborted
      4    credentials
      5    the execution ended without success, or succeeded on no instance, and was
           not rolled back; an act of a rehearsal that should succeed did not
      6    it failed, and its rollback (by oosh or by OOS) ended in Success
      7    it is paused, or waits for an approval, its hours or another launch, and
           waits for the user
      8    with --detailed-exitcode: plan would launch something, doctor found
           something
      130  Ctrl-C
      141  the reader of the pipe has left: nothing more is printed, the lines that
           follow are not run, and executions continue""";

  private static final String OUTPUT =
      """
      --output text   words; in a pipe one record a line, times in UTC
      --output json   a JSON document; watch and run answer with one a line
      --output yaml   the same as YAML
      --output tsv    rows with tabs between the values, without a header
      --output csv    rows with commas and a header
      --query EXPR    what that JMESPath picks from the JSON; as JSON, or in the form
                      of --output; with --output text a value a line, for a variable
      --columns A,B   these fields of the JSON as rows; within a field: script.name
      They stand behind the verb, or before it: oosh --output yaml history.
      help VERB --output json has the fields of each answer.""";

  /** What a first rollout takes. */
  private static final String FIRST =
      "use group <Tab>, stage script FILE, stage rollback FILE, launch, rollback <Tab>";

  private static final String LINES =
      """
      a; b                two commands; the second is not run if the first fails
      show # why          a comment, from # on, with a blank before it
      "… or …\\            a line goes on below while a quote is open, or behind \\
      stage script <<END  the lines below are the script, up to a line END; END is its
                          name, and nothing in it is expanded
      history | less      the answer goes to a program; questions stay here
      plan > FILE         the answer goes into a file; asks before it overwrites;
                          >> appends
      !vim deploy.sh      a program: the whole line behind ! is your shell's
      alias web = …       your own name for a line: help alias
      ${name}             a parameter of a session file: run FILE name=value

      |, >, >>, << and # count where a word begins, outside of quotes; ; counts outside of quotes.
      What is pasted stands at the prompt until Enter; then it is run line by line, up to the first that fails.
      |, >, >> and ! are for the prompt; a session file has them with run --allow-shell FILE.""";

  private HelpCommand() {}

  /** The second words of verbs: {@code group} behind {@code use}. */
  private static List<CompletionProposal> second(Session session, String first) {
    return verbs(session).stream()
        .filter(v -> v.name().startsWith(first + " "))
        .map(v -> WordCompleter.item(v.name().substring(first.length() + 1), v.sentence()))
        .toList();
  }

  static Verb verb() {
    return Verb.of("help", Verb.HelpSection.SHELL, "what oosh can do; help VERB explains one verb")
        .example(
            "help", "help launch", "help exit-codes", "help output", "help lines", "help warnings")
        .optional("VERB", WordCompleter.each(HelpCommand::verbs, Verb::name, Verb::sentence))
        .optional("WORD", (session, before, prefix) -> second(session, before.get(1)))
        .withoutJournal()
        .answers(JsonAnswer.HELP)
        .does(
            (session, in) -> {
              if (in.arguments().isEmpty()) {
                return print(session, in, verbs(session), style -> all(session, style));
              }
              String name = String.join(" ", in.arguments());
              if (name.equals("exit-codes")) {
                session.print(in.json() ? exitCodes() : labelled(EXIT, 5, session.style()));
                return 0;
              }
              if (name.equals("output")) {
                return Answer.print(
                    session,
                    in,
                    () -> Map.of("output", OUTPUT.lines().toList()),
                    style -> labelled(OUTPUT, 16, style));
              }
              if (name.equals(FirstSteps.TOPIC)) {
                return Answer.print(
                    session,
                    in,
                    () -> Map.of("lines", FirstSteps.TEXT.lines().toList()),
                    FirstSteps::text);
              }
              if (name.equals("lines")) {
                return Answer.print(
                    session,
                    in,
                    () -> Map.of("lines", LINES.lines().toList()),
                    style -> labelled(LINES, 20, style));
              }
              if (name.equals("warnings")) {
                return Answer.print(session, in, HelpCommand::warnings, HelpCommand::warnings);
              }
              List<Verb> verbs =
                  verbs(session).stream()
                      .filter(v -> v.name().equals(name) || v.name().startsWith(name + " "))
                      .toList();
              if (verbs.isEmpty()) {
                throw Problem.usage(
                    "there is no verb \"" + name + "\"", "oosh does not know it", "help");
              }
              return print(session, in, verbs, style -> text(verbs, style));
            });
  }

  /**
   * Labels with text beside them, as the constants have it for 80 columns, for any width.
   *
   * @param indent the text's column
   */
  private static String labelled(String rows, int indent, Style style) {
    return rows.replaceAll("\n +", " ")
        .lines()
        .map(
            row -> {
              String label = row.substring(0, Math.min(indent, row.length()));
              return label.endsWith("  ")
                  ? style.beside(label, indent, 6, row.substring(indent))
                  : style.wrapped(row);
            })
        .collect(Collectors.joining("\n"));
  }

  private static int print(
      Session session, CommandInput in, List<Verb> verbs, Function<Style, String> text) {
    session.print(in.json() ? VerbHelp.json(verbs) : text.apply(session.style()));
    return 0;
  }

  /**
   *
   *
   * <pre>
   * none-keeps-serving      no instance keeps serving (severe)
   * half-out                half of what serves is out of service at once
   * </pre>
   */
  private static String warnings(Style style) {
    return Arrays.stream(Warning.Code.values())
        .map(
            code ->
                style.wrapped(
                    String.format(
                        Locale.ROOT,
                        "%-24s %s%s",
                        code.word(),
                        code.meaning(),
                        code.isSevere() ? " (severe)" : "")))
        .collect(Collectors.joining("\n"));
  }

  private static Map<String, Object> warnings() {
    return Map.of(
        "warnings",
        Arrays.stream(Warning.Code.values())
            .map(
                code ->
                    Map.of("code", code.word(), "severe", code.isSevere(), "means", code.meaning()))
            .toList());
  }

  private static List<Verb> verbs(Session session) {
    return VerbCommand.verbs(session.shell().commands());
  }

  private static String text(List<Verb> verbs, Style style) {
    return verbs.stream().map(v -> VerbHelp.of(v, style)).collect(Collectors.joining("\n\n"));
  }

  /** {@code {"exitCodes": {"0": "done", …}}}. */
  public static String exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    EXIT.replaceAll("\n +", " ")
        .lines()
        .map(line -> line.split(" +", 2))
        .forEach(code -> codes.put(code[0], code[1]));
    return JsonOutput.document(Map.of("exitCodes", codes));
  }

  private static String all(Session session, Style style) {
    StringBuilder s = new StringBuilder(style.wrapped(FIRST)).append('\n');
    for (Verb.HelpSection h : Verb.HelpSection.values()) {
      s.append('\n').append(style.bold(h.title)).append('\n');
      for (Verb v : verbs(session)) {
        if (v.heading() == h) {
          s.append(style.beside("  " + v.name() + " ", 21, 6, v.sentence())).append('\n');
        }
      }
    }
    List<Aliases.Alias> aliases = Aliases.of(session).all();
    if (!aliases.isEmpty()) {
      s.append('\n').append(style.bold("Aliases")).append('\n');
      aliases.forEach(a -> s.append(style.wrapped("  " + a.text())).append('\n'));
    }
    return s.append('\n')
        .append(
            style.wrapped(
                "help VERB shows examples and options; help exit-codes the exit codes, help output"
                    + " the forms of an answer, help lines pipes, files and aliases, help warnings"
                    + " what plans warn of."))
        .append('\n')
        .append(
            style.wrapped(
                "Right arrow takes the dim text behind a line, Alt-F a word of it; Tab also finds"
                    + " lnch for launch; set lists what else the prompt can show."))
        .append('\n')
        .append(
            style.wrapped(
                "oosh --read-only changes nothing; oosh --resume offers what the last prompt"
                    + " left."))
        .toString();
  }
}
