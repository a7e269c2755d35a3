package oosh.aliyun.signin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The modes of the vendor's CLI (source: aliyun/aliyun-cli, config/profile.go, 2026-07). */
enum CliMode {
  AK("AK", "access_key_id access_key_secret"),
  STS_TOKEN("StsToken", "access_key_id access_key_secret sts_token"),
  RAM_ROLE_ARN("RamRoleArn", "access_key_id access_key_secret ram_role_arn"),
  ECS_RAM_ROLE("EcsRamRole", ""),
  CHAINABLE("ChainableRamRoleArn", "source_profile ram_role_arn"),
  OIDC("OIDC", "oidc_provider_arn oidc_token_file ram_role_arn"),
  EXTERNAL("External", "process_command"),
  CREDENTIALS_URI("CredentialsURI", "credentials_uri"),
  OAUTH("OAuth", "access_key_id access_key_secret sts_token sts_expiration"),
  CLOUD_SSO("CloudSSO", "access_key_id access_key_secret sts_token sts_expiration"),
  RSA_KEY_PAIR("RsaKeyPair", "the CLI has deprecated it", Constants.LOGIN),
  ROLE_WITH_ROLE_NAME(
      "RamRoleArnWithRoleName",
      "the CLI has deprecated it for ChainableRamRoleArn",
      "aliyun configure --profile NAME --mode ChainableRamRoleArn, with a source profile of mode"
          + " EcsRamRole"),
  BEARER_TOKEN("BearerToken", "OOS and ESS take signed calls", Constants.LOGIN),
  ANONYMOUS("Anonymous", "it has no keys", Constants.LOGIN);

  private static final class Constants {
    /** Signs a person in without any key on the disk that lasts. */
    static final String LOGIN = "aliyun configure --profile NAME --mode OAuth";
  }

  private final String spelling;
  private final String needed;
  private final @Nullable String refused;
  private final String next;

  CliMode(String spelling, String needed) {
    this.spelling = spelling;
    this.needed = needed;
    this.refused = null;
    this.next =
        "aliyun configure --profile NAME --mode " + (spelling.equals("AK") ? "OAuth" : spelling);
  }

  CliMode(String spelling, String refused, String next) {
    this.spelling = spelling;
    this.needed = "";
    this.refused = refused;
    this.next = next;
  }

  /** The mode of that word, which the CLI compares without case. */
  static Optional<CliMode> of(String word) {
    return Arrays.stream(values()).filter(m -> m.spelling.equalsIgnoreCase(word)).findFirst();
  }

  String spelling() {
    return spelling;
  }

  /** The fields that it cannot do without. */
  List<String> needed() {
    return needed.isEmpty() ? List.of() : List.of(needed.split(" ", -1));
  }

  /** Why oosh does not sign in by it; null if it does. */
  @Nullable String refused() {
    return refused;
  }

  /** Whether it is signed in by hand, so that its keys are those of the file alone. */
  boolean isSignedIn() {
    return this == OAUTH || this == CLOUD_SSO;
  }

  /** Whether it asks a program or a service of the user's. */
  boolean isExternal() {
    return this == EXTERNAL || this == CREDENTIALS_URI;
  }

  /** What to do where it does not work. */
  String next(String profile) {
    return next.replace("NAME", profile) + ", or use another profile";
  }
}
