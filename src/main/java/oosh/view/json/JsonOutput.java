package oosh.view.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import com.google.gson.JsonStreamParser;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.update.Script;
import oosh.view.text.TextSanitizer;
import org.jspecify.annotations.Nullable;

/**
 * JSON as oosh writes it: fields without a value are left out, instants are ISO 8601 in UTC, ids
 * and states as the service spells them. Fields are only ever added.
 */
public final class JsonOutput {
  private static final Gson LINES =
      new GsonBuilder()
          .disableHtmlEscaping()
          .registerTypeAdapter(Script.class, (JsonSerializer<Script>) (s, t, c) -> script(s))
          .registerTypeAdapter(Instant.class, words(Instant::toString))
          .registerTypeAdapter(ExecutionStatus.class, words(ExecutionStatus::word))
          .create();

  private static final Gson DOCUMENTS = LINES.newBuilder().setPrettyPrinting().create();

  private static final Set<JsonElement> EMPTY =
      Set.of(JsonNull.INSTANCE, new JsonPrimitive(""), new JsonArray(), new JsonObject());

  /** DEL, C1 controls, and what {@link TextSanitizer} takes away or puts something else for. */
  private static final Pattern RAW =
      Pattern.compile("[\\x7f-\\x9f" + TextSanitizer.HIDDEN + TextSanitizer.HALVES + "]");

  private JsonOutput() {}

  /**
   * On several lines, for a command that answers once.
   *
   * @param fields a JSON element, or fields by name in their order
   */
  public static String document(Object fields) {
    return shown(DOCUMENTS.toJson(fields));
  }

  /** On one line, for a command that answers many times. */
  public static String line(JsonElement json) {
    return shown(LINES.toJson(json));
  }

  /**
   * A command of a session file, on one line: where it stands, its exit status, and its answer; a
   * list, where it has answered with several lines.
   *
   * @param answers what the command has printed: JSON values
   */
  public static String step(int number, String command, int status, String answers) {
    JsonObject json = new JsonObject();
    json.addProperty("line", number);
    json.addProperty("command", command);
    json.addProperty("exitStatus", status);
    JsonArray all = new JsonArray();
    if (!answers.isBlank()) {
      new JsonStreamParser(answers).forEachRemaining(all::add);
      json.add("answer", all.size() == 1 ? all.get(0) : all);
    }
    return line(json);
  }

  /**
   * Nothing is lost, and nothing can act on a terminal: what Gson leaves raw is escaped as well.
   */
  private static String shown(String json) {
    return RAW.matcher(json).replaceAll(c -> Matcher.quoteReplacement(escaped(c.group())));
  }

  private static String escaped(String character) {
    StringBuilder s = new StringBuilder();
    character.chars().forEach(c -> s.append(String.format(Locale.ROOT, "\\u%04x", c)));
    return s.toString();
  }

  public static JsonElement tree(@Nullable Object value) {
    return LINES.toJsonTree(value);
  }

  private static <T> JsonSerializer<T> words(Function<T, String> word) {
    return (value, type, context) -> new JsonPrimitive(word.apply(value));
  }

  /** An array of what each becomes. */
  public static <T> JsonArray array(Collection<T> all, Function<T, JsonElement> each) {
    JsonArray array = new JsonArray();
    all.forEach(one -> array.add(each.apply(one)));
    return array;
  }

  /** Name, hash and size; never the text. */
  private static JsonObject script(Script script) {
    JsonObject json = new JsonObject();
    json.addProperty("name", script.name());
    json.addProperty("sha256", script.sha256());
    json.addProperty("bytes", script.bytes());
    return json;
  }

  /** Adds a value, unless it is null or an empty text, list or map. */
  public static void put(JsonObject json, String name, @Nullable Object value) {
    JsonElement tree = tree(value);
    if (!EMPTY.contains(tree)) {
      json.add(name, tree);
    }
  }
}
