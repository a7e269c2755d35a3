package oosh.shell.verbs.wave;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import oosh.rollout.OnFailure;
import oosh.rollout.update.Approval;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Gate;
import oosh.rollout.update.Payload;
import oosh.rollout.update.ProcessSuspension;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.Script;
import oosh.rollout.update.TargetFilter;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Quoting;
import oosh.view.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/**
 * What is staged as the words of the staging verbs: the values of a rollout file's keys, which
 * {@link StagedKeys} reads again.
 *
 * @param file the name of a script's file, by what it is staged for
 */
record StagedWords(UpdateSpec spec, BiFunction<String, Script, String> file) {
  /** The value of a key but {@code method}, {@code gates} and {@code set}; "" for nothing. */
  String of(String key) {
    RolloutStrategy strategy = spec.strategy();
    return switch (key) {
      case "script" -> script();
      case "rollback" -> file("rollback", spec.rollbackScript());
      case "batch" -> batch();
      case "pause" -> pause();
      case "on-failure" -> onFailure();
      case "role" -> spec.role();
      case "suspend" -> suspend(spec.suspension());
      case "only" -> only(strategy.only());
      case "first" -> String.join(" ", strategy.first());
      case "max-errors" -> strategy.maxErrors();
      case "approval" -> strategy.needsApproval().map(StagedWords::approval).orElse("");
      case "drain" -> time(spec.gates().drain());
      case "bake" -> time(spec.gates().bake());
      default ->
          spec.payloads().stream()
              .filter(p -> p.word().equals(key))
              .findFirst()
              .map(this::payload)
              .orElse("");
    };
  }

  private String file(String role, @Nullable Script script) {
    return script == null ? "" : file.apply(role, script);
  }

  private String script() {
    String name = file("script", spec.script());
    CommandType type = spec.commandType();
    return name.isEmpty() || type == CommandType.SHELL
        ? name
        : Quoting.quoted(name) + " --type " + type.option();
  }

  private String batch() {
    BatchSizing batches = spec.batches();
    if (batches == null) {
      return String.join(",", spec.strategy().steps());
    }
    return switch (batches.unit()) {
      case NUMBER -> String.valueOf(batches.value());
      case SIZE -> "--size " + batches.value();
      case PERCENT -> batches.value() + "%";
    };
  }

  private String pause() {
    BatchPause pause = spec.pause();
    return pause == null ? time(spec.strategy().waitBetweenBatches()) : pause.option();
  }

  private String onFailure() {
    OnFailure mode = spec.onFailure();
    return spec.gates().rollsBack() ? "rollback" : mode == null ? "" : mode.option();
  }

  private static String suspend(@Nullable ProcessSuspension suspension) {
    return suspension == null ? "" : suspension.text();
  }

  private static String only(TargetFilter only) {
    List<String> words = new ArrayList<>(only.names().stream().map(StagedWords::pattern).toList());
    option(words, "zone", String.join(",", only.zones()));
    option(words, "tag", String.join(",", only.tags()));
    option(words, "oldest", only.oldest() == 0 ? "" : String.valueOf(only.oldest()));
    option(words, "newest", only.newest() == 0 ? "" : String.valueOf(only.newest()));
    return String.join(" ", words);
  }

  /** Nothing here expands a pattern, so that it stands without quotes. */
  private static String pattern(String name) {
    return name.matches("[\\w.*?-]+") ? name : Quoting.quoted(name);
  }

  private static void option(List<String> words, String name, @Nullable Object value) {
    if (value != null && !value.equals("")) {
      words.add("--" + name + " " + Quoting.quoted(String.valueOf(value)));
    }
  }

  private static String approval(Approval approval) {
    List<String> words = new ArrayList<>();
    option(words, "by", String.join(",", approval.by()));
    option(words, "need", approval.need() == 1 ? "" : String.valueOf(approval.need()));
    option(words, "before", approval.beforeFirst() ? "" : "rest");
    option(words, "notify", approval.notice().name());
    return String.join(" ", words);
  }

