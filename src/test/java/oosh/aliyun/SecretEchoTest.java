package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.auth.BasicSessionCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import oosh.rollout.OnFailure;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.cloud.StartRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that answers with the whole signed request in every field it has. */
final class SecretEchoTest {
  private static final String KEY = "plainkeyid0001";
  private static final String TOKEN = "plain/token+0001/ABCDEFGH==";

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
    return new AliyunExecutions(caller(), ParallelReads.IN_TURN);
  }

  private RpcClient caller() {
    return new RpcClient(
        "prod",
        "cn-hangzhou",
        new StaticCredentialsProvider(new BasicSessionCredentials(KEY, "hushhushhush", TOKEN)),
        new HttpTransport(new HttpClients(Map.of()), gateway::address, HttpTransport.MAX_BODY),
        InstantSource.system(),
        pause -> {});
  }

  /** Says it in the clear, as it came, and value by value. */
  private void echo(int status) {
    gateway.then(
        socket -> {
          List<RawSocketServer.Seen> seen = gateway.seen();
          RawSocketServer.Seen request = seen.get(seen.size() - 1);
          String whole =
              request.target()
                  + " "
                  + URLDecoder.decode(request.target(), StandardCharsets.UTF_8)
                  + " "
                  + String.join(" ", request.query().values());
          JsonObject execution = new JsonObject();
          execution.addProperty("ExecutionId", "exec-1");
          execution.addProperty("Status", "Failed");
          execution.addProperty("StatusMessage", whole);
          execution.addProperty("Outputs", "{\"" + request.query().get("SecurityToken") + "\":1}");
          execution.addProperty("TemplateName", whole);
          JsonObject answer = new JsonObject();
          answer.addProperty("Code", "Odd." + request.query().get("SecurityToken"));
          answer.addProperty("Message", whole);
          answer.addProperty("RequestId", request.query().get("Signature"));
          answer.add("Execution", execution);
          com.google.gson.JsonArray all = new com.google.gson.JsonArray();
          all.add(execution);
          answer.add("Executions", all);
          RawSocketServer.http(status, "application/json", answer.toString()).write(socket);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 403, 404, 500, 503})
  void noAnswerLeaksTheSignature(int status) {
    echo(status);

    StringBuilder said = new StringBuilder();
    for (Runnable call :
        List.<Runnable>of(
            () -> said.append(oos().find("exec-1")),
            () -> said.append(oos().recent(null, 10)),
            () -> said.append(oos().tasks("exec-1")),
            () -> said.append(oos().logs("exec-1")),
            () ->
                said.append(
                    oos()
                        .start(
                            new StartRequest(
                                "T", "", "", Map.of(), OnFailure.STOP, "t-1", Map.of(), "why"))),
            () -> oos().cancel("exec-1"),
            () -> said.append(new AliyunScalingGroups(caller()).list()))) {
      try {
        call.run();
      } catch (Problem p) {
        assertThat(p.getCause()).isNull();
        said.append(p)
            .append(p.what())
            .append(p.why())
            .append(p.next())
            .append(p.service())
            .append('\n');
      }
    }

    String signature = String.valueOf(gateway.seen().get(0).query().get("Signature"));
    assertThat(gateway.seen()).hasSizeGreaterThanOrEqualTo(7);
    assertThat(said.toString())
        .isNotEmpty()
        .doesNotContain(KEY, "hushhush", "plain/token", "plain%2Ftoken", "plain%252Ftoken")
        .doesNotContain(signature.replace("=", ""));
  }
}
