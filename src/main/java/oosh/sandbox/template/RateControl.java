package oosh.sandbox.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * The items of a loop, cut as its RateControl says.
 *
 * @param sizes of the batches; one batch in Mode Concurrency
 * @param concurrency how many of a batch run at once; 0 for all
 */
public record RateControl(List<Integer> sizes, int concurrency, int maxErrors, String batchPause) {
  /**
   * @throws ApiException InvalidParameter for what is no RateControl, or not supported
   */
  public static RateControl of(JsonObject rate, int items) {
    String mode = WireJson.string(rate, "Mode");
    List<Integer> sizes = new ArrayList<>();
    int concurrency = 0;
    if (mode.equals("Batch")) {
      List<Integer> batch = numbers(rate, "Batch", items);
      List<Integer> side = numbers(rate, "ConcurrencyInBatches", items);
      if (batch.isEmpty()) {
        throw ApiException.invalid("RateControl of Mode Batch needs Batch.");
      }
      int left = items;
      for (int i = 0; left > 0; i++) {
        // Assumed: the last one is that of all batches behind it.
        int size = Math.min(left, batch.get(Math.min(i, batch.size() - 1)));
        int atOnce = side.isEmpty() ? 20 : side.get(Math.min(i, side.size() - 1));
        if (atOnce < size) {
          throw ApiException.invalid(
              "The sandbox runs the instances of a batch side by side only:"
                  + " ConcurrencyInBatches must not be smaller than Batch.");
        }
        sizes.add(size);
        left -= size;
      }
    } else if (mode.equals("Concurrency")) {
      concurrency = Math.max(1, count(rate.get("Concurrency"), items, 1));
      sizes.add(items);
    } else {
      throw ApiException.invalid(
          "RateControl has Mode Batch or Concurrency, not \"" + mode + "\".");
    }
    String pause = WireJson.string(rate, "BatchPauseOption");
    if (!List.of("", "Automatic", "FirstBatchPause", "EveryBatchPause").contains(pause)) {
      throw ApiException.invalid("There is no BatchPauseOption \"" + pause + "\".");
    }
    return new RateControl(
        sizes, concurrency, maxErrors(rate, items), pause.isEmpty() ? "Automatic" : pause);
  }

  /**
   * A number, or a text with a percent sign: what the public templates give it (source:
   * aliyun/oos-templates, 2024-09). That a number as a text is refused is assumed.
   */
  private static int maxErrors(JsonObject rate, int items) {
    JsonElement errors = rate.get("MaxErrors");
    if (errors instanceof JsonPrimitive p && p.isString() && !p.getAsString().endsWith("%")) {
      throw ApiException.invalid("MaxErrors is neither a number nor a text such as \"10%\".");
    }
    return count(errors, items, 0);
  }

  private static List<Integer> numbers(JsonObject rate, String name, int items) {
    List<Integer> numbers = new ArrayList<>();
    if (rate.get(name) instanceof JsonArray array) {
      for (JsonElement each : array) {
        numbers.add(Math.max(1, count(each, items, 1)));
      }
    }
    return numbers;
  }

  /** A number, or a percentage of the items (rounded down, assumed). */
  private static int count(@Nullable JsonElement value, int items, int byDefault) {
    if (value == null) {
      return byDefault;
    }
    String text = value.isJsonPrimitive() ? value.getAsString() : "";
    if (!text.matches("\\d{1,6}%?")) {
      throw ApiException.invalid("\"" + text + "\" is neither a number nor a percentage.");
    }
    return text.endsWith("%")
        ? items * Integer.parseInt(text.substring(0, text.length() - 1)) / 100
        : Integer.parseInt(text);
  }
}
