package oosh.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.config.YamlValue.Place;
import oosh.rollout.Problem;
import oosh.rollout.ProfileMark;
import org.jspecify.annotations.Nullable;

/**
 * The config file's text: YAML, of which every value is read as it is written. {@code no} is a word
 * here and no truth value.
 */
final class ConfigText {
  static final List<String> KEYS =
      List.of("profile", "region", "group", "hooks", "set", "profiles", "journal");

  /** Those of {@code hooks}. */
  static final List<String> HOOK_KEYS =
      List.of("before-launch", "after-end", "on-failure", "within");

  /** Those of {@code set}. */
  static final List<String> SET_KEYS =
      Arrays.stream(ShellOption.values()).map(ShellOption::word).toList();

  /** Those of each profile under {@code profiles}. */
  static final List<String> PROFILE_KEYS = List.of("mark", "colour");

  /** Those of {@code journal}. */
  static final List<String> JOURNAL_KEYS = List.of("url", "password-file", "password-command");

  private static final List<String> MARKS = List.of(ProfileMark.PRODUCTION, "none");
  private static final List<String> COLOURS =
      Arrays.stream(ProfileMark.Colour.values()).map(ProfileMark.Colour::word).toList();

  private static final Pattern SECONDS = Pattern.compile("(\\d{1,3})s");
  private static final int MOST_SECONDS = 300;

  private final Path file;
  private final String without;

  private ConfigText(Path file, String without) {
    this.file = file;
    this.without = without;
  }

  /**
   * @param without the command that goes on without the file
   */
  static Config read(Path file, String text, String without) {
    return new ConfigText(file, without).read(text);
  }

  private Config read(String text) {
    return StrictYaml.read(text, this::problem).map(this::config).orElse(Config.EMPTY);
  }

  private Config config(YamlValue root) {
    Map<String, YamlValue> fields = fields(root, "", KEYS);
    return new Config(
        word(fields, "profile"),
        word(fields, "region"),
        word(fields, "group"),
        hooks(fields),
        set(fields),
        profiles(fields),
        journal(fields));
  }

  private JournalSettings journal(Map<String, YamlValue> fields) {
    YamlValue node = fields.get("journal");
    if (node == null) {
      return JournalSettings.NONE;
    }
    Map<String, YamlValue> journal = fields(node, "journal.", JOURNAL_KEYS);
    YamlValue file = journal.get("password-file");
    String takes = "journal.password-file takes the name of a file, from / on";
    if (file != null && !isAbsolute(scalar(file, takes))) {
      throw problem(file.at(), takes);
    }
    YamlValue command = journal.get("password-command");
    if (file != null && command != null) {
      throw problem(command.at(), "a password comes from one place, a file or a command");
    }
    return new JournalSettings(
        word(journal, "url"),
        file == null ? null : Path.of(scalar(file, takes)),
        command == null ? List.of() : command("journal.password-command", command));
  }

  private ProfileRules profiles(Map<String, YamlValue> fields) {
    YamlValue node = fields.get("profiles");
    if (node == null) {
      return ProfileRules.NONE;
    }
    List<ProfileRules.Rule> rules = new ArrayList<>();
    fields(node, "profiles.", null)
        .forEach(
            (name, of) -> {
              Map<String, YamlValue> rule = fields(of, "profiles." + name + ".", PROFILE_KEYS);
              String mark = chosen(rule.get("mark"), "mark", MARKS);
              String colour = chosen(rule.get("colour"), "colour", COLOURS);
              rules.add(
                  new ProfileRules.Rule(
                      name,
                      mark == null ? null : mark.equals(ProfileMark.PRODUCTION),
                      colour == null ? null : ProfileMark.Colour.of(colour).orElseThrow()));
            });
    return new ProfileRules(rules);
  }

  private @Nullable String chosen(@Nullable YamlValue node, String key, List<String> words) {
    if (node == null) {
      return null;
    }
    String takes = key + " takes " + String.join(", ", words);
    String word = scalar(node, takes);
    if (!words.contains(word)) {
      throw problem(node.at(), takes);
    }
    return word;
  }

