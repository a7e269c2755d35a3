package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import oosh.shell.Prompt;
import oosh.shell.place.ContextDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What --resume offers of the prompt before. */
@Timeout(60)
class ContextDraftTest extends ShellFixture {
  @TempDir Path folder;

  /** A line at the prompt. */
  private void type(String line) {
    ContextDraft draft = ContextDraft.of(session());
    run(line);
    draft.keep();
  }

  private Path draft() {
    return backends.home().resolve("draft");
  }

  private ShellFixture resumed(String answer) {
    ShellFixture next = new ShellFixture(backends);
    next.answers(answer);
    ContextDraft.offer(next.session());
    return next;
  }

  @Test
  void anotherPromptOffersWhatThisOneHasStagedAndAsksFirst() throws IOException {
    type(STAGED);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(draft())))
        .isEqualTo("rw-------");
    pause(60);
    ShellFixture no = resumed("");
    assertThat(no.questions).containsExactly("resume it? [y/N] ");
    assertThat(no.oneLine())
        .contains("the last prompt left this 1 min ago:")
        .contains("profile sandbox, region cn-hangzhou, method run-script")
        .contains("group asg-bp1web")
        .contains("script deploy.sh (sha aebc9f, 214 bytes, RunShellScript) rollback undo.sh")
        .contains("batches 2 instances a batch")
        .contains("nothing is resumed");
    assertThat(Prompt.of(no.session())).isEqualTo("sandbox cn-hangzhou › ");
    ShellFixture yes = resumed("y");
    assertThat(Prompt.of(yes.session())).isEqualTo("sandbox cn-hangzhou asg-bp1web ●3 › ");
    assertThat(yes.session().staging()).isEqualTo(session().staging());
    assertThat(yes.session().files()).isEqualTo(session().files());
    yes.run("use");
    assertThat(yes.oneLine()).contains("group asg-bp1web (resumed draft)");
    assertThat(yes.run("launch -y")).as(yes.oneLine()).isZero();
  }

  @Test
  void whatWasStagedIsKeptAlthoughItsFileHasChanged() throws IOException {
    Path script = Files.writeString(folder.resolve("deploy.sh"), "echo one\n");
    type("use group asg-bp1web");
    type("stage script " + script);
    Files.writeString(script, "echo two\n");
    ShellFixture next = resumed("y");
    assertThat(next.oneLine()).contains("the file has changed since");
    assertThat(next.session().staging().script().text()).isEqualTo("echo one\n");
  }

  @Test
  void aRecordingOfAResumedShellSaysTheLines() throws IOException {
    type(STAGED);
    Path file = folder.resolve("again.oosh");
    ShellFixture next = resumed("y");
    next.run("record " + file + "; record stop");
    assertThat(next.run("run --check " + file)).as(next.oneLine()).isZero();
    assertThat(Files.readString(file))
        .contains("stage script sessions/scripts/deploy.sh", "stage batch --size 2");
  }

  @Test
  void aSecretIsLeftOutAndNamed() throws IOException {
    Path script = folder.resolve("key.sh");
    Files.writeString(script, "export ALIBABA_CLOUD_ACCESS_KEY_ID=LTAI5tAbCdEfGhIjKlMnOpQr\n");
    type("use group asg-bp1web; stage batch 3");
    type("stage script " + script);
    assertThat(Files.readString(draft())).doesNotContain("LTAI5t").doesNotContain("key.sh");
    ShellFixture next = resumed("y");
    assertThat(next.oneLine()).contains("not kept, because it carries a secret: script");
    assertThat(next.session().staging().script()).isNull();
    assertThat(next.session().staging().batches()).isNotNull();
  }

  @Test
  void nothingIsWrittenBeforeSomethingHasChanged() {
    type("history");
    assertThat(draft()).doesNotExist();
    assertThat(resumed("y").oneLine()).isEqualTo("nothing to resume: no prompt has left a draft ");
  }

  @Test
  void aDamagedDraftIsRefusedAndTheShellGoesOn() throws IOException {
    type(STAGED);
    String text = Files.readString(draft());
    for (String damaged :
        new String[] {"", "{", "[]", text.substring(9), text.replace("asg-bp1web", "asg-bp1db")}) {
      Files.writeString(draft(), damaged);
      ShellFixture next = resumed("y");
      assertThat(next.questions).isEmpty();
      assertThat(next.oneLine()).contains("cannot resume from").contains("go on without it");
      assertThat(next.session().staging().count()).isZero();
    }
  }

  @Test
  void aDraftThatOthersCanWriteIsRefused() throws IOException {
    type(STAGED);
    Files.setPosixFilePermissions(draft(), PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(resumed("y").oneLine()).contains("other users can write to");
  }

  @Test
  void aDraftOfAnotherUserIsRefused() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can be another user");
    type(STAGED);
    Files.setAttribute(draft(), "unix:uid", 65_534);
    assertThat(resumed("y").oneLine()).contains("belongs to another user");
  }
}
