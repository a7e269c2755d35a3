package oosh.aliyun.signin;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The environment, by what the vendor's CLI reads from it: the first variable that is not empty
 * counts (source: aliyun/aliyun-cli, 2026). Holds secrets: it has no text.
 */
public final class CliEnvironment {
  /** Sends every call of every profile to one place, for tests and emulators. */
  public static final String OVERRIDE = "OOSH_ENDPOINT";

  /** Forbids the modes External and CredentialsURI. */
  static final String DISABLE = "ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS";

  /** Names one host for every service. */
  static final String ENDPOINT = "ALIBABA_CLOUD_ENDPOINT";

  private static final Map<String, List<String>> NAMES =
      Map.ofEntries(
          Map.entry("access_key_id", names("ACCESS_KEY_ID", "ACCESS_KEY_ID")),
          Map.entry("access_key_secret", names("ACCESS_KEY_SECRET", "ACCESS_KEY_SECRET")),
          Map.entry("sts_token", names("SECURITY_TOKEN", "SECURITY_TOKEN")),
          Map.entry("region_id", names("REGION_ID", "REGION_ID", "REGION")),
          Map.entry("ram_role_arn", roleNames("ROLE_ARN")),
          Map.entry("oidc_provider_arn", roleNames("OIDC_PROVIDER_ARN")),
          Map.entry("oidc_token_file", roleNames("OIDC_TOKEN_FILE")),
          Map.entry("external_id", roleNames("EXTERNAL_ID")),
          Map.entry("credentials_uri", List.of("ALIBABA_CLOUD_CREDENTIALS_URI")),
          Map.entry("bearer_token", List.of("ALIBABA_CLOUD_BEARER_TOKEN")),
          Map.entry("sts_endpoint", List.of("ALIBABA_CLOUD_STS_ENDPOINT")),
          Map.entry("endpoint", List.of(ENDPOINT)),
          Map.entry("endpoint_type", names("ENDPOINT_TYPE", "ENDPOINT_TYPE")));

  /** The fields of a profile that the environment may fill. */
  static final List<String> FIELDS = NAMES.keySet().stream().sorted().toList();

  /** Every name that fills a field. */
  static Set<String> names() {
    return NAMES.values().stream().flatMap(List::stream).collect(Collectors.toSet());
  }

  private final Map<String, String> env;

  public CliEnvironment(Map<String, String> env) {
    this.env = env;
  }

  /** The value for a profile's field; "" if the environment has none. */
  public String get(String field) {
    return first(NAMES.getOrDefault(field, List.of()));
  }

  /** The profile's name; "" if the environment names none. */
  public String profile() {
    return first(List.of("ALIBABACLOUD_PROFILE", "ALIBABA_CLOUD_PROFILE", "ALICLOUD_PROFILE"));
  }

  public boolean ignoresFile() {
    return first(List.of("ALIBABA_CLOUD_IGNORE_PROFILE", "ALIBABACLOUD_IGNORE_PROFILE"))
        .equals("TRUE");
  }

  /** The mode of a profile that names none, where the keys of one do not tell; "" for none. */
  String mode() {
    return first(List.of("ALIBABA_CLOUD_PROFILE_MODE")).equalsIgnoreCase("Anonymous")
        ? "Anonymous"
        : "";
  }

  /** Whether keys may not come from a program or a service of the user's. */
  boolean forbidsExternal() {
    String said = first(List.of(DISABLE));
    return said.equals("1") || said.equalsIgnoreCase("true");
  }

  /** Every key, secret and token in it, also where another variable comes first. */
  public List<String> secrets() {
    return List.of("access_key_id", "access_key_secret", "sts_token", "bearer_token").stream()
        .flatMap(field -> values(NAMES.getOrDefault(field, List.of())))
        .toList();
  }

  /** Where everything is sent instead; "" for nowhere. */
  public String override() {
    return first(List.of(OVERRIDE));
  }

  private String first(List<String> names) {
    return values(names).findFirst().orElse("");
  }

  private Stream<String> values(List<String> names) {
    return names.stream()
        .map(name -> env.getOrDefault(name, "").strip())
        .filter(value -> !value.isEmpty());
  }

  /** The name behind the two prefixes that the variables of roles have, in the CLI's order. */
  private static List<String> roleNames(String name) {
    return List.of("ALIBABACLOUD_" + name, "ALIBABA_CLOUD_" + name);
  }

  /** The name behind each prefix, then the bare names. */
  private static List<String> names(String name, String... bare) {
    return Stream.concat(
            Stream.of("ALIBABA_CLOUD_", "ALIBABACLOUD_", "ALICLOUD_").map(p -> p + name),
            Stream.of(bare))
        .toList();
  }
}
