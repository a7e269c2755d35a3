package oosh.sandbox.oos;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import org.jspecify.annotations.Nullable;

/** A page of a list of OOS. */
final class OosPage {
  /** How the text of a NextToken begins. */
  private static final String AFTER = "after:";

  private OosPage() {}

  /** A page after NextToken, which names the last item of the page before. */
  static <T> JsonObject of(
      ApiCall call,
      List<T> found,
      String name,
      Function<T, String> id,
      Function<T, JsonElement> written) {
    int size = call.number("MaxResults");
    int from = 0;
    String token = call.get("NextToken");
    if (token != null) {
      String after = after(token);
      while (from < found.size() && !id.apply(found.get(from)).equals(after)) {
        from++;
      }
      if (from == found.size()) {
        throw ApiException.invalid("The parameter \"NextToken\" is not valid.");
      }
      from++;
    }
    int to = Math.min(found.size(), from + size);
    JsonArray array = new JsonArray();
    found.subList(from, to).forEach(item -> array.add(written.apply(item)));
    JsonObject answer =
        WireJson.object("NextToken", to < found.size() ? token(id.apply(found.get(to - 1))) : "");
    answer.addProperty("MaxResults", size);
    answer.add(name, array);
    return answer;
  }

  /** The id that a token was made of; null if it is none. */
  private static @Nullable String after(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      String id = text.startsWith(AFTER) ? text.substring(AFTER.length()) : "";
      return token(id).equals(token) ? id : null;
    } catch (IllegalArgumentException noBase64) {
      return null;
    }
  }

  private static String token(String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((AFTER + id).getBytes(StandardCharsets.UTF_8));
  }
}
