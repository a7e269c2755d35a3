package oosh.rollout.update;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.Problem;

/**
 * What the public template has no parameter for, and oosh's own can.
 *
 * @param steps growing batches: {@code 1}, {@code 5}, {@code 20%}; the last one repeats. Empty if
 *     the batches are even
 * @param waitBetweenBatches how long OOS waits between batches, without a question; zero if it does
 *     not
 * @param maxErrors as many instances may fail, {@code 2} or {@code 5%}; "" for none
 * @param onlyInstances the instances to update; empty for all that take part
 */
public record RolloutStrategy(
    List<String> steps, Duration waitBetweenBatches, String maxErrors, List<String> onlyInstances) {
  public static final RolloutStrategy NONE =
      new RolloutStrategy(List.of(), Duration.ZERO, "", List.of());

  public RolloutStrategy {
    steps = List.copyOf(steps);
    onlyInstances = List.copyOf(onlyInstances);
  }

  public boolean isEmpty() {
    return equals(NONE);
  }

  /**
   * Something that is chosen.
   *
   * @param words what the public template cannot do
   * @param name the name for {@code unstage}
   * @param key in {@link #text}
   */
  private record Part(String words, String name, String key, String value) {}

  private List<Part> parts() {
    String wait = waitBetweenBatches.isZero() ? "" : waitBetweenBatches.toString();
    return Stream.of(
            new Part("growing batches", "batch", "batches", String.join(",", steps)),
            new Part("a timed pause", "pause", "pause", wait),
            new Part("a number of errors", "max-errors", "max-errors", maxErrors),
            new Part("single instances", "only", "only", String.join(",", onlyInstances)))
        .filter(p -> !p.value().isEmpty())
        .toList();
  }

  /** How many things are chosen; growing batches count once. */
  int count() {
    return parts().size();
  }

  /**
   * With the batches of {@code 1,5,20%}.
   *
   * @throws Problem USAGE if it is no such list
   */
  public RolloutStrategy withSteps(String typed) {
    List<String> list = Arrays.stream(typed.split(",", -1)).map(String::trim).toList();
    for (String step : list) {
      boolean share = step.endsWith("%");
      int n = number(share ? step.substring(0, step.length() - 1) : step);
      if (n < 1 || n > (share ? 100 : 1000)) {
        throw Problem.usage(
            "cannot stage batches of " + typed,
            "\"" + step + "\" is neither a number of instances nor a share such as 20%",
            "stage batch 1,5,20%");
      }
    }
    return new RolloutStrategy(list, waitBetweenBatches, maxErrors, onlyInstances);
  }

  public RolloutStrategy withoutSteps() {
    return new RolloutStrategy(List.of(), waitBetweenBatches, maxErrors, onlyInstances);
  }

  /** OOS sleeps a second or longer (source: OOS help, "ACS::Sleep", 2025-03-11). */
  public RolloutStrategy withWaitBetweenBatches(Duration pause) {
    return new RolloutStrategy(steps, pause, maxErrors, onlyInstances);
  }

  /**
   * @param typed {@code 2} or {@code 5%}; 0 and "" for none
   * @throws Problem USAGE if it is neither a number nor a share
   */
  public RolloutStrategy withMaxErrors(String typed) {
    boolean share = typed.endsWith("%");
    int n = typed.isEmpty() ? 0 : number(share ? typed.substring(0, typed.length() - 1) : typed);
    if (n < 0 || n > (share ? 100 : 1000)) {
      throw Problem.usage(
          "\"" + typed + "\" is not a valid number of errors",
          "it is a number of instances, or a share such as 5%",
          "stage max-errors 2");
    }
    return new RolloutStrategy(steps, waitBetweenBatches, n == 0 ? "" : typed, onlyInstances);
  }

  public RolloutStrategy withOnlyInstances(List<String> instances) {
    return new RolloutStrategy(
        steps, waitBetweenBatches, maxErrors, instances.stream().distinct().toList());
  }

  /** -1 if it is no number. */
  private static int number(String digits) {
    return digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : -1;
  }

  /**
   * The sizes of growing batches for that many instances, first one first.
   *
   * @throws Problem if they are more than OOS takes
   */
  public List<Integer> sizes(int instances) {
    List<Integer> sizes = new ArrayList<>();
    int left = instances;
    for (int i = 0; left > 0; i++) {
      String step = steps.get(Math.min(i, steps.size() - 1));
      int size =
          step.endsWith("%")
              ? Math.max(1, instances * number(step.substring(0, step.length() - 1)) / 100)
              : number(step);
      sizes.add(Math.min(left, size));
      left -= size;
    }
    if (sizes.size() > BatchSizing.MAX_NUMBER) {
      throw Problem.refused(
          "cannot divide " + instances + " instances into batches of " + String.join(",", steps),
          "that is "
              + sizes.size()
              + " batches, and oosh asks for at most "
              + BatchSizing.MAX_NUMBER,
          "stage batch 1,5,20%");
    }
    return sizes;
  }

  /** {@code batches of 1, 2, 3 times 5}; of one size {@code 6 batches of 1}. */
  public static String list(List<Integer> sizes) {
    if (sizes.stream().distinct().count() == 1) {
      return BatchSizing.describe(sizes);
    }
    List<String> words = new ArrayList<>();
    for (int i = 0; i < sizes.size(); ) {
      int same = i;
      while (same < sizes.size() && sizes.get(same).equals(sizes.get(i))) {
        same++;
      }
      words.add(same - i > 2 ? (same - i) + " times " + sizes.get(i) : repeated(sizes, i, same));
      i = same;
    }
    return "batches of " + String.join(", ", words);
  }

  private static String repeated(List<Integer> sizes, int from, int to) {
    return sizes.subList(from, to).stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** What is chosen, in words; "" if nothing is. The public template can do none of it. */
  public String describeUnsupported() {
    return parts().stream().map(Part::words).collect(Collectors.joining(", "));
  }

  /** The names by which it is unstaged. */
  List<String> names() {
    return parts().stream().map(Part::name).toList();
  }

  /** As the journal keeps it; "" for none. */
  public String text() {
    return parts().stream().map(p -> p.key() + "=" + p.value()).collect(Collectors.joining(" "));
  }

  /**
   * What {@link #text} wrote.
   *
   * @throws RuntimeException if it did not
   */
  public static RolloutStrategy of(String text) {
    RolloutStrategy tuning = NONE;
    for (String part : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      String value = part.substring(part.indexOf('=') + 1);
      tuning =
          switch (part.substring(0, part.indexOf('='))) {
            case "batches" -> tuning.withSteps(value);
            case "pause" -> tuning.withWaitBetweenBatches(Duration.parse(value));
            case "max-errors" -> tuning.withMaxErrors(value);
            case "only" -> tuning.withOnlyInstances(Arrays.asList(value.split(",", -1)));
            default -> throw new IllegalArgumentException(part);
          };
    }
    return tuning;
  }
}
