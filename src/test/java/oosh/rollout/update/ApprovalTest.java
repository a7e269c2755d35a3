package oosh.rollout.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ScalingProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who must approve, and where oosh's own template waits for it. */
class ApprovalTest {
  private static final Script SCRIPT = Script.ofText("a.sh", "set -e\n");
  private static final EndNotice TEAM = new EndNotice("team", "webhook", "00112233");

  private static Approval approval(boolean first) {
    return Approval.of(List.of("alice", "bob"), 2, first, TEAM);
  }

  private static OoshTemplate template(UpdateSpec more, Approval approval) {
    List<Target> targets =
        IntStream.range(0, 6).mapToObj(i -> new Target("i-" + i, "InService")).toList();
    return new OoshTemplate(
        "asg-1",
        more.withScript(SCRIPT, CommandType.SHELL)
            .withStrategy(more.strategy().withApproval(approval)),
        EnumSet.of(ScalingProcess.SCALE_IN),
        targets,
        List.of(2, 2, 2),
        Watched.NOTHING);
  }

  private static List<String> names(OoshTemplate template) {
    JsonArray tasks =
        JsonParser.parseString(template.content(false)).getAsJsonObject().getAsJsonArray("Tasks");
    return StreamSupport.stream(tasks.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(task -> task.get("Name").getAsString())
        .toList();
  }

  private static JsonObject task(OoshTemplate template) {
    JsonArray tasks =
        JsonParser.parseString(template.content(false)).getAsJsonObject().getAsJsonArray("Tasks");
    return StreamSupport.stream(tasks.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(task -> task.get("Action").getAsString().equals("ACS::Approve"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void waitsBeforeAnyProcessIsSuspended() {
    assertThat(names(template(UpdateSpec.EMPTY, approval(true))))
        .startsWith("approveBeforeBatch1", "suspendProcesses", "updateBatch1");
  }

  @Test
  void waitsBeforeTheRestInThePlaceOfAPause() {
    UpdateSpec pausing = UpdateSpec.EMPTY.withPause(BatchPause.EVERY);
    assertThat(names(template(pausing, approval(false))))
        .startsWith(
            "suspendProcesses",
            "updateBatch1",
            "approveBeforeBatch2",
            "readBrakeBeforeBatch2",
            "brakeBeforeBatch2",
            "updateBatch2",
            "waitBeforeBatch3",
            "updateBatch3");
  }

  /** A failure to ask leads where a failure of the batch before leads. */
  @Test
  void rollsBackTheFirstBatchWhereItCannotAskBeforeTheRest() {
    UpdateSpec back =
        UpdateSpec.EMPTY
            .withRollbackScript(SCRIPT)
            .withGates(UpdateSpec.EMPTY.gates().withRollback(true));
    assertThat(task(template(back, approval(false))).get("OnError").getAsString())
        .isEqualTo("rollbackBatch1");
    assertThat(task(template(back, approval(true))).get("OnError").getAsString())
        .isEqualTo("ACS::END");
  }

  @Test
  void saysWhoMustApproveInParametersAndNoAddress() {
    OoshTemplate template = template(UpdateSpec.EMPTY, approval(true));
    assertThat(template.parameters())
        .containsEntry("approvers", List.of("alice", "bob"))
        .containsEntry("approvalsNeeded", 2L)
        .containsEntry("approvalUri", "oosh-notice:team/webhook/00112233");
    JsonObject properties = task(template).getAsJsonObject("Properties");
    assertThat(properties.get("Approvers").getAsString()).isEqualTo("{{approvers}}");
    assertThat(properties.get("MinRequiredApprovals").getAsString())
        .isEqualTo("{{approvalsNeeded}}");
    assertThat(properties.getAsJsonObject("WebHook").get("Content").toString())
        .contains("execution.approval", "waits for approval by alice, bob (2 needed)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook", "dingtalk", "feishu", "slack"})
  void tellsEachKindOfReceiverInItsForm(String kind) {
    Approval approval =
        Approval.of(List.of("alice"), 1, true, new EndNotice("team", kind, "00112233"));
    JsonObject properties =
        task(template(UpdateSpec.EMPTY, approval)).getAsJsonObject("Properties");
    assertThat(properties.getAsJsonObject("WebHook").get("Content").toString())
        .contains("waits for approval by alice (1 needed)");
    assertThat(properties.get("AppendExecutionLink").getAsString())
        .isEqualTo(String.valueOf(kind.equals("dingtalk")));
  }

  @Test
  void isKeptWithTheStrategy() {
    for (boolean first : new boolean[] {true, false}) {
      RolloutStrategy strategy =
          RolloutStrategy.NONE.withMaxErrors("2").withApproval(approval(first));
      assertThat(RolloutStrategy.of(strategy.text())).isEqualTo(strategy);
      assertThat(strategy.describeUnsupported()).contains("an approval");
    }
    RolloutStrategy nobody =
        RolloutStrategy.NONE.withApproval(
            Approval.of(List.of("a-b_c.d"), 1, true, EndNotice.NOBODY));
    assertThat(RolloutStrategy.of(nobody.text())).isEqualTo(nobody);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a,b",
        "a/b",
        "alice@example.onaliyun.com",
        "\u202ealice",
        "{{x}}",
        "\"",
        "a\u0000",
        "\u0430lice"
      })
  void refusesWhatIsNoName(String name) {
    assertThatThrownBy(() -> Approval.of(List.of(name), 1, true, TEAM))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> {
              assertThat(p.what()).isEqualTo("that is no name of a RAM user");
              assertThat(p.why()).doesNotContain("example");
            });
  }

  @Test
  void refusesNumbersThatCannotBe() {
    for (int need : new int[] {0, -1, 3, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> Approval.of(List.of("alice", "bob"), need, true, TEAM))
          .isInstanceOf(Problem.class);
    }
    assertThatThrownBy(() -> Approval.of(List.of("alice", "alice"), 2, true, TEAM))
        .as("one person is no two")
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> Approval.of(List.of("x".repeat(65)), 1, true, TEAM))
        .isInstanceOf(Problem.class);
    List<String> many = IntStream.range(0, 21).mapToObj(i -> "u" + i).toList();
    assertThatThrownBy(() -> Approval.of(many, 1, true, TEAM)).isInstanceOf(Problem.class);
  }

  @Test
  void readsTheBatchOfATask() {
    assertThat(Approval.before("approveBeforeBatch2")).isEqualTo(2);
    assertThat(Set.of("approveBeforeBatch", "approveBeforeBatchx", "ask", ""))
        .allSatisfy(name -> assertThat(Approval.before(name)).isZero());
    assertThat(Approval.before("approveBeforeBatch1234")).isZero();
  }
}
