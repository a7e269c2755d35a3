package oosh.sandbox.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The RPC signature, version 1.0 (HMAC-SHA1), as "Request signatures" of the Alibaba Cloud RPC API
 * describes it: over all parameters of query and form together, but the signature itself.
 */
final class SignatureV1 {
  private SignatureV1() {}

  static String stringToSign(String method, Map<String, String> parameters) {
    String canonical =
        new TreeMap<>(parameters)
            .entrySet().stream()
                .filter(e -> !e.getKey().equals("Signature"))
                .map(e -> percentEncode(e.getKey()) + "=" + percentEncode(e.getValue()))
                .collect(Collectors.joining("&"));
    return method + "&%2F&" + percentEncode(canonical);
  }

  static String sign(String stringToSign, String secret) {
    return Base64.getEncoder().encodeToString(hmac("HmacSHA1", secret + "&", stringToSign));
  }

  static byte[] hmac(String algorithm, String key, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** RFC 3986: everything but letters, digits and {@code - _ . ~} is encoded, a space as %20. */
  static String percentEncode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
