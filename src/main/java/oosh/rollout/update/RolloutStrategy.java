package oosh.rollout.update;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What the public template has no parameter for, and oosh's own can.
 *
 * @param steps growing batches: {@code 1}, {@code 5}, {@code 20%}; the last one repeats. Empty if
 *     the batches are even
 * @param waitBetweenBatches how long OOS waits between batches, without a question; zero if it does
 *     not
 * @param maxErrors as many instances may fail, {@code 2} or {@code 5%}; "" for none
 * @param only which instances to update
 * @param first the canaries, which make up a batch of their own before the others: ids of
 *     instances, or one number; empty for none
 * @param endNotice whom OOS tells at the end; null for nobody
 * @param approval who must approve it; null for nobody
 */
public record RolloutStrategy(
    List<String> steps,
    Duration waitBetweenBatches,
    String maxErrors,
    TargetFilter only,
    List<String> first,
    @Nullable EndNotice endNotice,
    @Nullable Approval approval) {
  public static final RolloutStrategy NONE =
      new RolloutStrategy(List.of(), Duration.ZERO, "", TargetFilter.NONE, List.of(), null, null);

  public RolloutStrategy {
    steps = List.copyOf(steps);
    first = List.copyOf(first);
  }

  public boolean isEmpty() {
    return equals(NONE);
  }

  /**
   * Something that is chosen.
   *
   * @param words what the public template cannot do
   * @param name the name for {@code unstage}
   */
  private record Part(String words, String name, boolean chosen) {}

  private List<Part> parts() {
    return Stream.of(
            new Part("growing batches", "batch", !steps.isEmpty()),
            new Part("a timed pause", "pause", !waitBetweenBatches.isZero()),
            new Part("a number of errors", "max-errors", !maxErrors.isEmpty()),
            new Part("single instances", "only", !only.withSkipMatching(false).isEmpty()),
            new Part("instances that are left out", "--skip-matching", only.skipMatching()),
            new Part("canaries", "first", !first.isEmpty()),
            new Part("an approval", "approval", approval != null),
            new Part("a notice by OOS", "--notify-from-oos", endNotice != null))
        .filter(Part::chosen)
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
    return new RolloutStrategy(
        list, waitBetweenBatches, maxErrors, only, first, endNotice, approval);
  }

  public RolloutStrategy withoutSteps() {
    return new RolloutStrategy(
        List.of(), waitBetweenBatches, maxErrors, only, first, endNotice, approval);
  }

  /** OOS sleeps a second or longer (source: OOS help, "ACS::Sleep", 2025-03-11). */
  public RolloutStrategy withWaitBetweenBatches(Duration pause) {
    return new RolloutStrategy(steps, pause, maxErrors, only, first, endNotice, approval);
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
    return new RolloutStrategy(
        steps, waitBetweenBatches, n == 0 ? "" : typed, only, first, endNotice, approval);
  }

  /** How many of that many instances may fail. A share is rounded down. */
  public int tolerated(int instances) {
    if (maxErrors.isEmpty()) {
      return 0;
    }
    boolean share = maxErrors.endsWith("%");
    int n = number(share ? maxErrors.substring(0, maxErrors.length() - 1) : maxErrors);
    return share ? instances * n / 100 : Math.min(instances, n);
  }

  public RolloutStrategy withOnly(TargetFilter filter) {
    return new RolloutStrategy(
        steps, waitBetweenBatches, maxErrors, filter, first, endNotice, approval);
  }

  /**
   * @param canaries ids of instances, or one number; none for no canaries
   * @throws Problem USAGE for a number below 1 or above 1000, or a number beside others
   */
  public RolloutStrategy withFirst(List<String> canaries) {
    List<String> chosen = canaries.stream().distinct().toList();
    for (String each : chosen) {
      int n = number(each);
      if (n >= 0 && (n < 1 || n > 1000 || chosen.size() > 1)) {
        throw Problem.usage(
            "cannot stage first " + String.join(" ", chosen),
            chosen.size() > 1
                ? "it takes ids of instances, or one number of them"
                : "it is a number of instances, 1 to 1000",
            "stage first 1");
      }
    }
    return new RolloutStrategy(
        steps, waitBetweenBatches, maxErrors, only, chosen, endNotice, approval);
  }

  Optional<EndNotice> notice() {
    return Optional.ofNullable(endNotice);
  }

  /** With somebody whom OOS tells at the end; null for nobody. */
  public RolloutStrategy withEndNotice(@Nullable EndNotice notice) {
    return new RolloutStrategy(steps, waitBetweenBatches, maxErrors, only, first, notice, approval);
  }

  /** Who must approve it. */
  public Optional<Approval> needsApproval() {
    return Optional.ofNullable(approval);
  }

  /** With an approval; null for none. */
  public RolloutStrategy withApproval(@Nullable Approval asked) {
    return new RolloutStrategy(steps, waitBetweenBatches, maxErrors, only, first, endNotice, asked);
  }

  /** How many canaries there are. */
  public int canaries() {
    return first.size() == 1 ? Math.max(1, number(first.get(0))) : first.size();
  }

  /** With as many canaries, whichever they are. */
  public RolloutStrategy withAnyCanaries() {
    return first.isEmpty() ? this : withFirst(List.of(String.valueOf(canaries())));
  }

  /** The canaries by their ids; empty where they are a number, or none. */
  public List<String> namedCanaries() {
    return first.size() == 1 && number(first.get(0)) > 0 ? List.of() : first;
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
    Map<String, String> values = new LinkedHashMap<>();
    values.put("batches", String.join(",", steps));
    values.put("pause", waitBetweenBatches.isZero() ? "" : waitBetweenBatches.toString());
    values.put("max-errors", maxErrors);
    values.put("only", encoded(only.names()));
    values.put("zone", encoded(only.zones()));
    values.put("tag", encoded(only.tags()));
    values.put("oldest", only.oldest() == 0 ? "" : String.valueOf(only.oldest()));
    values.put("newest", only.newest() == 0 ? "" : String.valueOf(only.newest()));
    values.put("skip-matching", only.skipMatching() ? "yes" : "");
    values.put("first", encoded(first));
    values.put("approval", approval == null ? "" : encoded(approval.text()));
    values.put("notify", endNotice == null ? "" : encoded(List.of(endNotice.text())));
    values.values().removeIf(String::isEmpty);
    return values.entrySet().stream()
        .map(v -> v.getKey() + "=" + v.getValue())
        .collect(Collectors.joining(" "));
  }

  /** What is typed freely, as a pattern is, may have spaces and commas. */
  private static String encoded(List<String> values) {
    return values.stream()
        .map(value -> URLEncoder.encode(value, StandardCharsets.UTF_8))
        .collect(Collectors.joining(","));
  }

  private static List<String> decoded(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
        .toList();
  }

  /**
   * What {@link #text} wrote.
   *
   * @throws RuntimeException if it did not
   */
  public static RolloutStrategy of(String text) {
    RolloutStrategy read = NONE;
    for (String part : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      String value = part.substring(part.indexOf('=') + 1);
      TargetFilter o = read.only;
      read =
          switch (part.substring(0, part.indexOf('='))) {
            case "batches" -> read.withSteps(value);
            case "pause" -> read.withWaitBetweenBatches(Duration.parse(value));
            case "max-errors" -> read.withMaxErrors(value);
            case "only" -> read.withOnly(TargetFilter.named(decoded(value)));
            case "zone" -> read.withOnly(o.withZones(decoded(value)));
            case "tag" -> read.withOnly(o.withTags(decoded(value)));
            case "oldest" -> read.withOnly(o.withOldest(Integer.parseInt(value)));
            case "newest" -> read.withOnly(o.withNewest(Integer.parseInt(value)));
            case "skip-matching" -> read.withOnly(o.withSkipMatching(true));
            case "first" -> read.withFirst(decoded(value));
            case "approval" -> read.withApproval(Approval.ofText(decoded(value)));
            case "notify" -> read.withEndNotice(EndNotice.of(decoded(value).get(0)));
            default -> throw new IllegalArgumentException(part);
          };
    }
    return read;
  }
}
