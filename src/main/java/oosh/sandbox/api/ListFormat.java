package oosh.sandbox.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * How a version of ESS, ECS or RAM pages its lists and writes them.
 *
 * @param flat whether the list of an answer is a bare array; else it is an object around the array
 */
public record ListFormat(boolean flat) {
  /** ECS, RAM, and ESS 2014-08-28. */
  public static final ListFormat WRAPPED = new ListFormat(false);

  /** ESS 2022-02-22. */
  public static final ListFormat FLAT = new ListFormat(true);

  /** The page that PageNumber and PageSize name; writes both, and TotalCount, into the answer. */
  public <T> List<T> page(ApiCall call, List<T> found, JsonObject answer) {
    int number = call.number("PageNumber");
    int size = call.number("PageSize");
    answer.addProperty("TotalCount", found.size());
    answer.addProperty("PageNumber", number);
    answer.addProperty("PageSize", size);
    return found.stream().skip((number - 1L) * size).limit(size).toList();
  }

  public void put(JsonObject into, String plural, String singular, JsonArray array) {
    if (flat) {
      into.add(plural, array);
    } else {
      JsonObject wrapper = new JsonObject();
      wrapper.add(singular, array);
      into.add(plural, wrapper);
    }
  }
}
