package oosh.sandbox.http;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import oosh.sandbox.api.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a caller. Their text holds no key.
 *
 * @param token the SecurityToken that must come with every call; null for none
 */
public record CallerCredentials(String keyId, String secret, @Nullable String token) {
  private record Content(
      @Nullable String accessKeyId,
      @Nullable String accessKeySecret,
      @Nullable String securityToken) {}

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

  /** New temporary credentials, in the shape of those of STS. */
  static CallerCredentials temporary() {
    CallerCredentials keys = random();
    CallerCredentials token = random();
    return new CallerCredentials(
        "STS." + keys.keyId().replaceAll("\\W", ""), keys.secret(), "CAIS" + token.secret());
  }

  /**
   * Reads a file: {@code {"accessKeyId": …, "accessKeySecret": …, "securityToken": …}}, the last
   * only where there is one.
   *
   * @throws IllegalArgumentException if it holds anything else; its contents are not quoted
   */
  public static CallerCredentials read(Path file) {
    Content content;
    try {
      content = ControlOrders.read(Files.readAllBytes(file), Content.class);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    } catch (ApiException | JsonParseException refused) {
      throw new IllegalArgumentException(
          file + " is no JSON object of accessKeyId, accessKeySecret and securityToken");
    }
    if (content.accessKeyId() == null || content.accessKeySecret() == null) {
      throw new IllegalArgumentException(file + " has no accessKeyId or no accessKeySecret");
    }
    return new CallerCredentials(
        content.accessKeyId(), content.accessKeySecret(), content.securityToken());
  }

  @Override
  public String toString() {
    return "CallerCredentials";
  }
}
