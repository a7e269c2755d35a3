package oosh.shell.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import org.junit.jupiter.api.Test;

class ConsoleLinksTest {
  private static final String ID = "exec-060268a2b0b8a859";

  private static final String LINK =
      "\033]8;;https://oos.console.aliyun.com/cn-hangzhou/execution/detail/"
          + ID
          + "\033\\"
          + ID
          + "\033]8;;\033\\";

  private static ConsoleLinks links(String profile, String region) {
    return new ConsoleLinks(() -> new Context(profile, region, null, UpdateMethod.RUN_SCRIPT));
  }

  @Test
  void makesAnExecutionALinkToItsPage() {
    assertThat(links("production", "cn-hangzhou").apply("started " + ID + "\n"))
        .isEqualTo("started " + LINK + "\n");
    assertThat(links("production", "cn-hangzhou").apply("\033[1m" + ID + "\033[0m; " + ID))
        .isEqualTo("\033[1m" + LINK + "\033[0m; " + LINK);
  }

  @Test
  void makesNothingElseALink() {
    for (String text :
        new String[] {
          "exec-0602…",
          "exec-060268a2b0b8a859…",
          "exec-ABCDEF0123456789",
          "x" + ID,
          ID + "-log",
          "exec-"
        }) {
      assertThat(links("production", "cn-hangzhou").apply(text)).isEqualTo(text);
    }
  }

  @Test
  void theSandboxHasNoConsole() {
    assertThat(links("sandbox", "cn-hangzhou").apply(ID)).isEqualTo(ID);
    assertThat(links("production", "").apply(ID)).isEqualTo(ID);
    assertThat(links("production", "x\033\\y").apply(ID)).isEqualTo(ID);
  }

  /** What a script printed is made safe first: only oosh's own link reaches the terminal. */
  @Test
  void aLinkOfAScriptDoesNotComeThrough() {
    StringWriter seen = new StringWriter();
    LinkingWriter linking = new LinkingWriter(new PrintWriter(seen));
    linking.link(links("production", "cn-hangzhou"));
    PrintWriter out = SanitizingWriter.before(new PrintWriter(linking), true);
    out.println(LINK.replace("aliyun.com", "evil.example") + " " + LINK);
    out.flush();
    assertThat(seen.toString()).isEqualTo(LINK + " " + LINK + System.lineSeparator());
  }
}
