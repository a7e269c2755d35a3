package oosh.sandbox;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * How a version of ESS, ECS or RAM pages its lists and writes them.
 *
 * @param flat whether the list of an answer is a bare array; else it is an object around the array
 * @param mostPerPage the largest PageSize
 */
record ListFormat(boolean flat, int mostPerPage) {
  /** ECS 2014-05-26. */
  static final ListFormat ECS = new ListFormat(false, 100);

  /** ESS 2014-08-28. */
  static final ListFormat ESS = new ListFormat(false, 50);

  /** ESS 2022-02-22. */
  static final ListFormat ESS_FLAT = new ListFormat(true, 100);

  /** The page that PageNumber and PageSize name; writes both, and TotalCount, into the answer. */
  <T> List<T> page(ApiCall call, List<T> found, JsonObject answer) {
    int number = call.number("PageNumber", 1, 1, Integer.MAX_VALUE);
    int size = call.number("PageSize", 10, 1, mostPerPage);
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
