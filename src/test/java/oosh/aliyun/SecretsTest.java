package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
  @TempDir Path folder;

  private AliyunProfiles profiles(Map<String, String> env) {
    return InTurnProfiles.of(
        env,
        folder.resolve("config.json"),
        () -> URI.create("http://127.0.0.1:1"),
        InstantSource.system());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export ALIBABA_CLOUD_ACCESS_KEY_SECRET=hushhush",
        "ALICLOUD_SECURITY_TOKEN='hushhush'",
        "aliyun configure set --access-key-secret hushhush",
        "mysql --password=hushhush",
        "login --token \"hushhush\"",
        "stage set env {\"AccessKeySecret\":\"hushhush\"}",
        "stage set env access_key_secret: hushhush",
        "curl -H 'x-acs-security-token: hushhush'",
        "curl -H 'Authorization: ACS3-HMAC-SHA256 Credential=a,Signature=hushhush'",
        "curl http://example.com/?AccessKeyId=a&Signature=hushhush",
        "curl 'https://b.oss.aliyuncs.com/o?x-oss-signature=hushhush&x=1'",
        "git clone https://me:hushhush@example.com/x.git",
        "POST&%2F&AccessKeyId%3Dhushhush%26Signature%3Dhushhush",
        "stage set secret=hushhush",
        "LTAIhushhush",
        "STS.hushhush",
        "CAIShushhushhushhushhushhush/+==",
        "eyJhushhush.eyJhushhush.hushhush"
      })
  void recognizesASecretByItsShape(String line) {
    String coloured = line.replaceAll("(?<=[a-zA-Z])(?=[a-zA-Z:=])", "\u001b[01;31m\u001b[K");
    assertThat(Secrets.SHAPES.masked(coloured))
        .as(coloured)
        .doesNotContain("h\u001b[01;31m", "hushhush");
    assertThat(Secrets.SHAPES.masked(line.replace("u", "u\u0000"))).doesNotContain("hushhush");
    assertThat(Secrets.SHAPES.masked(line)).doesNotContain("hushhush").isNotEqualTo(line);
    assertThat(profiles(Map.of()).containsSecret(line)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "use group asg-bp1web",
        "launch -m \"rotate the token, and the password too\"",
        "stage script sessions/scripts/deploy.sh --type shell",
        "started with ClientToken=oosh-1 at NextToken=abc",
        "its password is missing: /home/me/journal.key",
        "cat https://example.com/secret/token?page=2",
        "SignatureMethod=HMAC-SHA1",
        "STSX.y LTAI",
        "sandbox fail StartExecution --how lost-answer"
      })
  void letsOrdinaryLinesPass(String line) {
    assertThat(Secrets.SHAPES.masked(line)).isEqualTo(line);
  }

  @Test
  void recognizesSecretsOfProfilesAndEnvironmentInEveryEncoding() throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        "{\"current\":\"a\",\"profiles\":[{\"name\":\"a\",\"mode\":\"StsToken\","
            + "\"access_key_id\":\"plain-key-1\",\"access_key_secret\":\"plain-secret-1\","
            + "\"sts_token\":\"plain/token+1==\"},"
            + "{\"name\":\"b\",\"mode\":\"BearerToken\",\"bearer_token\":\"plain-bearer-1\"}]}");
    AliyunProfiles profiles = profiles(Map.of("ALICLOUD_ACCESS_KEY_SECRET", "plain-secret-2"));

    for (String secret :
        List.of(
            "plain-key-1",
            "plain-secret-1",
            "plain/token+1==",
            "plain%2Ftoken%2B1%3D%3D",
            "plain%252Ftoken%252B1%253D%253D",
            "plain-bearer-1",
            "plain-secret-2")) {
      assertThat(profiles.containsSecret("launch -m " + secret)).as(secret).isTrue();
      assertThat(profiles.masked("launch -m " + secret)).startsWith("launch -m (hidden)");
    }
    assertThat(profiles.containsSecret("use profile sandbox")).isFalse();
  }

  @Test
  void stillKnowsTheShapesAndTheEnvironmentWhereTheFileIsBroken() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"current\":");
    AliyunProfiles profiles = profiles(Map.of("ALICLOUD_ACCESS_KEY_SECRET", "plain-secret-2"));

    assertThat(profiles.containsSecret("echo plain-secret-2")).isTrue();
    assertThat(profiles.containsSecret("echo LTAIhushhush")).isTrue();
    assertThat(profiles.containsSecret("history")).isFalse();
  }
}
