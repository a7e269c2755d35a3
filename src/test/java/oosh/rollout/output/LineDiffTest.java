package oosh.rollout.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {
  @Test
  void findsTheShortestWay() {
    assertThat(
            told(List.of("a", "b", "c", "a", "b", "b", "a"), List.of("c", "b", "a", "b", "a", "c")))
        .isEqualTo("-a -b  c +b  a  b -b  a +c");
    assertThat(told(List.of(), List.of())).isEmpty();
    assertThat(told(List.of("a"), List.of())).isEqualTo("-a");
    assertThat(told(List.of(), List.of("a"))).isEqualTo("+a");
    assertThat(told(List.of("a", "b"), List.of("a", "b"))).isEqualTo(" a  b");
    assertThat(LineDiff.of(List.of("a"), List.of("a")).same()).isTrue();
    assertThat(LineDiff.of(List.of("a"), List.of("b")).same()).isFalse();
  }

  @Test
  void tellsBothTextsWhateverTheyAre() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      List<String> a = lines(random);
      List<String> b = lines(random);
      LineDiff diff = LineDiff.of(a, b);
      List<String> first = new ArrayList<>();
      List<String> second = new ArrayList<>();
      long changed = 0;
      for (LineDiff.Edit e : diff.edits()) {
        if (e.kind() != LineDiff.Kind.NEW) {
          first.add(a.get(e.before()));
        }
        if (e.kind() != LineDiff.Kind.GONE) {
          second.add(b.get(e.after()));
        }
        changed += e.kind() == LineDiff.Kind.SAME ? 0 : 1;
      }
      assertThat(first).isEqualTo(a);
      assertThat(second).isEqualTo(b);
      assertThat(changed).isEqualTo(a.size() + b.size() - 2L * common(a, b));
    }
  }

  @Test
  void givesUpOnTextsThatHaveNothingInCommon() {
    List<String> a = IntStream.range(0, 20_000).mapToObj(i -> "a" + i).toList();
    List<String> b = IntStream.range(0, 20_000).mapToObj(i -> "b" + i).toList();
    LineDiff diff = LineDiff.of(a, b);
    assertThat(diff.aligned()).isFalse();
    assertThat(diff.edits()).hasSize(40_000);
  }

  private static List<String> lines(Random random) {
    return random.ints(random.nextInt(12), 0, 4).mapToObj(i -> "l" + i).toList();
  }

  /** The length of the longest common subsequence, by the textbook's table. */
  private static int common(List<String> a, List<String> b) {
    int[][] best = new int[a.size() + 1][b.size() + 1];
    for (int i = 1; i <= a.size(); i++) {
      for (int j = 1; j <= b.size(); j++) {
        best[i][j] =
            a.get(i - 1).equals(b.get(j - 1))
                ? best[i - 1][j - 1] + 1
                : Math.max(best[i - 1][j], best[i][j - 1]);
      }
    }
    return best[a.size()][b.size()];
  }

  private static String told(List<String> a, List<String> b) {
    List<String> told = new ArrayList<>();
    for (LineDiff.Edit e : LineDiff.of(a, b).edits()) {
      told.add(
          switch (e.kind()) {
            case SAME -> " " + a.get(e.before());
            case GONE -> "-" + a.get(e.before());
            case NEW -> "+" + b.get(e.after());
          });
    }
    return String.join(" ", told);
  }
}
