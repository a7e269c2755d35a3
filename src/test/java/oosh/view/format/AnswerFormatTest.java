package oosh.view.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import oosh.rollout.Problem;
import oosh.view.text.Style;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class AnswerFormatTest {
  private static final String ANSWER =
      """
      [
        {"id": "a", "n": 2, "rate": 0.5, "of": {"name": "x"}, "well": true},
        {"id": "b, \\"c\\"", "n": 3000000000, "why": "one\\ntwo\\tthree"}
      ]""";

  private static final List<List<String>> FIELDS =
      List.of(List.of("other"), List.of("id", "n", "rate", "of", "well", "why", "never"));

  private static @Nullable String as(OutputForm form, String columns, @Nullable String query) {
    return new AnswerFormat(
            form,
            query == null ? null : Query.of(query),
            columns.isEmpty() ? List.of() : List.of(columns.split(",")),
            FIELDS)
        .of(ANSWER, Style.plain(80));
  }

  @Test
  void rowsHaveTheSameColumnsWhateverTheyHold() {
    assertThat(as(OutputForm.CSV, "", null))
        .isEqualTo(
            """
            id,n,rate,of,well,why,never
            a,2,0.5,"{""name"":""x""}",true,,
            "b, ""c""\",3000000000,,,,one two three,""");
    assertThat(as(OutputForm.TSV, "", null))
        .isEqualTo(
            "a\t2\t0.5\t{\"name\":\"x\"}\ttrue\t\t\nb, \"c\"\t3000000000\t\t\t\tone two three\t");
  }

  @Test
  void columnsAreFieldsAndFieldsWithinThem() {
    assertThat(as(OutputForm.TSV, "n,of.name", null)).isEqualTo("2\tx\n3000000000\t");
    assertThat(as(OutputForm.TEXT, "id,of.name,why", null))
        .isEqualTo("id      of.name  why\na       x\nb, \"c\"           one two three");
  }

  @Test
  void theHeaderOfALineThatAnswersManyTimesIsPrintedOnce() {
    AnswerFormat csv = new AnswerFormat(OutputForm.CSV, null, List.of("id"), FIELDS);
    assertThat(csv.of("{\"id\":\"a\"}", Style.plain(80))).isEqualTo("id\na");
    assertThat(csv.of("{\"id\":\"b\"}", Style.plain(80))).isEqualTo("b");
    assertThat(csv.of("[]", Style.plain(80))).isNull();
  }

  @Test
  void aQueryAnswersInJsonOrInRows() {
    assertThat(as(OutputForm.JSON, "", "[0].id")).isEqualTo("\"a\"");
    assertThat(as(OutputForm.JSON, "", "[5]")).isEqualTo("null");
    assertThat(as(OutputForm.TEXT, "", "[0].id")).isEqualTo("a");
    assertThat(as(OutputForm.TEXT, "", "[5]")).isNull();
    assertThat(as(OutputForm.TEXT, "", "[].n")).isEqualTo("2\n3000000000");
    assertThat(as(OutputForm.TSV, "", "[].[n,id]")).isEqualTo("2\ta\n3000000000\tb, \"c\"");
    assertThat(as(OutputForm.CSV, "", "[?n>`2`].{who: id, many: n}"))
        .isEqualTo("who,many\n\"b, \"\"c\"\"\",3000000000");
    assertThat(as(OutputForm.JSON, "", "length(@)")).isEqualTo("2");
  }

  @Test
  void aQueryThatIsNoneIsRefusedAndOneThatFailsIsNoDefect() {
    assertThatThrownBy(() -> Query.of("[["))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.kind()).isEqualTo(Problem.Kind.USAGE))
        .hasMessageContaining("it is no JMESPath");
    assertThatThrownBy(() -> Query.of("")).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> Query.of("nofunction(@)")).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> as(OutputForm.JSON, "", "length([0].n)"))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.kind()).isEqualTo(Problem.Kind.REFUSED));
  }

  @Test
  void yamlHasTheSameValues() {
    String yaml = String.valueOf(as(OutputForm.YAML, "", null));
    assertThat(yaml)
        .startsWith("---\n- id: a\n  n: 2\n  rate: 0.5\n  of:\n    name: x\n  well: true\n- id: ");
    assertThat(new Yaml().<Object>load(yaml))
        .hasToString(
            "[{id=a, n=2, rate=0.5, of={name=x}, well=true},"
                + " {id=b, \"c\", n=3000000000, why=one\ntwo\tthree}]");
  }

  @Test
  void nothingInYamlCanActOnATerminalOrBeReadAsAnotherType() {
    AnswerFormat format = new AnswerFormat(OutputForm.YAML, null, List.of(), List.of());
    String yaml =
        String.valueOf(
            format.of(
                "{\"a\":\"\\u001b[2J\\u202e\",\"b\":\"no\",\"c\":\"0123\",\"d\":\"größe\"}",
                Style.plain(80)));
    assertThat(yaml).matches("(?s)[ -~\n]*").contains("b: 'no'").contains("c: '0123'");
    assertThat(new Yaml().<Object>load(yaml))
        .hasToString("{a=\u001b[2J\u202e, b=no, c=0123, d=größe}");
  }

  @Test
  void nothingInRowsCanActOnATerminalOrIsASignedAddress() {
    AnswerFormat rows = new AnswerFormat(OutputForm.TSV, null, List.of(), List.of(List.of("a")));
    assertThat(
            rows.of(
                "{\"a\":\"\\u001b]0;x\\u0007red https://b.oss/x?Signature=abc\"}", Style.plain(80)))
        .isEqualTo("red https://b.oss/x?…");
  }
}
