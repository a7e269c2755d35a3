package oosh.aliyun;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A profile as the vendor's CLI keeps it, with the environment filled in where a field is empty
 * (source: aliyun/aliyun-cli, config/profile.go, 2026). Holds secrets: its text names it only.
 *
 * @param fields by the file's keys
 */
record CliProfile(String name, String mode, String origin, Map<String, String> fields) {
  /** The modes that oosh can use, in the CLI's spelling. */
  private static final Set<String> USABLE =
      Set.of("AK", "StsToken", "RamRoleArn", "EcsRamRole", "OIDC", "ChainableRamRoleArn");

  CliProfile {
    fields = Map.copyOf(fields);
  }

  /** An entry of the file's list; the environment fills its empty fields. */
  static CliProfile of(JsonObject o, CliEnvironment env) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String key : o.keySet()) {
      String value = JsonFields.text(o, key).strip();
      if (!value.isEmpty()) {
        fields.put(key, value);
      }
    }
    String name = fields.getOrDefault("name", "");
    return filled(name, fields.getOrDefault("mode", ""), "config.json", fields, env);
  }

  /** The profile that is made of the environment alone; empty if it has no keys. */
  static Optional<CliProfile> of(String name, CliEnvironment env) {
    if (env.get("access_key_id").isEmpty() || env.get("access_key_secret").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        filled(
            name,
            env.get("sts_token").isEmpty() ? "AK" : "StsToken",
            "environment",
            new LinkedHashMap<>(),
            env));
  }

  private static CliProfile filled(
      String name, String mode, String origin, Map<String, String> fields, CliEnvironment env) {
    boolean ownKey = fields.containsKey("access_key_id");
    String known = mode.isEmpty() ? guess(fields) : spelling(mode);
    for (String key : CliEnvironment.FIELDS) {
      String value = env.get(key);
      // A token belongs to its key: one from the environment goes with a key from there.
      boolean foreign = key.equals("sts_token") && ownKey && !known.equals("StsToken");
      if (!value.isEmpty() && !foreign) {
        fields.putIfAbsent(key, value);
      }
    }
    if (known.equals("AK") && !ownKey && fields.containsKey("sts_token")) {
      known = "StsToken";
    }
    return new CliProfile(name, known, origin, fields);
  }

  /** What the CLI takes a profile without a mode for. */
  private static String guess(Map<String, String> f) {
    if (f.containsKey("access_key_id") && f.containsKey("access_key_secret")) {
      return f.containsKey("ram_role_arn")
          ? "RamRoleArn"
          : f.containsKey("sts_token") ? "StsToken" : "AK";
    }
    if (f.containsKey("private_key") && f.containsKey("key_pair_name")) {
      return "RsaKeyPair";
    }
    if (f.containsKey("ram_role_name")) {
      return "EcsRamRole";
    }
    if (f.containsKey("process_command")) {
      return "External";
    }
    if (f.containsKey("oidc_provider_arn")
        && f.containsKey("oidc_token_file")
        && f.containsKey("ram_role_arn")) {
      return "OIDC";
    }
    if (f.containsKey("cloud_sso_sign_in_url")) {
      return "CloudSSO";
    }
    return f.containsKey("bearer_token") ? "BearerToken" : "AK";
  }

  /** The CLI's spelling of a mode that it compares without case; an unknown word stays. */
  private static String spelling(String mode) {
    return USABLE.stream()
        .filter(mode::equalsIgnoreCase)
        .findFirst()
        .orElseGet(() -> CallFailureMapper.clean(mode));
  }

  String get(String field) {
    return fields.getOrDefault(field, "");
  }

  @Nullable String region() {
    return fields.get("region_id");
  }

  /** Whether it names nothing to sign with: the CLI writes such a profile at its first start. */
  boolean isEmpty() {
    return mode.equals("AK")
        && (get("access_key_id").isEmpty() || get("access_key_secret").isEmpty());
  }

  /** Why oosh cannot use it; null if it can. */
  @Nullable String unusable() {
    if (!USABLE.contains(mode)) {
      return "oosh cannot use mode " + mode;
    }
    String[] needed =
        switch (mode) {
          case "AK" -> new String[] {"access_key_id", "access_key_secret"};
          case "StsToken" -> new String[] {"access_key_id", "access_key_secret", "sts_token"};
          case "RamRoleArn" -> new String[] {"access_key_id", "access_key_secret", "ram_role_arn"};
          case "OIDC" -> new String[] {"oidc_provider_arn", "oidc_token_file", "ram_role_arn"};
          case "ChainableRamRoleArn" -> new String[] {"source_profile", "ram_role_arn"};
          default -> new String[0];
        };
    for (String field : needed) {
      if (get(field).isEmpty()) {
        return "it has no " + field;
      }
    }
    return null;
  }

  /** Its keys, secrets and tokens, those of modes that oosh cannot use among them. */
  List<String> secrets() {
    return fields.entrySet().stream()
        .filter(f -> f.getKey().matches("access_key_id|.*(secret|token|password|private_key)"))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public String toString() {
    return "CliProfile[" + name + ", " + mode + ", " + origin + "]";
  }

  /** The refusal of a profile whose credentials cannot be used. */
  static Problem unusable(String name, String why) {
    return Problem.of(
        Problem.Kind.CREDENTIALS,
        "cannot use profile " + name,
        why,
        "aliyun configure --profile " + name + " --mode AK, or use another profile");
  }
}
