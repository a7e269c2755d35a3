package oosh.aliyun;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The environment, by what the vendor's CLI reads from it: the first variable that is not empty
 * counts (source: aliyun/aliyun-cli, 2026). Holds secrets: it has no text.
 */
final class CliEnvironment {
  private static final List<String> PREFIXES =
      List.of("ALIBABA_CLOUD_", "ALIBABACLOUD_", "ALICLOUD_");

  private static final Map<String, List<String>> NAMES =
      Map.of(
          "access_key_id", prefixed("ACCESS_KEY_ID", true),
          "access_key_secret", prefixed("ACCESS_KEY_SECRET", true),
          "sts_token", prefixed("SECURITY_TOKEN", true),
          "region_id",
              List.of(
                  "ALIBABA_CLOUD_REGION_ID",
                  "ALIBABACLOUD_REGION_ID",
                  "ALICLOUD_REGION_ID",
                  "REGION_ID",
                  "REGION"),
          "ram_role_arn", prefixed("ROLE_ARN", false),
          "oidc_provider_arn", prefixed("OIDC_PROVIDER_ARN", false),
          "oidc_token_file", prefixed("OIDC_TOKEN_FILE", false),
          "external_id", prefixed("EXTERNAL_ID", false));

  /** The fields of a profile that the environment may fill. */
  static final List<String> FIELDS = NAMES.keySet().stream().sorted().toList();

  private final Map<String, String> env;

  CliEnvironment(Map<String, String> env) {
    this.env = env;
  }

  /** The value for a profile's field; "" if the environment has none. */
  String get(String field) {
    return first(NAMES.getOrDefault(field, List.of()));
  }

  /** The profile's name; "" if the environment names none. */
  String profile() {
    return first(List.of("ALIBABACLOUD_PROFILE", "ALIBABA_CLOUD_PROFILE", "ALICLOUD_PROFILE"));
  }

  boolean ignoresFile() {
    return first(List.of("ALIBABA_CLOUD_IGNORE_PROFILE", "ALIBABACLOUD_IGNORE_PROFILE"))
        .equalsIgnoreCase("TRUE");
  }

  /** Every key, secret and token in it, also where another variable comes first. */
  List<String> secrets() {
    return List.of("access_key_id", "access_key_secret", "sts_token").stream()
        .flatMap(field -> NAMES.getOrDefault(field, List.of()).stream())
        .map(name -> env.getOrDefault(name, "").strip())
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** Where everything is sent instead; "" for nowhere. */
  String override() {
    return first(List.of(Endpoints.OVERRIDE));
  }

  private String first(List<String> names) {
    for (String name : names) {
      String value = env.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  private static List<String> prefixed(String name, boolean bareToo) {
    List<String> names = new ArrayList<>(PREFIXES.stream().map(prefix -> prefix + name).toList());
    if (bareToo) {
      names.add(name);
    }
    return List.copyOf(names);
  }
}
