package oosh.shell.verbs.wave;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.config.YamlValue;
import oosh.config.YamlValue.Place;
import oosh.rollout.Problem;
import oosh.rollout.update.Gate;
import oosh.shell.Session;
import oosh.shell.StrictCommandParser;
import oosh.shell.Verb;
import oosh.shell.oneline.StagedOptions;
import oosh.shell.verbs.staging.StageVerbs;

/**
 * The keys of a rollout file that say what is launched. Each stands for a staging verb, and that
 * verb reads its value: a file can say nothing else than the options of {@code launch} can.
 */
final class StagedKeys {
  static final String GATES = "gates";
  static final String SET = "set";
  private static final String GATE = "gate";

  /** By key, in the order in which they are read; the method first. */
  private static final Map<String, Verb> VERBS =
      StageVerbs.OPTIONS.stream()
          .collect(
              Collectors.toMap(
                  v -> v.option().equals(GATE) ? GATES : v.option(),
                  v -> v,
                  (one, other) -> one,
                  LinkedHashMap::new));

  static final List<String> KEYS = List.copyOf(VERBS.keySet());

  private static final List<String> KINDS =
      Stream.of(Gate.Kind.values()).map(Gate.Kind::word).toList();

  private final Session session;
  private final FolderFiles files;
  private final FileMistakes mistakes;

  /**
   * @param session in which it is staged
   */
  StagedKeys(Session session, FolderFiles files) {
    this.session = session;
    this.files = files;
    this.mistakes = files.mistakes();
  }

  static Verb verb(String key) {
    Verb verb = VERBS.get(key);
    if (verb == null) {
      throw new IllegalStateException("no key " + key);
    }
    return verb;
  }

  /** Stages what the keys say; other keys are passed over. */
  void stage(YamlValue.Fields top) throws InterruptedException {
    for (String key : KEYS) {
      for (YamlValue.Field field : top.fields()) {
        if (field.key().equals(key)) {
          stage(field);
        }
      }
    }
  }

  private void stage(YamlValue.Field field) throws InterruptedException {
    Verb verb = verb(field.key());
    switch (field.key()) {
      case GATES -> {
        String takes = "gates takes a list such as [{http: \"8080/health\", within: 2m}]";
        for (YamlValue gate : mistakes.items(field.value(), takes)) {
          stage(verb, gate.at(), gate instanceof YamlValue.Fields of ? gate(of) : words(gate));
        }
      }
      case SET -> {
        String takes = "set takes the parameters of the template, as {lifecycleState: InService}";
        for (YamlValue.Field one : mistakes.fields(field.value(), takes).fields()) {
          if (!(one.value() instanceof YamlValue.Text value)) {
            throw mistakes.of(one.value().at(), one.key() + " takes a word, or JSON in quotes");
          }
          // A value may begin as an option does.
          stage(verb, one.at(), List.of("--", one.key(), value.text()));
        }
      }
      default -> stage(verb, field.at(), words(verb, field));
    }
  }

  private void stage(Verb verb, Place at, List<String> words) throws InterruptedException {
    try {
      verb.change(session, files.found(StagedOptions.line(verb, words), at))
          .change()
          .accept(session);
    } catch (Problem p) {
      throw p.what().startsWith("cannot use the rollout file ") ? p : mistakes.refused(at, p);
    }
  }

  private List<String> words(Verb verb, YamlValue.Field field) {
    String word =
        mistakes.word(
            field.value(),
            field.key()
                + " takes what follows "
                + verb.name()
                + ", as "
                + verb.usage().substring(verb.name().length()).strip());
    return verb.usage().contains("FILE") && files.has(word)
        ? List.of(word)
        : StrictCommandParser.split(word);
  }

  private List<String> words(YamlValue gate) {
    return StrictCommandParser.split(
        mistakes.word(gate, "a gate is {http: \"8080/health\", within: 2m}, or the same as words"));
  }

  /** The words of {@code {http: "8080/health", within: 2m}}. */
  private List<String> gate(YamlValue.Fields gate) {
    Verb verb = verb(GATES);
    List<String> options =
        verb.flags().stream()
            .map(f -> String.valueOf(f.longName()))
            .filter(name -> !Verb.OF_EVERY.contains(name))
            .toList();
    List<String> kind = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (YamlValue.Field field : gate.fields()) {
      if (KINDS.contains(field.key())) {
        if (!kind.isEmpty()) {
          throw mistakes.of(field.at(), "a gate is one of " + String.join(", ", KINDS));
        }
        kind.add(field.key());
        kind.addAll(subjects(field));
      } else if (options.contains(field.key())) {
        boolean flag = verb.flag(field.key()).orElseThrow().value() == null;
        String takes = field.key() + (flag ? " takes true or false" : " takes a word");
        String value = mistakes.word(field.value(), takes);
        if (flag && !value.matches("true|false")) {
          throw mistakes.of(field.value().at(), takes);
        }
        if (!value.equals("false") || !flag) {
          words.add("--" + field.key() + (flag ? "" : "=" + value));
        }
      } else {
        throw mistakes.noKey(
            field, "of a gate", Stream.concat(KINDS.stream(), options.stream()).toList());
      }
    }
    if (kind.isEmpty()) {
      throw mistakes.of(gate.at(), "a gate has one of the keys " + String.join(", ", KINDS));
    }
    words.add("--");
    words.addAll(kind);
    return words;
  }

  /** {@code lb} asks nothing more; alarm rules may be several. */
  private List<String> subjects(YamlValue.Field field) {
    if (field.key().equals(Gate.Kind.LB.word())) {
      boolean right = field.value() instanceof YamlValue.Text text && text.text().matches("true|");
      if (!right) {
        throw mistakes.of(field.value().at(), "lb takes true");
      }
      return List.of();
    }
    String takes = field.key() + " takes what it asks, as " + kind(field.key());
    if (field.value() instanceof YamlValue.Items list) {
      return list.items().stream().map(v -> mistakes.word(v, takes)).toList();
    }
    String word = mistakes.word(field.value(), takes);
    return field.key().equals(Gate.Kind.ALARM.word())
        ? StrictCommandParser.split(word)
        : List.of(word);
  }

  private static String kind(String word) {
    String line = Gate.Kind.of(word).orElseThrow().line();
    return line.substring(line.lastIndexOf(' ') + 1);
  }
}
