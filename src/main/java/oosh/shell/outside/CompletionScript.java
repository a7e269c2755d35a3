package oosh.shell.outside;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.shell.Verb;

/** The completion script of a shell: its own part, a resource, with what the verbs say. */
public enum CompletionScript {
  /** It shows no descriptions. */
  BASH,
  ZSH,
  FISH;

  /** The line of the resource in place of which the functions of the verbs come. */
  private static final String TABLES = "@TABLES@\n";

  /** The shell's name. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The script for the shell of that name; empty if there is none. */
  public static Optional<CompletionScript> of(String shell) {
    return Stream.of(values()).filter(s -> s.word().equals(shell)).findFirst();
  }

  /**
   * The script, to be read by its shell.
   *
   * @param verbs by name
   */
  public String text(List<Verb> verbs) {
    CompletionTable table = CompletionTable.of(verbs);
    return resource(word())
        .replace(
            TABLES,
            function("next", table.next(), CompletionScript::words)
                + function("options", table.options(), CompletionScript::words)
                + function("value", table.values(), CompletionScript::source)
                + function("argument", table.arguments(), CompletionScript::source));
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            CompletionScript.class.getResourceAsStream("/oosh/completion/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<CompletionTable.Word> words(List<CompletionTable.Word> words) {
    return words;
  }

  /** The kind as a first word. */
  private static List<CompletionTable.Word> source(CompletionTable.Source source) {
    List<CompletionTable.Word> all = new ArrayList<>();
    all.add(new CompletionTable.Word(source.kind().name().toLowerCase(Locale.ROOT), ""));
    all.addAll(source.words());
    return all;
  }

  /** A function that gives the lines of a key, or fails where there is none; equal ones once. */
  private <T> String function(
      String name, Map<String, T> table, Function<T, List<CompletionTable.Word>> words) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    // A pattern would hide what comes behind it.
    table.entrySet().stream()
        .sorted(Comparator.comparing(entry -> isPattern(entry.getKey())))
        .forEach(
            entry ->
                keys.computeIfAbsent(
                        (isPattern(entry.getKey()) ? "*" : "")
                            + lines(words.apply(entry.getValue())),
                        text -> new ArrayList<>())
                    .add(entry.getKey()));
    StringBuilder s = new StringBuilder();
    s.append(
        this == FISH
            ? "function __oosh_" + name + "\n  switch $argv[1]\n"
            : "_oosh_" + name + "() {\n  case $1 in\n");
    keys.forEach(
        (text, of) -> {
          String lines = text.replaceFirst("^\\*", "");
          s.append(
              this == FISH
                  ? "    case " + patterns(of, " ") + "\n      printf '%s\\n' " + lines + "\n"
                  : "    " + patterns(of, " | ") + ") REPLY=" + lines + " ;;\n");
        });
    return s.append(
            this == FISH
                ? "    case '*'\n      return 1\n  end\nend\n\n"
                : "    *) REPLY= && return 1 ;;\n  esac\n}\n\n")
        .toString();
  }

  private static boolean isPattern(String key) {
    return key.startsWith(CompletionTable.ANY_VERB) || key.endsWith(CompletionTable.ANY_NUMBER);
  }

  private String patterns(List<String> keys, String between) {
    return keys.stream().map(this::pattern).collect(Collectors.joining(between));
  }

  /** To fish a star is one in quotes, too. */
  private String pattern(String key) {
    if (this == FISH || !isPattern(key)) {
      return quoted(key);
    }
    return key.startsWith(CompletionTable.ANY_VERB)
        ? "*" + quoted(key.substring(1))
        : quoted(key.substring(0, key.length() - 1)) + "*";
  }

  /** No tab of the script's own: oosh prints none, lest it move the columns of a table. */
  private String lines(List<CompletionTable.Word> words) {
    return switch (this) {
      case BASH ->
          quoted(words.stream().map(CompletionTable.Word::value).collect(Collectors.joining("\n")));
      case ZSH ->
          "$'"
              + words.stream()
                  .map(
                      w ->
                          escaped(w.value()) + (hasText(w) ? "\\t" + escaped(w.description()) : ""))
                  .collect(Collectors.joining("\n"))
              + "'";
      case FISH ->
          words.stream()
              .map(w -> quoted(w.value()) + (hasText(w) ? "\\t" + quoted(w.description()) : ""))
              .collect(Collectors.joining(" "));
    };
  }

  private static boolean hasText(CompletionTable.Word word) {
    return !word.description().isEmpty();
  }

  private String quoted(String text) {
    return "'" + (this == FISH ? escaped(text) : text.replace("'", "'\\''")) + "'";
  }

  /** Within quotes of fish, or of the kind {@code $'…'}. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}
