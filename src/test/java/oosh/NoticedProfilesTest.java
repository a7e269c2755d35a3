package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import oosh.notify.NoticeFile;
import oosh.rollout.cloud.Profiles;
import oosh.rollout.notice.NoticeKind;
import oosh.rollout.notice.NoticeTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lets everyone post to a chat is masked like a key. */
class NoticedProfilesTest {
  @TempDir Path folder;

  @Test
  void addressesAndSigningSecretsAreSecrets() {
    NoticeFile file = new NoticeFile(folder);
    file.add(
        new NoticeTarget(
            "ci",
            NoticeKind.WEBHOOK,
            URI.create("https://ci.example/hooks/4711abcdef0123456789"),
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    try (CheckBackends backends = ShellFixture.backends()) {
      Profiles profiles = new NoticedProfiles(backends.profiles(), file);
      for (String secret :
          new String[] {
            "https://ci.example/hooks/4711abcdef0123456789",
            "4711abcdef0123456789",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            // Of no notice that is known here:
            "whsec_QfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "https://hooks.slack.com/services/T0/B0/xyz",
            "https://open.feishu.cn/open-apis/bot/v2/hook/xyz",
            "https://oapi.dingtalk.com/robot/send?access_token=xyz"
          }) {
        String line = "notify add team " + secret + " --kind slack";
        assertThat(profiles.masked(line))
            .as(secret)
            .doesNotContain(secret)
            .startsWith("notify add team (")
            .endsWith(") --kind slack");
        assertThat(profiles.containsSecret(line)).isTrue();
        assertThat(profiles.containsSecret().test(line)).as(secret).isTrue();
      }
      String plain = "see https://ci.example/hooks and https://docs.slack.dev/messaging/webhooks";
      assertThat(profiles.masked(plain)).isEqualTo(plain);
      assertThat(profiles.containsSecret().test(plain)).isFalse();
    }
  }
}
