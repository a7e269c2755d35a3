package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import oosh.notify.NoticeReceiver;
import oosh.sandbox.api.SandboxCaller;
import oosh.sandbox.http.CallerCredentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ACS::Approve, with the keys of several users. */
class ApprovalTaskTest {
  private final Sandbox sandbox =
      Sandbox.open(SandboxOptions.inSteps().withUsers("alice", "bob", "eve"));
  private final SandboxCaller caller = new SandboxCaller(sandbox);
  private final GateFixture gates = new GateFixture(caller);
  private NoticeReceiver receiver;

  @BeforeEach
  void open() throws Exception {
    receiver = new NoticeReceiver();
  }

  @AfterEach
  void close() {
    receiver.close();
    sandbox.close();
  }

  private SandboxCaller as(String user) {
    CallerCredentials keys = sandbox.users().get(user);
    SandboxCaller other = new SandboxCaller(sandbox);
    other.keyId = keys.keyId();
    other.secret = keys.secret();
    return other;
  }

  private String text(String approvers, String need) {
    return GateFixture.text(
        GateFixture.task(
            "ask",
            "ACS::Approve",
            """
            "NotifyType": "WebHook",
            "WebHook": {"URI": "%s", "Content": {"text": "look at {{ ACS::ExecutionId }}"}},
            "Approvers": %s%s
            """
                .formatted(receiver.address(), approvers, need),
            ""),
        GateFixture.look("gate", "ACS::CheckFor", ""));
  }

  private String waiting(String need, String... more) {
    String id = gates.start(text("[\"alice\", \"bob\", \"sandbox\"]", need), more);
    sandbox.advance(Duration.ofDays(2));
    return id;
  }

  private SandboxCaller.Reply answer(String user, String id, String type) {
    SandboxCaller who = user.equals("sandbox") ? caller : as(user);
    return who.call(
        SandboxCaller.OOS,
        "NotifyExecution",
        "ExecutionId",
        id,
        "NotifyType",
        type,
        "NotifyNote",
        "seen");
  }

  @Test
  void waitsForAsManyAsItNeeds() throws Exception {
    String id = waiting(", \"MinRequiredApprovals\": 2");
    assertThat(caller.status(id)).isEqualTo("Waiting");
    assertThat(caller.execution(id).get("ExecutedBy").getAsString())
        .isEqualTo("sandbox(200000000000000001)");
    assertThat(receiver.next().body()).contains("look at " + id);
    assertThat(answer("alice", id, "Approve").http()).isEqualTo(200);
    assertThat(caller.status(id)).isEqualTo("Waiting");
    assertThat(answer("alice", id, "Approve").code()).isEqualTo("Forbidden");
    assertThat(answer("eve", id, "Approve").text()).contains("eve is not one of the approvers");
    assertThat(answer("sandbox", id, "Approve").text()).contains("has started the execution");
    assertThat(answer("bob", id, "Approve").http()).isEqualTo(200);
    sandbox.advance(Duration.ofSeconds(1));
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(caller.tasks(id)).containsExactly("ask Success", "gate Success");
  }

  @Test
  void needsOneWhereItDoesNotSay() {
    String id = waiting("");
    assertThat(answer("bob", id, "Approve").http()).isEqualTo(200);
    sandbox.advance(Duration.ofSeconds(1));
    assertThat(caller.status(id)).isEqualTo("Success");
  }

  @Test
  void endsCancelledWhereAnApproverRejects() {
    String id = waiting(", \"MinRequiredApprovals\": 2");
    assertThat(answer("eve", id, "Reject").code()).isEqualTo("Forbidden");
    assertThat(answer("sandbox", id, "Reject").code()).isEqualTo("Forbidden");
    assertThat(answer("alice", id, "Reject").http()).isEqualTo(200);
    assertThat(caller.status(id)).isEqualTo("Cancelled");
    assertThat(caller.execution(id).get("StatusMessage").getAsString())
        .isEqualTo("Rejected by alice: seen");
    assertThat(caller.tasks(id)).containsExactly("ask Cancelled");
    assertThat(answer("bob", id, "Approve").code()).isEqualTo("InvalidParameter");
  }

  /** A start that is repeated with another key is another start, and of another user's. */
  @Test
  void knowsWhoHasStarted() {
    String id = new GateFixture(as("alice")).start(text("[\"alice\", \"bob\"]", ""));
    sandbox.advance(Duration.ofSeconds(5));
    assertThat(caller.execution(id).get("ExecutedBy").getAsString()).startsWith("alice(");
    assertThat(answer("alice", id, "Approve").text()).contains("has started the execution");
    assertThat(answer("bob", id, "Approve").http()).isEqualTo(200);
  }

  @Test
  void failsWhereTheWebHookDoesNotTakeIt() {
    receiver.answers(500, "no");
    String id = waiting("");
    assertThat(caller.status(id)).isEqualTo("Failed");
    String paused = waiting("", "Mode", "FailurePause");
    assertThat(caller.execution(paused).get("WaitingStatus").getAsString())
        .isEqualTo("FailurePause");
    receiver.answers(200, "{}");
    answer("alice", paused, "RetryTask");
    sandbox.advance(Duration.ofSeconds(5));
    assertThat(caller.execution(paused).get("WaitingStatus").getAsString()).isEqualTo("Approve");
    assertThat(answer("alice", paused, "Approve").http()).isEqualTo(200);
  }

  @Test
  void failsWhereSoManyCannotApprove() {
    assertThat(caller.status(waiting(", \"MinRequiredApprovals\": 4"))).isEqualTo("Failed");
    assertThat(caller.status(waiting(", \"MinRequiredApprovals\": \"two\""))).isEqualTo("Failed");
  }

  @Test
  void refusesATaskThatItCannotPlay() {
    assertThat(gates.refused(text("[]", "").replace("\"Approvers\": []", "\"Approval\": []")))
        .contains("it plays no approval without Approvers");
    assertThat(gates.refused(text("[]", "").replace("WebHook\",", "Mail\",")))
        .contains("of NotifyType it knows WebHook");
    assertThat(gates.refused(text("[]", "").replace("\"Content\"", "\"Contents\"")))
        .contains("has no URI or no Content");
  }

  @Test
  void aCancelledExecutionIsNotAsked() {
    String id = waiting("");
    caller.call(SandboxCaller.OOS, "CancelExecution", "ExecutionId", id);
    assertThat(answer("alice", id, "Approve").code()).isEqualTo("InvalidParameter");
  }
}
