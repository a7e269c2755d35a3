package oosh.sandbox.oos;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import org.jspecify.annotations.Nullable;

/** Tags, as OOS reads them from a call. */
final class OosTags {
  /** Source: ROS, ALIYUN::OOS::Execution, Tags; that reserved keys are ECS's is assumed. */
  private static final int MOST_TAGS = 20;

  /** Of a key and of a value, as ECS has it (assumed for OOS). */
  private static final int LONGEST = 128;

  private OosTags() {}

  /** The tags that an execution is to have. */
  static Map<String, String> ofExecution(@Nullable String text) {
    Map<String, String> tags = of(text);
    check(tags);
    return tags;
  }

  /**
   * @throws ApiException InvalidParameter for what an execution cannot have
   */
  static void check(Map<String, String> tags) {
    if (tags.size() > MOST_TAGS) {
      throw ApiException.invalid("An execution has at most " + MOST_TAGS + " tags.");
    }
    tags.forEach(
        (key, value) -> {
          if (key.isEmpty() || isReserved(key)) {
            throw ApiException.invalid("The tag key \"" + key + "\" is not valid.");
          }
          if (isReserved(value)) {
            throw ApiException.invalid("The tag value \"" + value + "\" is not valid.");
          }
        });
  }

  private static boolean isReserved(String text) {
    return text.length() > LONGEST
        || text.startsWith("acs:")
        || text.startsWith("aliyun")
        || text.contains("http://")
        || text.contains("https://");
  }

  /** A JSON object of strings; null for no tags. */
  static Map<String, String> of(@Nullable String text) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (text != null) {
      JsonObject json = WireJson.parseObject(text);
      if (json == null || !json.asMap().values().stream().allMatch(v -> v.isJsonPrimitive())) {
        throw ApiException.invalid("The parameter \"Tags\" is not a JSON object of strings.");
      }
      json.asMap().forEach((key, value) -> tags.put(key, value.getAsString()));
    }
    return tags;
  }
}
