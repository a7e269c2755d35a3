package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import oosh.rollout.ParallelReads;
import oosh.rollout.cloud.CommandOutput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What OOS tells of a script's output, as text. */
final class CommandOutputReaderTest {
  private RawSocketServer gateway;

  @BeforeEach
  void open() throws IOException {
    gateway = new RawSocketServer();
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
  }

  private AliyunExecutions oos() {
    return new AliyunExecutions(
        new RpcClient(
            "prod",
            "cn-hangzhou",
            new StaticCredentialsProvider(new BasicCredentials("k", "s")),
            new HttpTransport(new HttpClients(Map.of()), gateway::address, HttpTransport.MAX_BODY),
            InstantSource.system(),
            pause -> {}),
        ParallelReads.IN_TURN);
  }

  private static String tasks(String... tasks) {
    return "{\"TaskExecutions\":[" + String.join(",", tasks) + "]}";
  }

  private static String task(String name, String more) {
    return "{\"TaskExecutionId\":\"t\",\"TaskName\":\"" + name + "\"" + more + "}";
  }

  private static String result(byte[] output) {
    return task(
        "describeInvocationResults",
        ",\"Outputs\":{\"invocationResult\":\""
            + Base64.getEncoder().encodeToString(output)
            + "\"}");
  }

  private static String result(String output) {
    return result(output.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void decodesTheLastResultAndNoRoundOfALoop() {
    gateway.json(
        200,
        tasks(
            result("first"),
            result("größer\n"),
            task("describeInvocationResults", ",\"LoopItem\":\"i-1\",\"Outputs\":{\"a\":1}")));

    assertThat(oos().output("exec-2", "i-1")).isEqualTo(new CommandOutput("größer\n", 0));
    assertThat(gateway.seen()).hasSize(1);
  }

  @Test
  void whatIsNoBase64IsNoOutput() {
    gateway.json(
        200,
        tasks(task("describeInvocationResults", ",\"Outputs\":\"{\\\"invocationResult\\\":7}\"")));

    assertThat(oos().output("exec-2", "i-1")).isEqualTo(new CommandOutput("", 0));
  }

  @Test
  void readsTheTasksOfTheLastChildWhereTheInstancesOwnHaveNone() {
    gateway
        .json(
            200,
            tasks(
                task("a", ",\"ChildExecutionId\":\"exec-3\""),
                task("b", ",\"ChildExecutionId\":\"exec-4\"")))
        .json(200, tasks(result("installed")));

    assertThat(oos().output("exec-2", "i-1").text()).isEqualTo("installed");
    assertThat(gateway.seen().get(1).query()).containsEntry("ExecutionId", "exec-4");
  }

  @Test
  void asksEcsHowMuchOfAnOutputWasDropped() {
    byte[] cut =
        Arrays.copyOf(
            ("x" + "größer ".repeat(4000)).getBytes(StandardCharsets.UTF_8),
            CommandOutput.KEPT_BYTES);
    String whole = new String(cut, StandardCharsets.UTF_8);
    assertThat(whole).endsWith("\ufffd");
    gateway
        .json(200, tasks(task("runCommand", ",\"Outputs\":{\"InvokeId\":\"t-7\"}"), result(cut)))
        .json(
            200,
            "{\"Invocation\":{\"InvocationResults\":{\"InvocationResult\":[{\"Dropped\":1234}]}}}");

    assertThat(oos().output("exec-2", "i-1"))
        .isEqualTo(new CommandOutput(whole.substring(0, whole.length() - 1), 1234));
    assertThat(gateway.seen().get(1).query())
        .containsEntry("Action", "DescribeInvocationResults")
        .containsEntry("Version", "2014-05-26")
        .containsEntry("InvokeId", "t-7")
        .containsEntry("InstanceId", "i-1");
  }

  @Test
  void doesNotKnowWhatWasDroppedWhereEcsRefuses() {
    gateway
        .json(
            200,
            tasks(
                task("runCommand", ",\"Outputs\":{\"invokeId\":\"t-7\"}"),
                result("x".repeat(CommandOutput.KEPT_BYTES))))
        .json(403, "{\"Code\":\"NoPermission\",\"Message\":\"not you\"}");

    assertThat(oos().output("exec-2", "i-1").dropped()).isEqualTo(CommandOutput.UNKNOWN);
  }

  @Test
  void listsTheOutputsOfChildrenThatSucceededAndMayNotBeCut() {
    gateway.json(
        200,
        "{\"Executions\":["
            + child("exec-2", "Success", "well\\n")
            + ","
            + child("exec-3", "Failed", "bad")
            + ","
            + child("exec-4", "Success", "x".repeat(CommandOutput.KEPT_BYTES))
            + "]}");

    assertThat(oos().outputs("exec-1")).containsExactly(Map.entry("exec-2", "well\n"));
  }

  @Test
  void leavesListedOutputsOutThatItCannotHold() {
    String output = "x".repeat(20_000);
    StringBuilder children = new StringBuilder(child("exec-0", "Success", output));
    for (int i = 1; i < 250; i++) {
      children.append(',').append(child("exec-" + i, "Success", output));
    }
    gateway.json(200, "{\"Executions\":[" + children + "]}");

    assertThat(oos().outputs("exec-1")).hasSize(4 * 1024 * 1024 / 20_000);
  }

  private static String child(String id, String status, String output) {
    return "{\"ExecutionId\":\""
        + id
        + "\",\"Status\":\""
        + status
        + "\",\"Outputs\":{\"invocationOutput\":\""
        + output
        + "\"}}";
  }
}
