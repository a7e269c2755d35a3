package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import oosh.rollout.cloud.CallerIdentity;
import oosh.rollout.cloud.Profile;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles whose keys the STS of a sandbox issues, from the file or the variables to a call. */
final class SignInTest {
  private static final String KEYS =
      "\"access_key_id\": \"sandbox\",\n\t\t\t\"access_key_secret\": \"sandbox\"";

  @TempDir Path folder;
  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private final Map<String, String> env = new HashMap<>();

  @BeforeEach
  void redirect() {
    env.put("OOSH_ENDPOINT", "http://127.0.0.1:" + sandbox.port());
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void aUserHasKeysThatDoNotExpire() throws IOException {
    CallerIdentity caller = caller("prod", profile("prod", "AK", KEYS));

    assertThat(caller)
        .isEqualTo(
            new CallerIdentity(
                "1000000000000000",
                "acs:ram::1000000000000000:user/sandbox",
                "RAMUser",
                "200000000000000001",
                false,
                null));
  }

  @Test
  void rolesAreAssumedOneFromTheOther() throws IOException {
    String one = "\"ram_role_arn\": \"acs:ram::1000000000000000:role/one\"";
    String two = one.replace("one", "two");
    String[] both = {
      profile("one", "RamRoleArn", KEYS, one, "\"ram_session_name\": \"ci\""),
      profile("two", "ChainableRamRoleArn", "\"source_profile\": \"one\"", two)
    };

    CallerIdentity caller = caller("one", both);

    assertThat(caller.arn()).isEqualTo("acs:sts::1000000000000000:assumed-role/one/ci");
    assertThat(caller.temporary()).isTrue();
    assertThat(caller.expires()).isEqualTo(sandbox.now().plus(Duration.ofMinutes(15)));
    assertThat(caller("two", both).arn())
        .isEqualTo("acs:sts::1000000000000000:assumed-role/two/oosh");
  }

  @Test
  void aPipelineSignsInWithTheTokenOfItsProvider() throws IOException {
    env.put("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1000000000000000:role/ci");
    env.put("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1000000000000000:oidc-provider/github");
    env.put(
        "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
        Files.writeString(folder.resolve("token"), "e30.e30.sig").toString());
    AliyunProfiles profiles = profiles();
    Profile preferred = profiles.preferred();

    assertThat(preferred)
        .extracting(Profile::name, Profile::mode, Profile::origin, Profile::unusable)
        .containsExactly("environment", "OIDC", "environment", null);
    assertThat(profiles.open(preferred, "cn-hangzhou").caller().arn())
        .isEqualTo("acs:sts::1000000000000000:assumed-role/ci/oosh");
    assertThat(profiles.open(preferred, "cn-hangzhou").groups().list()).isNotEmpty();
  }

  @Test
  void keysThatExpireAreAskedForAgain() throws IOException {
    AliyunProfiles profiles =
        profiles(
            profile(
                "one",
                "RamRoleArn",
                KEYS,
                "\"ram_role_arn\": \"acs:ram::1000000000000000:role/one\""));
    var cloud = profiles.open(profiles.named("one"), "cn-hangzhou");
    Instant first = cloud.caller().expires();

    sandbox.advance(Duration.ofMinutes(16));

    assertThat(cloud.groups().list()).isNotEmpty();
    assertThat(cloud.caller().expires()).isAfter(first);
  }

  private CallerIdentity caller(String name, String... entries) throws IOException {
    AliyunProfiles profiles = profiles(entries);
    return profiles.open(profiles.named(name), "cn-hangzhou").caller();
  }

  private AliyunProfiles profiles(String... entries) throws IOException {
    Path config = folder.resolve("config.json");
    if (entries.length > 0) {
      Files.writeString(
          config,
          "{\n\t\"current\": \"\",\n\t\"profiles\": [\n"
              + String.join(",\n", entries)
              + "\n\t],\n\t\"meta_path\": \"\"\n}");
    }
    return InTurnProfiles.of(env, config, () -> URI.create("http://127.0.0.1:1"), sandbox::now);
  }

  /** An entry of the file as the CLI writes it. */
  private static String profile(String name, String mode, String... fields) {
    return "\t\t{\n\t\t\t\"name\": \"%s\",\n\t\t\t\"mode\": \"%s\",\n\t\t\t".formatted(name, mode)
        + String.join(",\n\t\t\t", fields)
        + ",\n\t\t\t\"output_format\": \"json\",\n\t\t\t\"language\": \"en\"\n\t\t}";
  }
}
