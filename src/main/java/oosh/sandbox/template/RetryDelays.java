package oosh.sandbox.template;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Set;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * How often ACS::WaitFor looks again, and when (source of names, bounds and defaults: OOS help,
 * "ACS::WaitFor", 2025-03-01).
 *
 * @param retries how many looks follow the first
 * @param delay in seconds; so are the other two
 */
public record RetryDelays(int retries, String type, long delay, long backOff, long most) {
  private static final String CONSTANT = "Constant";
  private static final String EXPONENTIAL = "Exponential";
  private static final String LINEAR = "Linear";

  /** The keys of a task that say it, beside its Properties. */
  static final Set<String> KEYS =
      Set.of("Retries", "DelayType", "Delay", "BackOff", "MaxRetryInterval");

  private static final int HOUR = 3600;

  /**
   * Reads them.
   *
   * @param task with its references resolved; other keys do not matter
   * @throws ApiException InvalidParameter for a value out of its bounds
   */
  public static RetryDelays of(JsonObject task) {
    String type = task.has("DelayType") ? WireJson.string(task, "DelayType") : EXPONENTIAL;
    if (!Set.of(CONSTANT, EXPONENTIAL, LINEAR).contains(type)) {
      throw ApiException.invalid("There is no DelayType \"" + type + "\".");
    }
    return new RetryDelays(
        number(task, "Retries", 10, 0, 300),
        type,
        number(task, "Delay", 2, 1, HOUR),
        number(task, "BackOff", 2, 1, HOUR),
        // No source says how long it may be.
        number(task, "MaxRetryInterval", Integer.MAX_VALUE, 1, Integer.MAX_VALUE));
  }

  private static int number(JsonObject task, String name, int byDefault, int least, int most) {
    JsonElement given = task.get(name);
    if (given == null) {
      return byDefault;
    }
    String text = given.isJsonPrimitive() ? given.getAsString() : "";
    if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= least) {
      int number = Integer.parseInt(text);
      if (number <= most) {
        return number;
      }
    }
    throw ApiException.invalid(
        most == Integer.MAX_VALUE
            ? name + " is no whole number from " + least + "."
            : name + " is no whole number from " + least + " to " + most + ".");
  }

  /**
   * How long it waits after so many looks, in milliseconds. Assumed: Exponential multiplies Delay
   * by BackOff from look to look (2, 4, 8, … s by default), Linear adds BackOff.
   */
  public long millisAfter(int looks) {
    double seconds =
        switch (type) {
          case CONSTANT -> delay;
          case LINEAR -> delay + (double) backOff * (looks - 1);
          default -> delay * Math.pow((double) backOff, looks - 1.0);
        };
    // Longer than any test steps, and no sum with a date overflows.
    return (long) (Math.min(Math.min(seconds, (double) most), Integer.MAX_VALUE) * 1000);
  }

  /**
   * {@code PT5M} or {@code 5M} as milliseconds: a second or longer (source: OOS help, "ACS::Sleep",
   * 2025-03-11).
   *
   * @throws ApiException InvalidParameter for anything else
   */
  public static long sleep(@Nullable String duration) {
    String text = duration == null ? "" : duration;
    try {
      Duration length = Duration.parse((text.matches("\\d.*") ? "PT" : "") + text);
      if (length.compareTo(Duration.ofSeconds(1)) >= 0) {
        return length.toMillis();
      }
    } catch (DateTimeParseException | ArithmeticException notOne) {
      // Said below.
    }
    throw ApiException.invalid("\"" + text + "\" is no Duration such as PT5M.");
  }
}
