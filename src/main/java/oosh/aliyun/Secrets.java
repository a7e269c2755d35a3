package oosh.aliyun;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may be neither shown nor kept: the values that are known here, as they are or encoded for an
 * address, and whatever has the shape of a key, a token or a signed address. Has no text.
 */
final class Secrets {
  /** The shapes alone. */
  static final Secrets SHAPES = new Secrets(List.of());

  /** A shorter value is a word that people use: the sandbox's secret is {@code sandbox}. */
  private static final int SHORTEST = 8;

  /** A value ends at a blank, and where a query, a JSON text or a list goes on. */
  private static final String VALUE = "[^\\s&\"'<>,;]+";

  private record SecretPattern(Pattern pattern, String instead) {
    static SecretPattern of(String regex, String instead) {
      return new SecretPattern(Pattern.compile(regex), instead);
    }

    String masked(String text) {
      return pattern.matcher(text).replaceAll(instead);
    }
  }

  private static final List<SecretPattern> ALL =
      List.of(
          // An address that is signed, or that carries a login.
          SecretPattern.of(
              "(?i)\\bhttps?://[^\\s\"'<>]*[?&][^\\s\"'<>=]*"
                  + "(?:signature|accesskeyid|security-?token|credential)=[^\\s\"'<>]*",
              "(address)"),
          SecretPattern.of("(?i)\\b([a-z][a-z0-9+.-]*://)[^\\s/@\"']+@", "$1(login)@"),
          SecretPattern.of(
              "(?i)\\b(authorization[\"']?\\s*[:=]\\s*[\"']?)[^\\r\\n\"']+", "$1(hidden)"),
          // ALIBABA_CLOUD_ACCESS_KEY_SECRET=…, "SecurityToken": "…", x-acs-security-token: …
          SecretPattern.of(
              "(?i)((?:access[-_]?key[-_]?(?:id|secret)|secret[-_]?(?:access[-_]?)?key"
                  + "|(?:security|sts|session|oidc|bearer)[-_]?token"
                  + "|(?<![a-z])(?:signature|credential))"
                  + "[\"']?\\s*(?:=|:|%3D|%253D)\\s*[\"']?)"
                  + VALUE,
              "$1(hidden)"),
          SecretPattern.of(
              "(?i)((?<![a-z])(?:password|passwd|secret|token)(?:\\s*=\\s*[\"']?|[\"']\\s*:\\s*[\"']))"
                  + VALUE,
              "$1(hidden)"),
          SecretPattern.of(
              "(?i)(--[a-z-]*(?:password|passwd|secret|token|access-?key-?id)(?:\\s*=\\s*|\\s+)[\"']?)"
                  + VALUE,
              "$1(hidden)"),
          // Key ids of users and of roles, STS tokens, OIDC tokens.
          SecretPattern.of("\\b(?:LTAI|STS\\.)[A-Za-z0-9]+", "(key)"),
          SecretPattern.of("\\bCAIS[A-Za-z0-9+/=%_-]{20,}", "(token)"),
          SecretPattern.of("\\beyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+", "(token)"));

  private static final Pattern CONTROLS =
      Pattern.compile(
          "(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]?|\\x1b[ -/]*[0-~]?"
              + "|[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u200b-\\u200f\\u2060\\ufeff]");

  /** Longest first, so that no part of one is left over. */
  private final List<String> values;

  private Secrets(List<String> values) {
    this.values = values;
  }

  /** These values, if they are long enough to be secrets, and the shapes. */
  static Secrets known(Collection<String> secrets) {
    Set<String> forms = new LinkedHashSet<>();
    for (String secret : secrets) {
      // The padding of Base64 is written in several ways, and holds nothing.
      String bare = secret.replaceAll("=+$", "");
      if (bare.length() >= SHORTEST) {
        String encoded = URLEncoder.encode(bare, StandardCharsets.UTF_8);
        forms.add(bare);
        forms.add(encoded);
        // In a string to sign, what was encoded is encoded again.
        forms.add(URLEncoder.encode(encoded, StandardCharsets.UTF_8));
      }
    }
    return new Secrets(
        forms.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList());
  }

  /**
   * The text without them. Where one is written with colours or other controls within it, as {@code
   * grep --color} does, the text comes without any.
   */
  String masked(String text) {
    String plain = CONTROLS.matcher(text).replaceAll("");
    if (plain.length() == text.length()) {
      return shaped(text);
    }
    String masked = shaped(plain);
    return masked.equals(plain) ? shaped(text) : masked;
  }

  private String shaped(String text) {
    String masked = withoutValues(text);
    for (SecretPattern shape : ALL) {
      masked = shape.masked(masked);
    }
    return masked;
  }

  /** The text without the known values; shapes stay. */
  String withoutValues(String text) {
    String without = text;
    for (String value : values) {
      without = without.replace(value, "(hidden)");
    }
    return without;
  }

  /** Whether one of the known values is in the text. */
  boolean occurIn(String text) {
    return values.stream().anyMatch(text::contains);
  }
}
