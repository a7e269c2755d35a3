package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import oosh.view.page.Pages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** {@code --html FILE}: what is in the page, and where it is not written. */
class ReportPageTest extends ShellFixture {
  private static final String FIRST = "exec-0000000000000001";

  @TempDir Path folder;

  @Test
  void writesALaunchThatFailedAndItsRollbackForItsOwnerOnly() throws Exception {
    backends.sandboxControl().failInstance("i-bp1c", "fail", 3, "<b>disk</b> full", 1);
    assertThat(run(STAGED + "launch -y --confirm asg-bp1web -m 'web <2.4.1>'")).isEqualTo(5);
    assertThat(run("rollback -y --confirm asg-bp1web -m 'disk full'")).isZero();
    Path file = folder.resolve("web.html");
    assertThat(run("report " + FIRST + " --html " + file)).isZero();
    assertThat(oneLine()).startsWith(file + " is written, ").contains(" KB: open it in a browser");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Document page = Pages.checked(Files.readString(file));
    assertThat(page.getDocumentElement().getTextContent())
        .contains("web <2.4.1>", "<b>disk</b> full", "because disk full");
    assertThat(
            Pages.elements(page, "text").stream()
                .map(Element::getTextContent)
                .filter(t -> t.matches("(launch|rollback) .*|Batch .*|run")))
        .contains("launch " + FIRST, "Batch 1", "Batch 2", "run")
        .anyMatch(t -> t.startsWith("rollback exec-"));
  }

  @Test
  void asksBeforeItOverwrites() throws IOException {
    launch();
    Path file = folder.resolve("web.html");
    Files.writeString(file, "mine");
    answers("n");
    refuses(3, "report --html " + file, "nothing was written, and " + file + " is as it was");
    assertThat(questions).containsExactly("overwrite " + file + "? [y/N] ");
    assertThat(Files.readString(file)).isEqualTo("mine");
    answers("y");
    assertThat(run("report --html " + file)).isZero();
    assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    assertThat(run("report -y --html " + file)).isZero();
    assertThat(questions).hasSize(2);
  }

  @Test
  void refusesWhereNoFileCanBe() throws IOException {
    launch();
    refuses(1, "report --html " + folder, "cannot write " + folder, "it is a folder");
    refuses(1, "report --html " + folder + "/a/b.html", "its folder is not there");
    Files.createSymbolicLink(folder.resolve("gone"), folder.resolve("a/b.html"));
    refuses(1, "report --html " + folder + "/gone", "it is a link to a file that is not there");
    refuses(1, "report --html /dev/null", "it is not a regular file");
    refuses(2, "report --html ''", "--html needs a value");
    refuses(1, "report exec-ffff --html " + folder + "/x.html", "no execution exec-ffff");
    assertThat(folder.resolve("x.html")).doesNotExist();
  }

  @Test
  void showsARolloutOverManyGroups() throws Exception {
    assertThat(run("launch sessions/release.yaml -y -m 'web <2.4.1>' --confirm asg-bp1db"))
        .as(said.toString())
        .isZero();
    assertThat(run("rollback wave- -y -m errors")).as(said.toString()).isZero();
    Path file = folder.resolve("wave.html");
    assertThat(run("report wave- --html " + file)).as(said.toString()).isZero();
    Document page = Pages.checked(Files.readString(file));
    assertThat(Pages.titles(page))
        .startsWith("Summary", "Timeline", "Wave 1: cn-hangzhou")
        .endsWith("Starts and ends");
    assertThat(Pages.elements(page, "text").stream().map(Element::getTextContent))
        .contains("Wave 2: cn-hangzhou", "asg-bp1web web", "bake");
    assertThat(Pages.elements(page, "a")).isEmpty();
    assertThat(page.getDocumentElement().getTextContent()).contains("web <2.4.1>", "rolled back");
  }

  @Test
  void showsTheHistoryOfAPeriod() throws Exception {
    launch();
    assertThat(run("launch -y --confirm asg-bp1web -m again")).isZero();
    Path file = folder.resolve("history.html");
    assertThat(run("history --since 30d --html " + file)).as(said.toString()).isZero();
    Document page = Pages.checked(Files.readString(file));
    assertThat(Pages.elements(page, "h1").get(0).getTextContent())
        .isEqualTo("History of asg-bp1web");
    assertThat(Pages.elements(page, "p").get(0).getTextContent())
        .isEqualTo("2 launches, 100% of 2 that ended succeeded, median 18s; 0 rollbacks");
    refuses(2, "history --stats --html x.html", "history cannot take --html and --stats together");
    refuses(2, "history --follow --html x.html", "next history --html x.html");
  }

  private void refuses(int status, String line, String... says) {
    assertThat(run(line)).as(said.toString()).isEqualTo(status);
    assertThat(oneLine()).contains(says);
  }

  private void launch() {
    assertThat(run(STAGED + "launch -y --confirm asg-bp1web")).isZero();
  }
}
