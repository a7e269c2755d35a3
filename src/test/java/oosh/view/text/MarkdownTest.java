package oosh.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Foreign text cannot leave its span, its cell or its fence. */
class MarkdownTest {
  @Test
  void usesALongerFenceThanTheBackticksInALine() {
    assertThat(Markdown.code("web 2.4.1")).isEqualTo("`web 2.4.1`");
    assertThat(Markdown.code("a `b` c")).isEqualTo("``a `b` c``");
    assertThat(Markdown.code("`a``")).isEqualTo("``` `a`` ```");
    assertThat(Markdown.code("@ann [x](http://y) <b> & *c*"))
        .isEqualTo("`@ann [x](http://y) <b> & *c*`");
    assertThat(Markdown.code("a\nb\u001b[31m\u202ec")).isEqualTo("`a bc`");
    assertThat(Markdown.code("")).isEmpty();
  }

  @Test
  void keepsABarInItsCell() {
    assertThat(Markdown.cell("a | b")).isEqualTo("`a \\| b`");
  }

  @Test
  void fencesTextWithMoreTicksThanItHas() {
    assertThat(Markdown.fenced("sh", "echo a\n")).isEqualTo("```sh\necho a\n```\n");
    assertThat(Markdown.fenced("", "```\nrm\n`````\n"))
        .isEqualTo("``````\n```\nrm\n`````\n``````\n");
    assertThat(Markdown.fenced("text", "")).isEqualTo("```text\n```\n");
    assertThat(Markdown.fenced("text", "a\u001b]0;t\u0007b\u0000\r\nc"))
        .isEqualTo("```text\nab\nc\n```\n");
  }
}
