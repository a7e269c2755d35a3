package oosh.shell.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jline.reader.Candidate;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CandidateTableTest {
  private static final CandidateTable.Styles PLAIN =
      new CandidateTable.Styles(
          AttributedStyle.DEFAULT, AttributedStyle.DEFAULT, AttributedStyle.DEFAULT);

  private static Candidate candidate(String name, @Nullable String description) {
    return new Candidate(name, name, null, description, null, null, true);
  }

  private static String shown(int width, Candidate... all) {
    return new CandidateTable(List.of(all), width).text(null, "", PLAIN).toString();
  }

  @Test
  void descriptionsStandBelowEachOther() {
    assertThat(
            shown(
                50,
                candidate("asg-bp1web", "web  6 in service"),
                candidate("asg-bp1empty", "empty  0 in service"),
                candidate("asg-bp1db", null)))
        .isEqualTo(
            """
            asg-bp1web    web  6 in service
            asg-bp1empty  empty  0 in service
            asg-bp1db""");
  }

  @Test
  void thereAreAsManyColumnsAsFit() {
    assertThat(
            shown(
                40,
                candidate("a", "first"),
                candidate("bb", "second"),
                candidate("c", "3rd"),
                candidate("d", "4th"),
                candidate("e", "5th")))
        .isEqualTo(
            """
            a   first    c   3rd      e   5th
            bb  second   d   4th""");
  }

  @Test
  void wideCharactersMoveNothing() {
    assertThat(shown(24, candidate("漢字", "双字节"), candidate("abcd", "四個字四個字四個字四個字")))
        .isEqualTo("漢字  双字节\nabcd  四個字四個字四個…");
  }

  @Test
  void aLongNameLeavesTheOthersTheirDescriptions() {
    assertThat(
            shown(
                40,
                candidate("a-name-that-takes-nearly-the-whole-row", "long"),
                candidate("b", "what it is for and more")))
        .isEqualTo(
            """
            a-name-that-takes-nearly-the-whole-row
            b                       what it is for …""");
  }

  @Test
  void aNarrowScreenBreaksNothing() {
    for (int width = 1; width < 12; width++) {
      String text = shown(width, candidate("launch", "starts what is staged"));
      assertThat(text).as(width + " columns").startsWith("launch").doesNotContain("\n");
    }
  }
}
