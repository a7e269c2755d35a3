package oosh.view.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import oosh.view.text.TextSanitizer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.representer.Represent;
import org.yaml.snakeyaml.representer.Representer;

/** A JSON value as a YAML document. */
final class YamlText {
  private YamlText() {}

  /** Without a line end behind its last line. */
  static String of(JsonElement json) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    options.setExplicitStart(true);
    String text = dump(json, options);
    if (!text.equals(TextSanitizer.text(text))) {
      // Something in it could act on a terminal: written as its number, as all beyond ASCII then.
      options.setAllowUnicode(false);
      text = dump(json, options);
    }
    return text.stripTrailing();
  }

  /** A whole number as one: YAML would mark it as another. */
  private static Object number(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0 ? number.toBigInteger() : number.doubleValue();
  }

  private static String dump(JsonElement json, DumperOptions options) {
    return new Yaml(new TextRepresenter(options), options).dump(value(json));
  }

  /** SnakeYAML writes a text with controls as binary, which is no text to its reader. */
  private static final class TextRepresenter extends Representer {
    TextRepresenter(DumperOptions options) {
      super(options);
      Represent usual = Objects.requireNonNull(representers.get(String.class));
      representers.put(
          String.class,
          text ->
              StreamReader.isPrintable(text.toString())
                  ? usual.representData(text)
                  : representScalar(
                      Tag.STR, text.toString(), DumperOptions.ScalarStyle.DOUBLE_QUOTED));
    }
  }

  private static @Nullable Object value(JsonElement json) {
    if (json instanceof JsonObject object) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      object.entrySet().forEach(e -> fields.put(e.getKey(), value(e.getValue())));
      return fields;
    }
    if (json instanceof JsonArray array) {
      List<@Nullable Object> all = new ArrayList<>();
      array.forEach(e -> all.add(value(e)));
      return all;
    }
    if (json instanceof JsonPrimitive primitive) {
      return primitive.isBoolean()
          ? (Object) primitive.getAsBoolean()
          : primitive.isNumber() ? number(primitive.getAsBigDecimal()) : primitive.getAsString();
    }
    return null;
  }
}
