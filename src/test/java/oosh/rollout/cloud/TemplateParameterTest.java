package oosh.rollout.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;

/** What a template's parameter takes. */
class TemplateParameterTest {
  private static TemplateParameter parameter(
      TemplateParameter.Type type, long min, long max, String pattern) {
    return new TemplateParameter(
        "p", type, List.of(), min, max, 2, 5, pattern, null, "what it does");
  }

  private static String why(Runnable call) {
    Problem problem = catchThrowableOfType(Problem.class, call::run);
    assertThat(problem).isNotNull();
    return problem.why();
  }

  @Test
  void acceptsTextsOfItsLengthAndPattern() {
    TemplateParameter p =
        parameter(TemplateParameter.Type.STRING, Long.MIN_VALUE, Long.MAX_VALUE, "[a-z]+");
    assertThat(p.value("abc")).isEqualTo("abc");
    assertThat(why(() -> p.value("a"))).isEqualTo("it takes 2 to 5 characters");
    assertThat(why(() -> p.value("a1"))).isEqualTo("it takes what matches [a-z]+");
    assertThat(parameter(TemplateParameter.Type.STRING, 0, 0, "[").value("abc")).isEqualTo("abc");
  }

  @Test
  void acceptsNumbersWithinItsBounds() {
    TemplateParameter bounded = parameter(TemplateParameter.Type.NUMBER, 1, 100, "");
    assertThat(bounded.value("7")).isEqualTo(7L);
    assertThat(why(() -> bounded.value("0"))).isEqualTo("it takes 1 to 100");
    assertThat(why(() -> bounded.value("1.5"))).isEqualTo("it takes a whole number");
    TemplateParameter any =
        parameter(TemplateParameter.Type.NUMBER, Long.MIN_VALUE, Long.MAX_VALUE, "");
    assertThat(any.value("-1.5")).isEqualTo(-1.5);
    assertThat(why(() -> any.value("many"))).isEqualTo("it takes a number");
  }

  @Test
  void acceptsJsonForAnObjectAndAList() {
    TemplateParameter object = parameter(TemplateParameter.Type.OBJECT, 0, 0, "");
    assertThat(object.json("{}", Map.of("a", 1L))).isEqualTo(Map.of("a", 1L));
    assertThat(why(() -> object.json("1", 1L))).isEqualTo("it takes a JSON object or list");
    TemplateParameter list = parameter(TemplateParameter.Type.LIST, 0, 0, "");
    assertThat(list.json("[]", List.of("ab", 1L))).isEqualTo(List.of("ab", 1L));
    assertThat(why(() -> list.json("{}", Map.of()))).isEqualTo("it takes a list");
    assertThat(list.value("ab, cd")).isEqualTo(List.of("ab", "cd"));
  }

  @Test
  void saysWhatItIs() {
    assertThat(parameter(TemplateParameter.Type.OBJECT, 0, 0, "").describe())
        .isEqualTo("what it does (Json; needed)");
    assertThat(TemplateParameter.Type.of("Object")).isEqualTo(TemplateParameter.Type.OBJECT);
    assertThat(TemplateParameter.Type.of("SomethingNew")).isEqualTo(TemplateParameter.Type.STRING);
  }
}