  private Map<ShellOption, String> set(Map<String, YamlValue> fields) {
    YamlValue node = fields.get("set");
    Map<ShellOption, String> set = new EnumMap<>(ShellOption.class);
    if (node != null) {
      fields(node, "set.", SET_KEYS)
          .forEach(
              (key, of) -> {
                ShellOption option = ShellOption.of(key).orElseThrow();
                String takes = "set." + key + " takes " + option.takes();
                String value = scalar(of, takes);
                if (!option.choices().contains(value)) {
                  throw problem(of.at(), takes);
                }
                set.put(option, value);
              });
    }
    return set;
  }

  private Hooks hooks(Map<String, YamlValue> fields) {
    YamlValue node = fields.get("hooks");
    if (node == null) {
      return Hooks.NONE;
    }
    Map<String, YamlValue> hooks = fields(node, "hooks.", HOOK_KEYS);
    Map<Hooks.Event, List<String>> commands = new EnumMap<>(Hooks.Event.class);
    hooks.forEach(
        (key, of) ->
            Hooks.Event.of(key).ifPresent(e -> commands.put(e, command("hooks." + key, of))));
    return new Hooks(commands, within(hooks.get("within")));
  }

  /** An argument list; no shell reads it, so a text of several words is a mistake. */
  private List<String> command(String key, YamlValue node) {
    String takes = key + " takes a list such as [/usr/local/bin/check, --strict]";
    if (!(node instanceof YamlValue.Items list) || list.items().isEmpty()) {
      throw problem(node.at(), takes);
    }
    List<String> words = new ArrayList<>();
    for (YamlValue word : list.items()) {
      words.add(scalar(word, takes));
    }
    if (!isAbsolute(words.get(0))) {
      throw problem(list.items().get(0).at(), "a program is named from / on: " + takes);
    }
    return words;
  }

  private static boolean isAbsolute(String name) {
    try {
      return Path.of(name).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private Duration within(@Nullable YamlValue node) {
    if (node == null) {
      return Hooks.WITHIN;
    }
    String takes = "hooks.within takes 1s to " + MOST_SECONDS + "s";
    Matcher m = SECONDS.matcher(scalar(node, takes));
    int seconds = m.matches() ? Integer.parseInt(m.group(1)) : 0;
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw problem(node.at(), takes);
    }
    return Duration.ofSeconds(seconds);
  }

  private @Nullable String word(Map<String, YamlValue> fields, String key) {
    YamlValue node = fields.get(key);
    return node == null ? null : scalar(node, key + " takes a name");
  }

  private String scalar(YamlValue node, String takes) {
    if (node instanceof YamlValue.Text scalar && !scalar.text().isBlank()) {
      if (scalar.text().chars().anyMatch(Character::isISOControl)) {
        throw problem(node.at(), "it has a line end or another control character");
      }
      return scalar.text();
    }
    throw problem(node.at(), takes);
  }

  /**
   * @param known its keys; null where a key is a name of the user's
   */
  private Map<String, YamlValue> fields(
      YamlValue node, String within, @Nullable List<String> known) {
    String knows =
        known == null
            ? "a key of it is a profile's name or a pattern"
            : "the keys are " + within + String.join(", " + within, known);
    if (!(node instanceof YamlValue.Fields map)) {
      throw problem(node.at(), "it is not \"KEY: VALUE\"; " + knows);
    }
    Map<String, YamlValue> fields = new LinkedHashMap<>();
    for (YamlValue.Field field : map.fields()) {
      String key = field.key();
      if (known == null ? key.isBlank() : !known.contains(key)) {
        throw problem(
            field.at(),
            key.isBlank() ? knows : "there is no key \"" + within + key + "\"; " + knows);
      }
      fields.put(key, field.value());
    }
    return fields;
  }

  private Problem problem(@Nullable Place at, String why) {
    String place = at == null ? "" : ", " + at;
    return Problem.refused(
        "cannot use the config file " + file + place,
        why,
        "correct it, or go on without it: " + without);
  }
}
