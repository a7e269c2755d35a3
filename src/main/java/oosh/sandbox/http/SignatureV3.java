package oosh.sandbox.http;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import oosh.sandbox.api.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The signature version 3 (ACS3-HMAC-SHA256): over method, path, query, the headers that the caller
 * chose to sign (a host among them or not) and the hash of the body.
 */
final class SignatureV3 {
  static final String ALGORITHM = "ACS3-HMAC-SHA256";

  private SignatureV3() {}

  /** The Authorization header's parts, by name: SDKs write them in different orders. */
  static Map<String, String> parts(String authorization) {
    Map<String, String> parts = new LinkedHashMap<>();
    String rest = authorization.substring(ALGORITHM.length()).trim();
    for (String part : List.of(rest.split(",", -1))) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).trim(), part.substring(equals + 1).trim());
      }
    }
    return parts;
  }

  static String canonicalRequest(
      String method,
      String path,
      Map<String, String> query,
      List<String> signedHeaders,
      Function<String, @Nullable String> header,
      String bodyHash) {
    String headers =
        signedHeaders.stream()
            .sorted()
            .map(n -> n.toLowerCase(Locale.ROOT) + ":" + text(header.apply(n)) + "\n")
            .collect(Collectors.joining());
    String names = signedHeaders.stream().sorted().collect(Collectors.joining(";"));
    return String.join("\n", method, path, SignatureV1.canonical(query), headers, names, bodyHash);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value.trim();
  }

  static String stringToSign(String canonicalRequest) {
    return ALGORITHM + "\n" + Sha256.hex(canonicalRequest);
  }

  static String sign(String stringToSign, String secret) {
    return HexFormat.of().formatHex(SignatureV1.hmac("HmacSHA256", secret, stringToSign));
  }
}
