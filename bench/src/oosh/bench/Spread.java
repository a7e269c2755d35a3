package oosh.bench;

import java.util.Arrays;
import java.util.Locale;

/** Figures of one kind, sorted; in milliseconds unless said otherwise. */
record Spread(double[] sorted) {
  static Spread of(double... figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    return new Spread(sorted);
  }

  double median() {
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }

  double min() {
    return sorted[0];
  }

  double max() {
    return sorted[sorted.length - 1];
  }

  /** The figure that no more than one in a hundred is above. */
  double p99() {
    return sorted[(int) Math.ceil(sorted.length * 0.99) - 1];
  }

  /** {@code 231 ms (219–262)}. */
  String text(String unit) {
    return number(median()) + " " + unit + " (" + number(min()) + "–" + number(max()) + ")";
  }

  static String number(double figure) {
    return String.format(
        Locale.ROOT, figure >= 100 ? "%.0f" : figure >= 10 ? "%.1f" : "%.2f", figure);
  }
}
