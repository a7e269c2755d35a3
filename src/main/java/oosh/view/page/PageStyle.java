package oosh.view.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/** The one stylesheet of every page, and the rule for browsers that lets nothing but it in. */
final class PageStyle {
  private final String css;

  private PageStyle(String css) {
    this.css = css;
  }

  static PageStyle read() {
    try (InputStream in =
        Objects.requireNonNull(
            PageStyle.class.getResourceAsStream("/oosh/view/page.css"), "page.css")) {
      return new PageStyle(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String css() {
    return css;
  }

  /** No script, no picture, no font, no address, no form: the stylesheet by its hash alone. */
  String policy() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8));
      return "default-src 'none'; style-src 'sha256-"
          + Base64.getEncoder().encodeToString(hash)
          + "'; base-uri 'none'; form-action 'none'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
