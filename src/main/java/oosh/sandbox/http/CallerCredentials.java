package oosh.sandbox.http;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import oosh.sandbox.api.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a caller. Their text holds no key.
 *
 * @param token the SecurityToken that must come with every call; null for none
 */
public record CallerCredentials(String keyId, String secret, @Nullable String token) {
  private static final Set<String> FIELDS =
      Set.of("accessKeyId", "accessKeySecret", "securityToken");

  /** The published credentials. */
  public static final CallerCredentials PUBLISHED =
      new CallerCredentials("sandbox", "sandbox", null);

  /** In bytes: too many to be guessed. */
  private static final int RANDOM = 32;

  /** Refuses keys that cannot sign a call. */
  public CallerCredentials {
    if (keyId.isBlank() || secret.isBlank() || (token != null && token.isBlank())) {
      throw new IllegalArgumentException("a key, its secret and its token must not be blank");
    }
  }

  /** New credentials of random bytes. */
  public static CallerCredentials random() {
    byte[] bytes = new byte[RANDOM];
    new SecureRandom().nextBytes(bytes);
    String text = HexFormat.of().formatHex(bytes);
    return new CallerCredentials("sandbox-" + UUID.randomUUID(), text, null);
  }

  /**
   * Reads a file: {@code {"accessKeyId": …, "accessKeySecret": …, "securityToken": …}}, the last
   * only where there is one.
   *
   * @throws IllegalArgumentException if it holds anything else; its contents are not quoted
   */
  public static CallerCredentials read(Path file) {
    JsonObject json;
    try {
      json = WireJson.parseObject(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    }
    if (json == null || !FIELDS.containsAll(json.keySet())) {
      throw new IllegalArgumentException(
          file + " is no JSON object of accessKeyId, accessKeySecret and securityToken");
    }
    String keyId = text(json, "accessKeyId");
    String secret = text(json, "accessKeySecret");
    if (keyId == null || secret == null) {
      throw new IllegalArgumentException(file + " has no accessKeyId or no accessKeySecret");
    }
    return new CallerCredentials(keyId, secret, text(json, "securityToken"));
  }

  private static @Nullable String text(JsonObject json, String field) {
    JsonElement value = json.get(field);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
  }

  @Override
  public String toString() {
    return "CallerCredentials";
  }
}
