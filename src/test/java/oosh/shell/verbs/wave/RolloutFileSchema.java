package oosh.shell.verbs.wave;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.update.Gate;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.WaveHours;
import oosh.shell.Verb;
import org.springframework.shell.core.command.CommandOption;

/** The JSON Schema of rollout files, made of the staging verbs, for editors that complete them. */
public final class RolloutFileSchema {
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final String TIME = "\\d{1,6}(s|m|h|d)";
  private static final List<String> WORD = List.of("string");
  private static final List<String> NUMBER = List.of("integer", "string");

  private RolloutFileSchema() {}

  /** The keys that a reader knows, at the top. */
  public static List<String> keys() {
    return RolloutFileReader.KEYS;
  }

  public static List<String> waveKeys() {
    return WaveKeys.KEYS;
  }

  /** As the file has it. */
  public static String text() {
    JsonObject properties = new JsonObject();
    for (String key : StagedKeys.KEYS) {
      Verb verb = StagedKeys.verb(key);
      properties.add(
          key,
          switch (key) {
            case "method" -> method(verb);
            case StagedKeys.GATES -> gates(verb);
            case StagedKeys.SET -> set(verb);
            default -> words(verb);
          });
    }
    properties.add(
        RolloutFileReader.MAX_FAILURES,
        number(
            "how many groups may fail before no further group is started; 0 by default",
            0,
            RolloutFile.MOST_GROUPS));
    properties.add(RolloutFileReader.WAVES, waves());
    JsonObject schema = new JsonObject();
    schema.addProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.addProperty("title", "A rollout file of oosh");
    JsonObject top = object("", properties, List.of(RolloutFileReader.WAVES));
    top.remove("description");
    top.asMap().forEach(schema::add);
    return JSON.toJson(schema) + "\n";
  }

  private static JsonObject described(String description, List<String> types) {
    JsonObject schema = new JsonObject();
    schema.addProperty("description", description);
    if (types.size() == 1) {
      schema.addProperty("type", types.get(0));
    } else if (!types.isEmpty()) {
      schema.add("type", array(types));
    }
    return schema;
  }

  private static JsonArray array(List<String> words) {
    JsonArray array = new JsonArray();
    words.forEach(array::add);
    return array;
  }

  private static JsonObject object(String description, JsonObject properties, List<String> needs) {
    JsonObject schema = described(description, List.of("object"));
    schema.add("properties", properties);
    if (!needs.isEmpty()) {
      schema.add("required", array(needs));
    }
    schema.addProperty("additionalProperties", false);
    return schema;
  }

  private static JsonObject list(String description, JsonObject items) {
    JsonObject schema = described(description, List.of("array"));
    schema.addProperty("minItems", 1);
    schema.add("items", items);
    return schema;
  }

  private static JsonObject number(String description, int least, int most) {
    JsonObject schema = described(description, NUMBER);
    schema.addProperty("minimum", least);
    schema.addProperty("maximum", most);
    schema.addProperty("pattern", "^\\d{1,6}$");
    return schema;
  }

  private static JsonObject pattern(String description, List<String> types, String pattern) {
    JsonObject schema = described(description, types);
    schema.addProperty("pattern", "^(" + pattern + ")$");
    return schema;
  }

  private static JsonObject method(Verb verb) {
    String known =
        UpdateMethod.KNOWN.stream().map(UpdateMethod::word).collect(Collectors.joining("|"));
    JsonObject schema =
        pattern(
            verb.sentence() + "; run-script by default",
            WORD,
            known + "|" + UpdateMethod.TEMPLATE + " \\S+");
    schema.add("examples", array(UpdateMethod.KNOWN.stream().map(UpdateMethod::word).toList()));
    return schema;
  }

  /** {@code pause|stop|rollback} is a choice; a word in capitals is what it says. */
  private static JsonObject words(Verb verb) {
    List<CommandOption> options = options(verb);
    List<Verb.Argument> arguments = verb.arguments();
    String says = verb.sentence() + "; as the words behind " + verb.usage();
    if (arguments.size() != 1 || !options.isEmpty()) {
      boolean number = arguments.stream().anyMatch(a -> a.name().startsWith("N"));
      return pattern(says, number ? NUMBER : WORD, "[^\\n]*\\S[^\\n]*");
    }
    List<String> choices = Arrays.asList(arguments.get(0).name().split("\\|"));
    if (choices.stream().allMatch(c -> c.matches("[a-z-]+"))) {
      JsonObject schema = described(says, WORD);
      schema.add("enum", array(choices));
      return schema;
    }
    return pattern(
        says,
        choices.contains("N") ? NUMBER : WORD,
        choices.stream().map(RolloutFileSchema::choice).collect(Collectors.joining("|")));
  }

