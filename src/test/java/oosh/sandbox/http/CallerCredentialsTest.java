package oosh.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerCredentialsTest {
  @TempDir Path folder;

  private static String call(Sandbox sandbox, String secret, String... more) {
    SandboxCaller caller = new SandboxCaller(sandbox);
    caller.secret = secret;
    return caller.call(SandboxCaller.OOS, "DescribeRegions", more).code();
  }

  @Test
  void otherKeysMayAskWithTheirSecretAndTheirToken() {
    CallerCredentials keys = new CallerCredentials("kk", "ss", "tt");
    try (Sandbox sandbox =
        Sandbox.open(new SandboxOptions(0, null, true, null, keys, false, true, true))) {
      assertThat(call(sandbox, "ss", "AccessKeyId", "kk", "SecurityToken", "tt")).isEmpty();
      assertThat(call(sandbox, "sandbox")).isEmpty();
      assertThat(call(sandbox, "sandbox", "AccessKeyId", "kk", "SecurityToken", "tt"))
          .isEqualTo("SignatureDoesNotMatch");
      assertThat(call(sandbox, "ss", "AccessKeyId", "kk")).isEqualTo("MissingSecurityToken");
      assertThat(call(sandbox, "ss", "AccessKeyId", "kk", "SecurityToken", "uu"))
          .isEqualTo("InvalidSecurityToken.Expired");
    }
  }

  @Test
  void readsThemFromAFileAndQuotesNoneOfThem() throws Exception {
    Path file = folder.resolve("keys.json");
    Files.writeString(file, "{\"accessKeyId\":\"kk\",\"accessKeySecret\":\"ss\"}");
    assertThat(CallerCredentials.read(file)).isEqualTo(new CallerCredentials("kk", "ss", null));
    assertThat(CallerCredentials.read(file)).hasToString("CallerCredentials");

    Files.writeString(file, "{\"accessKeyId\":\"hush\",\"accesskeysecret\":\"hush\"}");
    assertThatThrownBy(() -> CallerCredentials.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("hush");
  }
}
