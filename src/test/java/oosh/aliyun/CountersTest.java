package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyuncs.auth.BasicSessionCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import oosh.rollout.ParallelReads;
import oosh.rollout.cloud.Counters;
import oosh.rollout.cloud.Execution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The counters of executions, and the executions of one tag: what the rows of many groups need. */
final class CountersTest {
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
            new StaticCredentialsProvider(new BasicSessionCredentials("LTAIkey", "s", "t")),
            new HttpTransport(
                new HttpClients(Map.of()), () -> gateway.address(), HttpTransport.MAX_BODY),
            InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")),
            pause -> {}),
        ParallelReads.IN_TURN);
  }

  private Counters read(String counters) {
    gateway.json(
        200, "{\"Executions\":[{\"ExecutionId\":\"exec-1\",\"Counters\":" + counters + "}]}");
    return oos().find("exec-1").orElseThrow().counters();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Failed\":1,\"Success\":41,\"Total\":100}",
        "{\"Failed\":\"1\",\"Success\":\"41\",\"Total\":\"100\",\"Running\":1}",
        "\"{\\\"Failed\\\":1,\\\"Success\\\":41,\\\"Total\\\":100}\""
      })
  void readsTheCountersAsNumbersOrAsTexts(String counters) {
    assertThat(read(counters)).isEqualTo(new Counters(1, 41, 100));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "[]",
        "7",
        "{\"Success\":1,\"Total\":2}",
        "{\"Failed\":-1,\"Success\":1,\"Total\":2}",
        "{\"Failed\":1,\"Success\":2,\"Total\":2}",
        "{\"Failed\":0,\"Success\":1.5,\"Total\":2}",
        "{\"Failed\":0,\"Success\":1,\"Total\":1000001}",
        "{\"Failed\":0,\"Success\":1,\"Total\":-9223372036854775808}",
        "{\"Failed\":9223372036854775807,\"Success\":9223372036854775807,\"Total\":2}",
        "{\"Failed\":0,\"Success\":99999999999999999999,\"Total\":2}",
        "{\"Failed\":{},\"Success\":[1],\"Total\":\"many\"}"
      })
  void whatCannotBeCountersIsNone(String counters) {
    assertThat(read(counters)).isNull();
  }

  @Test
  void countersCheckThemselves() {
    assertThatThrownBy(() -> new Counters(2, 1, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String page(int from, int executions, String next) {
    return IntStream.range(from, from + executions)
        .mapToObj(i -> "{\"ExecutionId\":\"exec-" + i + "\",\"Tags\":{\"oosh-wave\":\"wave-1\"}}")
        .collect(Collectors.joining(",", "{\"Executions\":[", "],\"NextToken\":\"" + next + "\"}"));
  }

  @Test
  void listsTheExecutionsOfATagInPagesOfAHundred() {
    gateway.json(200, page(0, 100, "a")).json(200, page(100, 100, "b")).json(200, page(200, 3, ""));
    Instant since = Instant.parse("2026-01-02T03:00:00Z").plus(Duration.ofMillis(500));
    assertThat(oos().tagged("oosh-wave", "wave-1", since).stream().map(Execution::id))
        .hasSize(203)
        .doesNotHaveDuplicates();
    assertThat(gateway.seen()).hasSize(3);
    assertThat(gateway.seen().get(1).query())
        .containsEntry("Tags", "{\"oosh-wave\":\"wave-1\"}")
        .containsEntry("StartDateAfter", "2026-01-02T03:00:00Z")
        .containsEntry("MaxResults", "100")
        .containsEntry("NextToken", "a");
  }
}
