package oosh.shell.complete;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.shell.Shell;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.syntax.Aliases;
import oosh.view.text.TextSanitizer;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.springframework.shell.core.command.completion.CompletionContext;
import org.springframework.shell.core.command.completion.CompletionProposal;

/**
 * Tab: first the verb, then what the verb declares. Proposals keep the order in which they are
 * proposed (newest first for executions), with a description beside each.
 */
public final class ShellCompleter implements Completer {
  private final Supplier<Shell> shell;

  public ShellCompleter(Supplier<Shell> shell) {
    this.shell = shell;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    List<CompletionProposal> proposals;
    try {
      proposals = propose(line);
    } catch (Problem | Interrupted p) {
      // Tab is no place for an error; the command itself will say it.
      return;
    }
    int order = 0;
    for (CompletionProposal p : proposals) {
      if (!isTyped(p.value())) {
        continue;
      }
      String description = TextSanitizer.line(String.valueOf(p.description()));
      candidates.add(
          new Candidate(
              p.value(),
              p.value(),
              null,
              description.isEmpty() ? null : description,
              null,
              null,
              p.complete(),
              order++));
    }
  }

  /** A file or an id whose name acts on a terminal is not put under anybody's fingers. */
  public static boolean isTyped(String value) {
    return TextSanitizer.isLine(value);
  }

  private List<CompletionProposal> propose(ParsedLine line) {
    Shell s = shell.get();
    List<String> before = line.words().subList(0, line.wordIndex());
    if (!before.isEmpty() && before.get(0).matches("[|!]|>>?")) {
      // Behind a sign stands a file, or a program with its files.
      return FileCompleter.files(line.word());
    }
    List<CompletionProposal> proposals = new ArrayList<>(nextWords(s.verbs(), before));
    if (before.isEmpty()) {
      proposals.addAll(Aliases.of(s.session()).proposals());
    }
    s.parser()
        .command(before)
        .ifPresent(
            command ->
                proposals.addAll(
                    command
                        .getCompletionProvider()
                        .apply(
                            new CompletionContext(
                                line.words(),
                                line.wordIndex(),
                                Math.min(line.wordCursor(), line.word().length()),
                                command,
                                null))));
    return proposals;
  }

  /** The next word of verbs that begin with what stands before: {@code use} has four. */
  public static List<CompletionProposal> nextWords(List<Verb> verbs, List<String> before) {
    String begun = before.isEmpty() ? "" : String.join(" ", before) + " ";
    Set<String> seen = new HashSet<>();
    List<CompletionProposal> next = new ArrayList<>();
    for (Verb v : verbs) {
      if (v.name().startsWith(begun)) {
        String rest = v.name().substring(begun.length());
        int blank = rest.indexOf(' ');
        String word = blank < 0 ? rest : rest.substring(0, blank);
        if (seen.add(word)) {
          next.add(WordCompleter.item(word, blank < 0 ? v.sentence() : ""));
        }
      }
    }
    return next;
  }
}
