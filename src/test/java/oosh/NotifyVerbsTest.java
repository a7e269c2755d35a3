package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import oosh.json.StrictJson;
import oosh.notify.NoticeReceiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code notify}, and a launch of which OOS itself tells. */
class NotifyVerbsTest extends ShellFixture {
  @TempDir Path folder;
  private NoticeReceiver receiver;

  @BeforeEach
  void open() throws IOException {
    receiver = new NoticeReceiver();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private void add(String name, String kind, String secret) {
    answers(receiver.address().toString()).answers(secret);
    assertThat(run("notify add " + name + " --kind " + kind)).as(oneLine()).isZero();
  }

  @Test
  void asksForAddressAndSecretAndShowsNeither() {
    assertThat(run("notify list")).isZero();
    assertThat(oneLine())
        .isEqualTo("nobody is told how executions end; notify add NAME --kind KIND changes that ");

    add("team", "dingtalk", "SECabcdef012345");

    assertThat(questions)
        .containsExactly(
            "address of team (https://…, not shown): ",
            "its signing secret, or nothing (not shown): ");
    assertThat(results).hasToString("team is 127.0.0.1/…4711, signed; next: notify test team\n");
    assertThat(run("notify list")).isZero();
    assertThat(results).hasToString("team  dingtalk  127.0.0.1/…4711  signed\n");
    answers(receiver.address().toString());
    assertThat(run("notify add slack --kind slack")).isZero();
    assertThat(questions).as("Slack signs nothing").hasSize(3);
    assertThat(run("notify remove team; notify remove slack; notify list")).isZero();
    assertThat(results.toString())
        .contains("team is told nothing any more", "nobody is told how executions end");
  }

  @Test
  void refusesWhatItCannotUse() {
    assertThat(run("notify add team")).isEqualTo(2);
    assertThat(run("notify add team --kind pigeon")).isEqualTo(2);
    assertThat(run("notify add https://a.example/x --kind slack")).isEqualTo(2);
    answers("http://a.example/hiddenword");
    assertThat(run("notify add team --kind slack")).isEqualTo(1);
    assertThat(oneLine()).contains("plain http is for this machine only").doesNotContain("hidden");
    answers(null);
    assertThat(run("notify add team --kind slack")).isEqualTo(1);
    assertThat(oneLine()).contains("nothing was given");
    answers("https://a.example/x").answers("hiddenword");
    assertThat(run("notify add team --kind webhook")).isEqualTo(1);
    assertThat(oneLine()).contains("it is not whsec_").doesNotContain("hiddenword");
    assertThat(run("notify remove team")).isEqualTo(1);
    assertThat(run("notify test team")).isEqualTo(1);
    assertThat(run("notify list")).isZero();
    assertThat(oneLine()).startsWith("nobody is told");
  }

  /** It may neither send what happens to an address of its own, nor silence somebody. */
  @Test
  void aSessionFileAsksAndHoldsNoAddress() throws IOException {
    Path file = Files.writeString(folder.resolve("a.oosh"), "notify add evil --kind webhook\n");
    answers("n");
    assertThat(run("run " + file)).isEqualTo(3);
    assertThat(questions).singleElement().asString().contains("add a notice");

    Path recorded = folder.resolve("b.oosh");
    assertThat(run("record " + recorded)).isZero();
    add("team", "webhook", "");
    assertThat(run("record stop")).isZero();
    assertThat(Files.readString(recorded))
        .contains("notify add team --kind webhook\n#> team is 127.0.0.1/…4711, not signed")
        .doesNotContain(NoticeReceiver.TOKEN);
    for (String line : List.of("notify remove team", "notify test team")) {
      Files.writeString(file, line + "\n");
      answers("n");
      assertThat(run("run " + file)).as(line).isEqualTo(3);
    }
    assertThat(run("notify list")).isZero();
    assertThat(oneLine()).startsWith("team ");
  }

  @Test
  void oosTellsOfASuccess() throws Exception {
    add("team", "dingtalk", "");

    assertThat(run(STAGED + "launch -y --notify-from-oos team")).as(oneLine()).isZero();

    assertThat(oneLine())
        .contains(
            "notice at its end, unless it is cancelled, OOS tells team (dingtalk); who may read"
                + " this execution in the account can read that address");
    assertThat(receiver.taken())
        .singleElement()
        .satisfies(
            post -> {
              assertThat(post.path()).endsWith(NoticeReceiver.TOKEN);
              assertThat(post.body())
                  .isEqualTo(
                      "{\"msgtype\":\"text\",\"text\":{\"content\":\"oosh: exec-0000000000000001"
                          + " on asg-bp1web ended in Success, says OOS\"}}");
            });
    assertThat(executions().get(0).parameter("noticeUri")).isEqualTo("(hidden)");
    assertThat(run("show; report exec-0000000000000001; logs; journal export")).isZero();
    assertThat(said.toString()).doesNotContain(NoticeReceiver.TOKEN);
    backends.journal().close();
    try (Stream<Path> files = Files.walk(backends.home())) {
      for (Path kept :
          files.filter(f -> f.getFileName().toString().startsWith("journal")).toList()) {
        assertThat(new String(Files.readAllBytes(kept), StandardCharsets.ISO_8859_1))
            .doesNotContain(NoticeReceiver.TOKEN);
      }
    }
  }

  @Test
  void oosTellsOfAFailureAndOfOneThatItRollsBack() {
    add("ci", "webhook", "");
    assertThat(run("sandbox fail i-bp1c --times 1; " + STAGED + "stage suspend none")).isZero();

    assertThat(run("launch -y --notify-from-oos ci")).isEqualTo(5);
    assertThat(receiver.taken()).singleElement().asString().contains("ended in Failed, says OOS");

    assertThat(run("heal --return-failed -y; sandbox fail i-bp1c --times 1")).isZero();
    assertThat(run("launch -y --on-failure rollback --notify-from-oos ci")).isEqualTo(6);
    assertThat(receiver.taken()).singleElement().asString().contains("\"status\":\"Failed\"");
  }

  /** Whatever the receiver does, the launch ends as it would without it. */
  @Test
  void aReceiverThatDoesNotTakeItChangesNoEnd() {
    add("ci", "slack", "");
    receiver.answers(500, "");
    assertThat(run(STAGED + "launch -y --notify-from-oos ci")).as(oneLine()).isZero();
    receiver.goesDown();
    assertThat(run("launch -y --notify-from-oos ci")).as(oneLine()).isZero();
    assertThat(executions()).allMatch(e -> e.status().isSuccess());
  }

  @Test
  void refusesWhatOosCannotTell() {
    add("signed", "dingtalk", "SECabcdef012345");
    add("team", "dingtalk", "");

    assertThat(run(STAGED + "launch -y --notify-from-oos signed")).isEqualTo(1);
    assertThat(oneLine()).contains("a template cannot sign");
    assertThat(run("launch -y --notify-from-oos nobody")).isEqualTo(1);
    assertThat(run("launch -y --on-failure pause --notify-from-oos team")).isEqualTo(1);
    assertThat(oneLine()).contains("would make the execution wait");
    assertThat(executions()).isEmpty();
  }

  /** The same line again sends the same request, and another address would be another request. */
  @Test
  void aLostStartIsSentAgainWithTheSameAddressOrNotAtAll() {
    add("team", "dingtalk", "");
    assertThat(
            run(
                STAGED
                    + "sandbox fail StartExecution --how error500 --times 3;"
                    + " launch -y --notify-from-oos team"))
        .as(oneLine())
        .isEqualTo(3);
    answers("http://127.0.0.1:9/another/address/of/that/name").answers("");
    assertThat(run("notify add team --kind dingtalk")).isZero();
    assertThat(run("launch -y --notify-from-oos team")).as(oneLine()).isNotZero();
    assertThat(executions()).isEmpty();

    add("team", "dingtalk", "");
    assertThat(run("launch -y --notify-from-oos team")).as(oneLine()).isZero();
    assertThat(executions()).hasSize(1);
    assertThat(receiver.taken()).hasSize(1);
  }

  @Test
  void aPlanInJsonNamesItAndHasNoAddress() {
    add("team", "feishu", "");
    assertThat(run(STAGED + "launch --dry-run --notify-from-oos team -o json")).isZero();
    JsonObject plan =
        StrictJson.object(results.toString().substring(results.toString().indexOf("{\n")))
            .orElseThrow();
    assertThat(plan.getAsJsonObject("noticeByOos").get("name").getAsString()).isEqualTo("team");
    assertThat(plan.getAsJsonObject("parameters").get("noticeUri").getAsString())
        .startsWith("oosh-notice:team/feishu/");
    assertThat(plan.get("templateContent").getAsString()).contains("{{noticeUri}}");
    assertThat(said.toString()).doesNotContain(NoticeReceiver.TOKEN);
  }
}
