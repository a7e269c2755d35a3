package oosh.notify;

import static oosh.notify.NoticeFixtures.NOW;
import static oosh.notify.NoticeFixtures.failed;
import static oosh.notify.NoticeFixtures.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.aliyun.TlsServer;
import oosh.rollout.notice.NoticeKind;
import oosh.rollout.notice.NoticeTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a receiver answers, and what is said of it. */
class HttpNoticeSenderTest {
  private NoticeReceiver receiver;

  @BeforeEach
  void open() throws Exception {
    receiver = new NoticeReceiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private Optional<String> send(NoticeKind kind) {
    NoticeTarget target = target(kind, receiver.address(), "");
    Optional<String> failure =
        new HttpNoticeSender(Map.of("HTTPS_PROXY", "http://127.0.0.1:1"), Duration.ofSeconds(2))
            .send(target, failed(""), NOW);
    failure.ifPresent(
        f -> assertThat(f).doesNotContain(NoticeReceiver.TOKEN, "127.0.0.1", "access_token"));
    return failure;
  }

  @Test
  void isTakenWithTwoHundred() {
    assertThat(send(NoticeKind.WEBHOOK)).isEmpty();
    assertThat(receiver.taken())
        .singleElement()
        .satisfies(
            post -> {
              assertThat(post.header("webhook-id")).isEqualTo("evt_1");
              assertThat(post.header("content-type")).isEqualTo("application/json; charset=utf-8");
            });
  }

  @Test
  void aRefusalIsSaidByItsStatus() {
    receiver.answers(500, "no " + receiver.address());
    assertThat(send(NoticeKind.SLACK)).contains("it answered 500");
    receiver.answers(404, "no_service");
    assertThat(send(NoticeKind.WEBHOOK)).contains("it answered 404");
  }

  @Test
  void noRedirectIsFollowed() {
    receiver.answers(307, "", Map.of("Location", "/elsewhere"));
    assertThat(send(NoticeKind.WEBHOOK)).contains("it answered 307, and no redirect is followed");
    assertThat(receiver.taken()).hasSize(1);
  }

  /** Both chats answer 200 to what they refuse. */
  @Test
  void aChatTakesANoticeOnlyWithItsOwnZero() {
    receiver.answers(200, "{\"errcode\":310000,\"errmsg\":\"sign\\n not match\"}");
    assertThat(send(NoticeKind.DINGTALK)).contains("it answered errcode 310000: sign not match");
    receiver.answers(200, "{\"code\":19021,\"msg\":\"sign match fail\"}");
    assertThat(send(NoticeKind.FEISHU)).contains("it answered code 19021: sign match fail");
    receiver.answers(200, "{\"StatusCode\":0,\"StatusMessage\":\"success\"}");
    assertThat(send(NoticeKind.FEISHU)).isEmpty();
    receiver.answers(200, "<html>a login page</html>");
    assertThat(send(NoticeKind.DINGTALK)).contains("it answered 200 without errcode");
    assertThat(send(NoticeKind.SLACK)).isEmpty();
  }

  @Test
  void oneThatIsDownIsSaidToRefuse() {
    receiver.goesDown();
    assertThat(send(NoticeKind.WEBHOOK)).contains("the connection was refused");
  }

  @Test
  void oneThatIsSlowIsLeft() {
    receiver.isSlow(true);
    long from = System.nanoTime();
    assertThat(send(NoticeKind.WEBHOOK)).contains("it did not answer within 2 s");
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void anAnswerWithoutEndIsLeft() {
    receiver.answers(200, "x".repeat(300_000));
    assertThat(send(NoticeKind.WEBHOOK)).contains("its answer is too long");
  }

  /** The certificate counts, and so does the proxy of the environment. */
  @Test
  void anotherMachineIsReachedByTheProxyAlone() {
    NoticeTarget far = target(NoticeKind.WEBHOOK, URI.create("https://example.com/x"), "");
    assertThat(
            new HttpNoticeSender(Map.of("HTTPS_PROXY", "http://127.0.0.1:1"), Duration.ofSeconds(2))
                .send(far, failed(""), NOW))
        .contains("the connection was refused");
    assertThat(
            new HttpNoticeSender(Map.of("HTTPS_PROXY", "socks5://u:secretword@x"), Duration.ZERO)
                .send(far, failed(""), NOW))
        .hasValueSatisfying(f -> assertThat(f).doesNotContain("secretword"));
  }

  @Test
  void aCertificateThatThisMachineDoesNotKnowIsRefused(@TempDir Path folder) throws Exception {
    List<String> reached = new ArrayList<>();
    try (TlsServer server =
        new TlsServer(folder, "ip:127.0.0.1", exchange -> reached.add("reached"))) {
      NoticeTarget tls = target(NoticeKind.WEBHOOK, URI.create(server.address()), "");

      assertThat(new HttpNoticeSender(Map.of()).send(tls, failed(""), NOW))
          .hasValueSatisfying(f -> assertThat(f).startsWith("TLS failed"));
    }
    assertThat(reached).isEmpty();
  }
}
