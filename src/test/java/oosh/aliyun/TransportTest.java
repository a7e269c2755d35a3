package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TransportTest {
  @Test
  void asksOtherMachinesOverHttpsOnly() {
    assertThat(Transport.target(URI.create("http://oos.cn-hangzhou.aliyuncs.com/?a=%7B"), null))
        .isEqualTo(URI.create("https://oos.cn-hangzhou.aliyuncs.com/?a=%7B"));
    assertThat(Transport.target(URI.create("http://127.0.0.1:80/?a=1"), null))
        .isEqualTo(URI.create("http://127.0.0.1:80/?a=1"));
  }

  @Test
  void sendsEverythingToTheOverride() {
    assertThat(
            Transport.target(
                URI.create("https://oos.cn-hangzhou.aliyuncs.com/?a=1"),
                URI.create("http://127.0.0.1:99/")))
        .isEqualTo(URI.create("http://127.0.0.1:99/?a=1"));
  }

  @Test
  void tellsWhatWasNeverSent() {
    assertThat(Transport.reason(new ConnectException()))
        .isEqualTo(Trouble.Reason.REFUSED_CONNECTION);
    assertThat(Transport.reason(new NoRouteToHostException()))
        .isEqualTo(Trouble.Reason.REFUSED_CONNECTION);
    assertThat(Transport.reason(new ConnectException().initCause(new UnresolvedAddressException())))
        .isEqualTo(Trouble.Reason.UNKNOWN_HOST);
    assertThat(Transport.reason(new UnknownHostException())).isEqualTo(Trouble.Reason.UNKNOWN_HOST);
    assertThat(Transport.reason(new IOException(new HttpConnectTimeoutException("x"))))
        .isEqualTo(Trouble.Reason.CONNECT_TIMEOUT);
    assertThat(Transport.reason(new SSLHandshakeException("x"))).isEqualTo(Trouble.Reason.TLS);
    assertThat(Transport.reason(new SocketException("reset"))).isEqualTo(Trouble.Reason.BROKEN_OFF);
  }

  @ParameterizedTest
  @CsvSource({
    "https://oos.cn-hangzhou.aliyuncs.com,proxy.corp:3128",
    "https://127.0.0.1,",
    "http://localhost,",
    "http://[::1],",
    "https://a.internal.corp,",
    "https://internal.corp,",
    "https://notinternal.corp,proxy.corp:3128",
    "https://exact.example,"
  })
  void asksTheProxyExceptForThisMachineAndWhatIsExempt(String address, String proxy) {
    Line line =
        new Line(
            Map.of(
                "https_proxy", "http://proxy.corp:3128",
                "http_proxy", "http://proxy.corp:3128",
                "NO_PROXY", " .internal.corp , exact.example"));

    var found = line.proxyFor(URI.create(address));

    assertThat(
            found == null
                ? null
                : found.address().getHostString() + ":" + found.address().getPort())
        .isEqualTo(proxy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1.evil.com", "127.0.0.example", "localhost.evil.com", "10.0.0.1"})
  void doesNotTakeAnotherMachineForThisOne(String host) {
    assertThat(Endpoints.isLoopback(host)).isFalse();
  }

  @Test
  void knowsTheHostsOfARegion() {
    assertThat(Endpoints.oos("eu-central-1")).isEqualTo("oos.eu-central-1.aliyuncs.com");
    assertThat(Endpoints.ess("cn-hangzhou")).isEqualTo("ess.aliyuncs.com");
    assertThat(Endpoints.ess("cn-hongkong")).isEqualTo("ess.cn-hongkong.aliyuncs.com");
    assertThat(Endpoints.ecs("cn-hangzhou")).isEqualTo("ecs-cn-hangzhou.aliyuncs.com");
    assertThat(Endpoints.ecs("cn-hangzhou-finance")).isEqualTo("ecs.aliyuncs.com");
    assertThat(Endpoints.ecs("cn-beijing")).isEqualTo("ecs.cn-beijing.aliyuncs.com");
    assertThat(Endpoints.REGIONS).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void cleansWhatTheServiceSays() {
    assertThat(
            Failures.clean(
                "bad\u001b[2J at https://x/?Signature=abc with LTAIabcdef;\n"
                    + "server string to sign is:POST&secret\nmore"))
        .isEqualTo("bad [2J at (address) with (key)");
    assertThat(Failures.clean("x".repeat(1000))).hasSize(301);
  }
}
