package oosh.sandbox.api;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** A list as an API answers it: filtered, sorted, one page of it. */
final class ListAnswer {
  private ListAnswer() {}

  static JsonObject of(ApiCall call, Collection<?> items) {
    List<Object> found = new ArrayList<>();
    items.stream().filter(call.filter()).forEach(found::add);
    sort(call, found);
    ActionRow row = call.row();
    ActionTable.Version version = call.version();
    int size = call.number(version.size);
    long from =
        version.token.isEmpty() ? (call.number(version.page) - 1L) * size : after(call, found);
    List<Object> page = found.stream().skip(from).limit(size).toList();
    boolean more = from + size < found.size();
    JsonObject answer = new JsonObject();
    if (!version.token.isEmpty()) {
      String next = more ? token(Values.text(page.get(size - 1), row.key)) : "";
      answer.addProperty(version.token, next);
    }
    version.facts.forEach(fact -> fact(answer, call, fact, found.size(), more));
    row.facts.forEach(fact -> fact(answer, call, fact, found.size(), more));
    call.shapes().put(answer, row.list, call.shapes().array(row.item, page));
    return answer;
  }

  private static void fact(JsonObject answer, ApiCall call, String fact, int found, boolean more) {
    switch (fact) {
      case "TotalCount" -> answer.addProperty(fact, found);
      case "Total" -> answer.addProperty(fact, "" + found);
      case "IsTruncated" -> answer.addProperty(fact, more);
      default -> answer.addProperty(fact, call.number(fact));
    }
  }

  /** The newest first, unless asked otherwise; items that are equal in the order of creation. */
  private static void sort(ApiCall call, List<Object> found) {
    if (!call.row().sort.isEmpty()) {
      String field = call.row().sort.get(call.get("SortField", "StartDate"));
      found.sort(Comparator.comparing(item -> comparable(item, "" + field)));
      if (!call.get("SortOrder", "").equals("Ascending")) {
        Collections.reverse(found);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Comparable<Object> comparable(Object item, String path) {
    return (Comparable<Object>) Values.required(item, path);
  }

  /** Where the page after a token begins; a token names the last item of the page before. */
  private static int after(ApiCall call, List<Object> found) {
    String token = call.get(call.version().token);
    if (token == null) {
      return 0;
    }
    for (int i = 0; i < found.size(); i++) {
      if (token(Values.text(found.get(i), call.row().key)).equals(token)) {
        return i + 1;
      }
    }
    throw ApiException.invalid("The parameter \"" + call.version().token + "\" is not valid.");
  }

  private static String token(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("after:" + key).getBytes(StandardCharsets.UTF_8));
  }
}
