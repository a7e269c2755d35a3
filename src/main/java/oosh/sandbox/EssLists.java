package oosh.sandbox;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * How ESS pages its lists and writes them down.
 *
 * @param flat whether an answer's list stands bare, as in version 2022-02-22
 */
record EssLists(boolean flat) {
  <T> List<T> page(ApiCall call, List<T> found, JsonObject answer) {
    int number = call.number("PageNumber", 1, 1, Integer.MAX_VALUE);
    int size = call.number("PageSize", 10, 1, flat ? 100 : 50);
    answer.addProperty("TotalCount", found.size());
    answer.addProperty("PageNumber", number);
    answer.addProperty("PageSize", size);
    return found.stream().skip((number - 1L) * size).limit(size).toList();
  }

  void put(JsonObject into, String plural, String singular, JsonArray array) {
    if (flat) {
      into.add(plural, array);
    } else {
      JsonObject wrapper = new JsonObject();
      wrapper.add(singular, array);
      into.add(plural, wrapper);
    }
  }
}