  private static String choice(String word) {
    return switch (word) {
      case "TIME" -> TIME;
      case "N" -> "\\d+";
      case "P%" -> "\\d+%";
      default -> word.matches("[a-z-]+") ? word : "[^\\n]*\\S[^\\n]*";
    };
  }

  private static List<CommandOption> options(Verb verb) {
    return verb.flags().stream().filter(f -> !Verb.OF_EVERY.contains(f.longName())).toList();
  }

  private static JsonObject gates(Verb verb) {
    JsonObject properties = new JsonObject();
    JsonArray kinds = new JsonArray();
    for (Gate.Kind kind : Gate.Kind.values()) {
      String asks = kind.line().replaceFirst("stage gate ", "");
      properties.add(
          kind.word(),
          switch (kind) {
            case HTTP -> pattern("an HTTP answer, as " + asks, WORD, "\\d{1,5}/[^\\s]*");
            case TCP -> number("a port that is open, as " + asks, 1, 65_535);
            case SCRIPT -> pattern("a script, as " + asks, WORD, "[^\\n]*\\S[^\\n]*");
            case LB -> {
              JsonObject schema = described("what the group hangs on", List.of("boolean"));
              schema.addProperty("const", true);
              yield schema;
            }
            case ALARM -> alarm();
          });
      JsonObject one = new JsonObject();
      one.add("required", array(List.of(kind.word())));
      kinds.add(one);
    }
    for (CommandOption option : options(verb)) {
      String says = String.valueOf(option.description());
      properties.add(
          String.valueOf(option.longName()),
          option.value() == null
              ? described(says, List.of("boolean"))
              : option.value().equals("TIME")
                  ? pattern(says, WORD, TIME)
                  : pattern(says, NUMBER, "\\d{1,6}"));
    }
    JsonObject map = object("a gate with its options", properties, List.of());
    map.add("oneOf", kinds);
    JsonObject item = new JsonObject();
    JsonArray either = new JsonArray();
    either.add(map);
    either.add(described("the words behind stage gate, as http 8080/health --within 2m", WORD));
    item.add("anyOf", either);
    return list(verb.sentence(), item);
  }

  private static JsonObject alarm() {
    JsonObject schema = described("ids of alarm rules of CloudMonitor", List.of("string", "array"));
    schema.add("items", described("the id of a rule", WORD));
    return schema;
  }

  private static JsonObject set(Verb verb) {
    JsonObject schema = described(verb.sentence() + ", by their names", List.of("object"));
    schema.add(
        "additionalProperties",
        described("its value; JSON in quotes", List.of("string", "number", "boolean")));
    return schema;
  }

  private static JsonObject waves() {
    JsonObject properties = new JsonObject();
    properties.add(
        WaveKeys.REGION, pattern("the region of its groups", WORD, "[a-z]{2,}(-[a-z0-9]+)+"));
    properties.add(WaveKeys.GROUP, pattern("a group by its id or name", WORD, WaveKeys.NAME));
    JsonObject tag = new JsonObject();
    tag.add(WaveKeys.TAG, pattern("a tag of the groups, KEY=VALUE", WORD, "[^=\\n]+=[^\\n]*"));
    JsonObject groups = new JsonObject();
    groups.addProperty("description", "the groups: a list, a pattern with * and ?, or a tag");
    JsonArray forms = new JsonArray();
    forms.add(list("ids or names", pattern("the id or name of a group", WORD, WaveKeys.NAME)));
    forms.add(pattern("a pattern of ids or names", WORD, WaveKeys.PATTERN));
    forms.add(object("those with a tag", tag, List.of(WaveKeys.TAG)));
    groups.add("anyOf", forms);
    properties.add(WaveKeys.GROUPS, groups);
    properties.add(
        WaveKeys.AT_ONCE,
        number(
            "how many of its groups are updated at the same time; 1 by default",
            1,
            RolloutFile.MOST_GROUPS));
    properties.add(
        WaveKeys.BAKE,
        pattern("how long the next wave waits behind the end of this one", WORD, TIME));
    JsonObject hours =
        pattern("when its groups may be started, with the time zone", WORD, ".+ [A-Za-z]\\S*");
    hours.add("examples", array(List.of(WaveHours.EXAMPLE)));
    properties.add(WaveKeys.HOURS, hours);
    JsonObject wave =
        object(
            "groups that are started together, as many at once as at-once says",
            properties,
            List.of(WaveKeys.REGION));
    JsonArray either = new JsonArray();
    for (String key : Stream.of(WaveKeys.GROUP, WaveKeys.GROUPS).toList()) {
      JsonObject one = new JsonObject();
      one.add("required", array(List.of(key)));
      either.add(one);
    }
    wave.add("oneOf", either);
    return list("the groups, wave by wave", wave);
  }
}
