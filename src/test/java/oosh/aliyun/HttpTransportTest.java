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

final class HttpTransportTest {
  @Test
  void asksOtherMachinesOverHttpsOnly() {
    assertThat(HttpTransport.target(URI.create("http://oos.cn-hangzhou.aliyuncs.com/?a=%7B"), null))
        .isEqualTo(URI.create("https://oos.cn-hangzhou.aliyuncs.com/?a=%7B"));
    assertThat(HttpTransport.target(URI.create("http://127.0.0.1:80/?a=1"), null))
        .isEqualTo(URI.create("http://127.0.0.1:80/?a=1"));
  }

  @Test
  void sendsEverythingToTheOverride() {
    assertThat(
            HttpTransport.target(
                URI.create("https://oos.cn-hangzhou.aliyuncs.com/?a=1"),
                URI.create("http://127.0.0.1:99/")))
        .isEqualTo(URI.create("http://127.0.0.1:99/?a=1"));
  }

  @Test
  void reportsARequestThatWasNeverSent() {
    assertThat(HttpTransport.reason(new ConnectException()))
        .isEqualTo(CallFailureException.FailureReason.REFUSED_CONNECTION);
    assertThat(HttpTransport.reason(new NoRouteToHostException()))
        .isEqualTo(CallFailureException.FailureReason.REFUSED_CONNECTION);
    assertThat(
            HttpTransport.reason(
                new ConnectException().initCause(new UnresolvedAddressException())))
        .isEqualTo(CallFailureException.FailureReason.UNKNOWN_HOST);
    assertThat(HttpTransport.reason(new UnknownHostException()))
        .isEqualTo(CallFailureException.FailureReason.UNKNOWN_HOST);
    assertThat(HttpTransport.reason(new IOException(new HttpConnectTimeoutException("x"))))
        .isEqualTo(CallFailureException.FailureReason.CONNECT_TIMEOUT);
    assertThat(HttpTransport.reason(new SSLHandshakeException("x")))
        .isEqualTo(CallFailureException.FailureReason.TLS);
    assertThat(HttpTransport.reason(new SocketException("reset")))
        .isEqualTo(CallFailureException.FailureReason.BROKEN_OFF);
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
    HttpClients line =
        new HttpClients(
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
  void returnsTheHostsOfARegion() {
    assertThat(Endpoints.oos("eu-central-1")).isEqualTo("oos.eu-central-1.aliyuncs.com");
    assertThat(Endpoints.ess("cn-hangzhou")).isEqualTo("ess.aliyuncs.com");
    assertThat(Endpoints.ess("cn-hongkong")).isEqualTo("ess.cn-hongkong.aliyuncs.com");
    assertThat(Endpoints.ecs("cn-hangzhou")).isEqualTo("ecs-cn-hangzhou.aliyuncs.com");
    assertThat(Endpoints.ecs("cn-hangzhou-finance")).isEqualTo("ecs.aliyuncs.com");
    assertThat(Endpoints.ecs("cn-beijing")).isEqualTo("ecs.cn-beijing.aliyuncs.com");
    assertThat(Endpoints.slb("cn-hangzhou")).isEqualTo("slb.aliyuncs.com");
    assertThat(Endpoints.slb("cn-beijing")).isEqualTo("slb.cn-beijing.aliyuncs.com");
    assertThat(Endpoints.alb("eu-west-1")).isEqualTo("alb.eu-west-1.aliyuncs.com");
    assertThat(Endpoints.nlb("eu-west-1")).isEqualTo("nlb.eu-west-1.aliyuncs.com");
    assertThat(Endpoints.cms("eu-west-1")).isEqualTo("metrics.eu-west-1.aliyuncs.com");
    assertThat(Endpoints.REGIONS).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void cleansWhatTheServiceSays() {
    assertThat(
            CallFailureMapper.clean(
                "bad\u001b[2J at https://x/?Signature=abc with LTAIabcdef;\n"
                    + "server string to sign is:POST&secret\nmore"))
        .isEqualTo("bad [2J at (address) with (key)");
    assertThat(CallFailureMapper.clean("x".repeat(3000))).hasSize(2001);
  }
}
