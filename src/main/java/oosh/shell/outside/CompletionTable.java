package oosh.shell.outside;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.complete.FileCompleter;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.completion.CompletionProposal;

/**
 * What a shell knows of the verbs without a call of oosh. The keys are patterns of the shells'
 * {@code case}: in words of letters, digits and dashes, with a blank between two words.
 *
 * @param next the words that may follow the beginning of a verb, by that; "" before all verbs
 * @param options by the verb; "" before all verbs
 * @param values what completes the value of an option, by the verb and the option; one without a
 *     value is not in it
 * @param arguments what completes a word of a verb, by the verb and the word's number from 0
 */
record CompletionTable(
    Map<String, List<Word>> next,
    Map<String, List<Word>> options,
    Map<String, Source> values,
    Map<String, Source> arguments) {
  /** Behind a verb, any further word of it; {@link #ANY_VERB} before an option of every verb. */
  static final String ANY_NUMBER = " *";

  static final String ANY_VERB = "* ";

  /** A word that Tab offers. */
  record Word(String value, String description) {
    Word {
      // A word with blanks has quotes for oosh's own prompt; each shell quotes it in its way.
      value = value.replaceFirst("^'([^']*)'$", "$1");
    }

    static Word of(CompletionProposal p) {
      return new Word(p.value(), String.valueOf(p.description()));
    }
  }

  /** Where words come from. */
  enum Kind {
    /** Anything is typed. */
    NONE,
    WORDS,
    /** Some of the words, with commas between them. */
    LIST,
    FILES,
    /** Files of sessions, and folders. */
    SESSIONS,
    /** oosh is asked. */
    ASK
  }

  /**
   * @param words empty unless it is {@code WORDS} or {@code LIST}
   */
  record Source(Kind kind, List<Word> words) {
    private static final Source ASK = new Source(Kind.ASK, List.of());

    static Source of(WordCompleter completer) {
      if (completer == WordCompleter.NOTHING) {
        return new Source(Kind.NONE, List.of());
      }
      if (completer == FileCompleter.ANY) {
        return new Source(Kind.FILES, List.of());
      }
      if (completer == FileCompleter.SESSIONS) {
        return new Source(Kind.SESSIONS, List.of());
      }
      return completer instanceof WordCompleter.Fixed fixed
          ? new Source(
              fixed.isList() ? Kind.LIST : Kind.WORDS,
              fixed.all().get().stream().map(Word::of).toList())
          : ASK;
    }
  }

  /**
   * @param verbs by name
   */
  static CompletionTable of(List<Verb> verbs) {
    CompletionTable table =
        new CompletionTable(
            next(verbs), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    verbs.forEach(table::add);
    table.addGlobal(verbs.get(0));
    return table;
  }

  private static Map<String, List<Word>> next(List<Verb> verbs) {
    Map<String, List<Word>> next = new LinkedHashMap<>();
    Map<String, Set<String>> second = new LinkedHashMap<>();
    for (Verb v : verbs) {
      String[] words = v.name().split(" ", 2);
      Set<String> others = second.computeIfAbsent(words[0], w -> new TreeSet<>());
      if (words.length > 1) {
        others.add(words[1]);
        next.computeIfAbsent(words[0], w -> new ArrayList<>())
            .add(new Word(words[1], v.sentence()));
      }
    }
    Map<String, String> sentences =
        verbs.stream().collect(Collectors.toMap(Verb::name, Verb::sentence));
    next.put(
        "",
        second.entrySet().stream()
            .map(
                first ->
                    new Word(
                        first.getKey(),
                        sentences.getOrDefault(
                            first.getKey(), String.join(", ", first.getValue()))))
            .toList());
    return next;
  }

  private void add(Verb verb) {
    List<Word> all = new ArrayList<>();
    for (CommandOption f : verb.flags()) {
      String name = "--" + f.longName();
      all.add(new Word(name, String.valueOf(f.description())));
      if (f.value() != null) {
        Source source =
            verb.part(String.valueOf(f.longName()))
                .map(CompletionTable::rest)
                .orElseGet(() -> Source.of(verb.completer(String.valueOf(f.longName()))));
        values.put(verb.name() + " " + name, source);
        if (verb.flag(f.shortName()).isPresent()) {
          values.put(verb.name() + " -" + f.shortName(), source);
        }
      }
    }
    GlobalOption.ALL.stream()
        .filter(option -> option.mayFollow(verb))
        .forEach(option -> all.add(new Word(option.name(), option.says())));
    // Those that every verb has come last, as at the prompt.
    all.sort(Comparator.comparing(word -> Verb.OF_EVERY.contains(word.value().substring(2))));
    options.put(verb.name(), all);
    List<Verb.Argument> words = verb.arguments();
    for (int i = 0; i < words.size(); i++) {
      boolean any = verb.repeats() && i == words.size() - 1;
      arguments.put(
          verb.name() + (any ? ANY_NUMBER : " " + i), Source.of(words.get(i).completer()));
    }
  }

  /**
   * What completes an option that is the rest of a line of that verb. A file's name that is typed
   * without the verb's options is the user's shell to complete.
   */
  private static Source rest(Verb part) {
    if (part.arguments().size() != 1 || part.repeats()) {
      return Source.ASK;
    }
    Source source = Source.of(part.arguments().get(0).completer());
    return source.kind() == Kind.FILES || part.flags().size() == Verb.OF_EVERY.size()
        ? source
        : Source.ASK;
  }

  private void addGlobal(Verb any) {
    options.put("", GlobalOption.ALL.stream().map(o -> new Word(o.name(), o.says())).toList());
    for (GlobalOption option : GlobalOption.ALL) {
      if (option.value() != null) {
        Source source =
            GlobalOption.PLACE.contains(option.name())
                ? Source.ASK
                : option.name().equals("--output")
                    ? Source.of(any.completer("output"))
                    : Source.of(WordCompleter.NOTHING);
        values.put(
            (GlobalOption.PLACE.contains(option.name()) ? ANY_VERB : " ") + option.name(), source);
        if (!option.letter().isEmpty()) {
          values.put(" " + option.letter(), source);
        }
      }
    }
  }
}
