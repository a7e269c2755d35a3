package oosh.notify;

import static oosh.notify.NoticeFixtures.NOW;
import static oosh.notify.NoticeFixtures.SIGNING;
import static oosh.notify.NoticeFixtures.failed;
import static oosh.notify.NoticeFixtures.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import oosh.rollout.notice.NoticeKind;
import org.junit.jupiter.api.Test;

/** What each kind of receiver gets; the signatures of the chats were computed by other code. */
class NoticeBodyTest {
  private static final URI ADDRESS = URI.create("https://example.com/robot/send?access_token=X");
  private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String TEXT =
      "oosh: exec-1 on asg-web ended in Failed: 3 of 6 instances done, 1 failed (i-bp1d)\\n"
          + "launch by li on ops-1, profile prod, cn-hangzhou\\n"
          + "because: %s\\nevent evt_1";

  @Test
  void aWebhookGetsADocumentSignedAsStandardWebhooksSays() throws Exception {
    NoticeBody body =
        NoticeBody.of(target(NoticeKind.WEBHOOK, ADDRESS, "whsec_" + KEY), failed("2.4.1"), NOW);

    assertThat(body.address()).isEqualTo(ADDRESS);
    assertThat(body.body())
        .isEqualTo(
            "{\"id\":\"evt_1\",\"type\":\"execution.end\",\"timestamp\":\"2026-11-23T12:00:00Z\","
                + "\"data\":{\"verdict\":\"failed\",\"exit\":5,\"execution\":\"exec-1\","
                + "\"status\":\"Failed\",\"action\":\"launch\",\"group\":\"asg-web\","
                + "\"region\":\"cn-hangzhou\",\"profile\":\"prod\",\"instances\":{\"total\":6,"
                + "\"succeeded\":3,\"failed\":1,\"firstFailed\":[\"i-bp1d\"]},"
                + "\"reason\":\"2.4.1\",\"user\":\"li\",\"host\":\"ops-1\",\"text\":\""
                + TEXT.formatted("2.4.1")
                + "\"}}");
    assertThat(body.headers())
        .containsEntry("webhook-id", "evt_1")
        .containsEntry("webhook-timestamp", "1700000000")
        .containsEntry("webhook-signature", "v1," + hmac("evt_1.1700000000." + body.body()));
  }

  private static String hmac(String signed) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
    return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void withoutASecretAWebhookHasAnIdAndNoSignature() {
    assertThat(NoticeBody.of(target(NoticeKind.WEBHOOK, ADDRESS, ""), failed(""), NOW).headers())
        .containsOnlyKeys("webhook-id", "webhook-timestamp");
  }

  @Test
  void dingTalkIsSignedInTheAddress() {
    NoticeBody body =
        NoticeBody.of(target(NoticeKind.DINGTALK, ADDRESS, SIGNING), failed("2.4.1"), NOW);

    assertThat(body.address().toString())
        .isEqualTo(
            ADDRESS
                + "&timestamp=1700000000123&sign=gjSVWjdsL3LIXasMDkUAv3oSFnsaSfDruBCpysXfrqU%3D");
    assertThat(body.body())
        .isEqualTo(
            "{\"msgtype\":\"text\",\"text\":{\"content\":\"" + TEXT.formatted("2.4.1") + "\"}}");
  }

  @Test
  void feishuIsSignedInTheBodyAndCallsNobody() {
    NoticeBody body =
        NoticeBody.of(
            target(NoticeKind.FEISHU, ADDRESS, SIGNING),
            failed("<at user_id=\\\"all\\\">".replace("\\", "")),
            NOW);

    assertThat(body.address()).isEqualTo(ADDRESS);
    assertThat(body.body())
        .startsWith(
            "{\"timestamp\":\"1700000000\",\"sign\":\"d0/XXwWQDJlQG2HZYJsldLJGbu7vAVWF+3DKo7pqzCw=\",\"msg_type\":\"text\",")
        .contains("because: ‹at user_id=")
        .doesNotContain("<at");
  }

  @Test
  void slackIsEscapedAndCallsNobody() {
    NoticeBody body =
        NoticeBody.of(target(NoticeKind.SLACK, ADDRESS, ""), failed("<!channel> & co"), NOW);

    assertThat(body.body())
        .isEqualTo("{\"text\":\"" + TEXT.formatted("&lt;!channel&gt; &amp; co") + "\"}");
  }

  @Test
  void saysNeitherAddressNorSignatureOfItself() {
    assertThat(NoticeBody.of(target(NoticeKind.DINGTALK, ADDRESS, SIGNING), failed(""), NOW))
        .asString()
        .doesNotContain("access_token", "sign=");
    assertThat(target(NoticeKind.DINGTALK, ADDRESS, SIGNING))
        .asString()
        .isEqualTo("team (dingtalk)");
  }
}
