package oosh.sandbox.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts and tables of the sandbox that are files beside its classes. */
public final class Resources {
  private static final String ROOT = "/oosh/sandbox/";

  private Resources() {}

  /**
   * Reads a resource.
   *
   * @param path below the package, such as {@code actions/oos.json}
   * @throws IllegalStateException when there is no such resource
   */
  public static String text(String path) {
    try (InputStream in = Resources.class.getResourceAsStream(ROOT + path)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
