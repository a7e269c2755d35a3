package oosh.rollout.update;

import java.util.ArrayList;
import java.util.List;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How a group is cut: a number of batches, a size, or a share. OOS knows only the number (1 to 100,
 * the template's batchNumber), so a size or a share becomes a number once the group is known.
 *
 * @param value batches, instances in a batch, or percent of the instances, by {@code unit}
 */
public record BatchSizing(Unit unit, int value) {
  /** What {@code value} counts. */
  public enum Unit {
    NUMBER("batch", "batches"),
    SIZE("instance a batch", "instances a batch"),
    PERCENT("percent a batch", "percent a batch");

    private final String one;
    private final String many;

    Unit(String one, String many) {
      this.one = one;
      this.many = many;
    }
  }

  /** The template's range for batchNumber (source: the public template's parameters). */
  public static final int MIN_NUMBER = 1;

  public static final int MAX_NUMBER = 100;

  /** The template's default. */
  public static final BatchSizing DEFAULT = new BatchSizing(Unit.NUMBER, 5);

  public BatchSizing {
    int max = unit == Unit.SIZE ? 1000 : 100;
    if (value < 1 || value > max) {
      throw Problem.usage(
          "cannot stage " + value + " " + unit.many,
          "OOS takes 1 to " + max,
          switch (unit) {
            case NUMBER -> "stage batch 3";
            case SIZE -> "stage batch --size 2";
            case PERCENT -> "stage batch --percent 25";
          });
    }
  }

  /** The sizing of the parameter batchNumber; the default for what is no such number. */
  public static BatchSizing ofSent(@Nullable Object batchNumber) {
    return batchNumber instanceof Number n
            && n.intValue() >= MIN_NUMBER
            && n.intValue() <= MAX_NUMBER
        ? number(n.intValue())
        : DEFAULT;
  }

  public static BatchSizing number(int n) {
    return new BatchSizing(Unit.NUMBER, n);
  }

  public static BatchSizing size(int n) {
    return new BatchSizing(Unit.SIZE, n);
  }

  public static BatchSizing percent(int n) {
    return new BatchSizing(Unit.PERCENT, n);
  }

  /** {@code 3 batches}, {@code 1 instance a batch}: as it was asked for, whatever the group. */
  public String words() {
    return value + " " + (value == 1 ? unit.one : unit.many);
  }

  /**
   * The number of batches to ask OOS for, for that many instances.
   *
   * @throws Problem if a size or share would take more than {@link #MAX_NUMBER} batches
   */
  public int numberFor(int instances) {
    int most = Math.max(1, instances);
    int number =
        switch (unit) {
          case NUMBER -> value;
          case SIZE -> ceilDiv(most, value);
          case PERCENT -> ceilDiv(most, Math.max(1, most * value / 100));
        };
    if (number > MAX_NUMBER) {
      throw Problem.refused(
          "cannot divide " + instances + " instances into batches of " + Math.max(1, most / number),
          "that is " + number + " batches, and OOS takes at most " + MAX_NUMBER,
          "stage batch --size " + ceilDiv(most, MAX_NUMBER));
    }
    return number;
  }

  /**
   * The sizes of the batches, first one first. Assumed: sizes differ by at most one and the larger
   * come first; Fn::CalculateBatch was not seen to round on the real service.
   */
  public static List<Integer> sizes(int instances, int number) {
    int n = Math.max(1, Math.min(number, Math.max(1, instances)));
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      sizes.add(instances / n + (i < instances % n ? 1 : 0));
    }
    return sizes;
  }

  /** {@code 5 batches of 2 or 1}: of those that {@link #sizes} returns. */
  public static String describe(List<Integer> sizes) {
    int largest = sizes.get(0);
    int smallest = sizes.get(sizes.size() - 1);
    return count(sizes.size(), "batches", "batch")
        + " of "
        + largest
        + (smallest == largest ? "" : " or " + smallest);
  }

  private static String count(int n, String many, String one) {
    return n + " " + (n == 1 ? one : many);
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }
}
