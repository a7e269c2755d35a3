package oosh.aliyun.signin;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.aliyun.CallFailureMapper;
import oosh.aliyun.JsonFields;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A profile as the vendor's CLI keeps it, with the environment filled in where a field is empty
 * (source: aliyun/aliyun-cli, config/profile.go, 2026). Holds secrets: its text names it only.
 *
 * @param fields by the file's keys
 * @param forbidden why it cannot be used whatever its fields are; "" for no such reason
 */
public record CliProfile(
    String name, String mode, String origin, Map<String, String> fields, String forbidden) {
  private static final List<Map.Entry<String, List<String>>> GUESSES =
      List.of(
          Map.entry("StsToken", List.of("access_key_id", "access_key_secret", "sts_token")),
          Map.entry("RamRoleArn", List.of("access_key_id", "access_key_secret", "ram_role_arn")),
          Map.entry("AK", List.of("access_key_id", "access_key_secret")),
          Map.entry("RsaKeyPair", List.of("private_key", "key_pair_name")),
          Map.entry("EcsRamRole", List.of("ram_role_name")),
          Map.entry("External", List.of("process_command")),
          Map.entry("OIDC", List.of("oidc_provider_arn", "oidc_token_file", "ram_role_arn")),
          Map.entry("CloudSSO", List.of("cloud_sso_sign_in_url")),
          Map.entry("BearerToken", List.of("bearer_token")));

  private static final Set<String> KEYS = Set.of("access_key_id", "access_key_secret", "sts_token");

  private static final String DISABLED =
      CliEnvironment.DISABLE + " is set, and mode %s asks a program or a service of the user's";

  private static final String ONE_HOST =
      "its endpoint is one host, and oosh calls OOS, ESS, ECS and others";

  /** Copies the fields. */
  public CliProfile {
    fields = Map.copyOf(fields);
  }

  /** A profile whose mode nothing forbids. */
  public CliProfile(String name, String mode, String origin, Map<String, String> fields) {
    this(name, mode, origin, fields, "");
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

  /** The profile that is made of the environment alone; empty if it names nothing to sign with. */
  public static Optional<CliProfile> of(String name, CliEnvironment env) {
    CliProfile profile = filled(name, "", "environment", new LinkedHashMap<>(), env);
    return profile.isEmpty() ? Optional.empty() : Optional.of(profile);
  }

  private static CliProfile filled(
      String name, String mode, String origin, Map<String, String> fields, CliEnvironment env) {
    boolean ownKey = fields.containsKey("access_key_id");
    if (mode.isEmpty()) {
      mode = env.mode();
    }
    String known = mode.isEmpty() ? guess(fields) : spelling(mode);
    for (String key : CliEnvironment.FIELDS) {
      String value = env.get(key);
      // A token belongs to its key: one from the environment goes with a key from there.
      boolean foreign =
          (key.equals("sts_token") && ownKey && !known.equals("StsToken"))
              || (KEYS.contains(key) && CliMode.of(known).filter(CliMode::isSignedIn).isPresent());
      if (!value.isEmpty() && !foreign) {
        fields.putIfAbsent(key, value);
      }
    }
    if (mode.isEmpty()) {
      known = guess(fields);
    }
    if (known.equals("AK") && !ownKey && fields.containsKey("sts_token")) {
      known = "StsToken";
    }
    return new CliProfile(name, known, origin, fields, forbidden(known, fields, env));
  }

  private static String forbidden(String mode, Map<String, String> fields, CliEnvironment env) {
    if (env.forbidsExternal() && CliMode.of(mode).filter(CliMode::isExternal).isPresent()) {
      return DISABLED.formatted(mode);
    }
    // The CLI calls one service at a time, and sends it there.
    return fields.containsKey("endpoint") && env.override().isEmpty() ? ONE_HOST : "";
  }

  /** What the CLI takes a profile without a mode for: the first that it has all these fields of. */
  private static String guess(Map<String, String> f) {
    return GUESSES.stream()
        .filter(guess -> f.keySet().containsAll(guess.getValue()))
        .findFirst()
        .map(Map.Entry::getKey)
        .orElse("AK");
  }

  /** The CLI's spelling of a mode that it compares without case; an unknown word stays. */
  private static String spelling(String mode) {
    return CliMode.of(mode).map(CliMode::spelling).orElseGet(() -> CallFailureMapper.clean(mode));
  }

  public String get(String field) {
    return fields.getOrDefault(field, "");
  }

  /** Whether the services are called by their hosts within the vendor's network. */
  public boolean isInVpc() {
    return get("endpoint_type").equalsIgnoreCase("vpc");
  }

  public @Nullable String region() {
    return fields.get("region_id");
  }

  /** Whether it names nothing to sign with: the CLI writes such a profile at its first start. */
  public boolean isEmpty() {
    return mode.equals("AK")
        && (get("access_key_id").isEmpty() || get("access_key_secret").isEmpty());
  }

  /** Why oosh cannot use it; null if it can. */
  public @Nullable String unusable() {
    if (!forbidden.isEmpty()) {
      return forbidden;
    }
    CliMode known = CliMode.of(mode).orElse(null);
    if (known == null || known.refused() != null) {
      return "mode " + mode + " cannot be used" + (known == null ? "" : ": " + known.refused());
    }
    return known.needed().stream()
        .filter(field -> get(field).isEmpty())
        .findFirst()
        .map(field -> "it has no " + field)
        .orElse(null);
  }

  /** Its keys, secrets and tokens, those of modes that oosh cannot use among them. */
  public List<String> secrets() {
    return fields.entrySet().stream()
        .filter(
            f ->
                f.getKey()
                    .matches("access_key_id|credentials_uri|.*(secret|token|password|private_key)"))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public String toString() {
    return "CliProfile[" + name + ", " + mode + ", " + origin + "]";
  }

  /** The refusal of this profile, with what to do for its mode. */
  public Problem refusal(String why) {
    return refusal(name, mode, why);
  }

  /** The refusal of a profile of that mode. */
  public static Problem refusal(String name, String mode, String why) {
    return problem(
        name,
        why,
        why.startsWith(CliEnvironment.DISABLE)
            ? "unset " + CliEnvironment.DISABLE + ", or use another profile"
            : why.equals(ONE_HOST)
                ? "unset "
                    + CliEnvironment.ENDPOINT
                    + ", or remove endpoint from the profile; for a host that answers for all:"
                    + " export OOSH_ENDPOINT=https://HOST"
                : CliMode.of(mode).orElse(CliMode.OAUTH).next(name));
  }

  /** A problem with the credentials of a profile. */
  public static Problem problem(String name, String why, String next) {
    return Problem.of(Problem.Kind.CREDENTIALS, "cannot use profile " + name, why, next);
  }
}
