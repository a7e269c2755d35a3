package oosh.sandbox.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
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
    Map<String, String> signed = new HashMap<>(parameters);
    signed.remove("Signature");
    return method + "&%2F&" + percentEncode(canonical(signed));
  }

  /** The parameters in the order of their names, percent-encoded. */
  static String canonical(Map<String, String> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(e -> percentEncode(e.getKey()) + "=" + percentEncode(e.getValue()))
            .collect(Collectors.joining("&"));
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