  private String payload(Payload payload) {
    Map<String, Object> to = spec.extraParameters();
    Map<String, Object> back = spec.rollbackValues();
    List<String> words = new ArrayList<>();
    switch (payload) {
      case IMAGE -> {
        words.add(word(to, "imageId"));
        option(words, "configuration", to.get("scalingConfigurationId"));
        option(words, "back-to", back.get("sourceImageId"));
      }
      case PACKAGE -> {
        words.add(word(to, "packageName"));
        if (!Payload.text(to, "packageVersion").isEmpty()) {
          words.add(word(to, "packageVersion"));
        }
        option(words, "back-to", back.get("packageVersion"));
        if (Payload.text(to, "action").equals(Payload.UNINSTALL)) {
          words.add("--uninstall");
        }
      }
      case FILE -> {
        words.add(word(to, "invokeSourcePath"));
        words.add(word(to, "invokeDestinationDir"));
        option(words, "back-to", back.get("rollbackSourcePath"));
        backDir(words, to, back);
      }
      case OBJECT -> {
        words.add(Quoting.quoted(object(to, "invoke")));
        words.add(word(to, "invokeDestinationDir"));
        option(
            words,
            "back-to",
            Payload.OBJECT.hasRollbackValues(back) ? object(back, "rollback") : "");
        backDir(words, to, back);
      }
      case CONTAINER ->
          // It was read from a file that is not known any more.
          words.add(file.apply("container", Script.ofText("the container's configuration", "")));
    }
    return String.join(" ", words);
  }

  private static String word(Map<String, Object> values, String name) {
    return Quoting.quoted(Payload.text(values, name));
  }

  private static String object(Map<String, Object> values, String prefix) {
    return Payload.text(values, prefix + "BucketName")
        + "/"
        + Payload.text(values, prefix + "ObjectName");
  }

  private static void backDir(
      List<String> words, Map<String, Object> to, Map<String, Object> back) {
    Object folder = back.get("rollbackDestinationDir");
    if (!Objects.equals(folder, to.get("invokeDestinationDir"))) {
      option(words, "back-dir", folder);
    }
  }

  /** The fields of a gate, as they stand in the braces; those that are usual are left out. */
  String gate(Gate gate) {
    List<String> fields = new ArrayList<>();
    Script script = gate.script();
    String subject =
        script == null ? gate.subject() : file.apply("gate script " + gate.subject(), script);
    fields.add(
        gate.kind().word()
            + ": "
            + switch (gate.kind()) {
              case LB -> "true";
              case ALARM -> "[" + String.join(", ", gate.rules()) + "]";
              case TCP -> subject;
              case HTTP -> YamlWord.quoted(subject);
              case SCRIPT -> YamlWord.of(subject, true);
            });
    if (gate.kind() == Gate.Kind.HTTP && gate.expect() != Gate.EXPECT) {
      fields.add("expect: " + gate.expect());
    }
    // Alarm rules take no options.
    if (!gate.every().equals(Gate.EVERY)) {
      fields.add("every: " + time(gate.every()));
    }
    if (gate.kind().onInstance() && gate.times() != Gate.TIMES) {
      fields.add("times: " + gate.times());
    }
    if (!gate.within().equals(Gate.WITHIN)) {
      fields.add("within: " + time(gate.within()));
    }
    if (gate.advises()) {
      fields.add("advise: true");
    }
    return fields.stream().collect(Collectors.joining(", ", "{", "}"));
  }

  /** A parameter as {@code stage set} takes it. */
  static String parameter(Object value) {
    if (value instanceof List<?> list
        && !list.isEmpty()
        && list.stream().allMatch(v -> v instanceof String s && s.matches("[\\w./:-]+"))) {
      return list.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return value instanceof List<?> || value instanceof Map<?, ?>
        ? JsonOutput.line(JsonOutput.tree(value))
        : String.valueOf(value);
  }

  /** {@code 10m}: as it is typed; "" for none. */
  static String time(Duration time) {
    long seconds = time.toSeconds();
    if (seconds == 0) {
      return "";
    }
    return seconds % 3600 == 0
        ? seconds / 3600 + "h"
        : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
