package oosh;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** Which oosh this is: what the build wrote into the manifest of its jar. */
final class Version {
  private Version() {}

  /** {@code oosh 0.2.0}; classes in a folder are of no version. */
  static String brief() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "oosh " + (version == null ? "(not built)" : version);
  }

  /*
   * oosh 0.2.0 (commit 5a1c354f4dee, Java 17.0.15+6)
   * oosh 0.2.0 (commit 5a1c354f4dee and uncommitted changes, Java 17.0.15+6)
   * oosh 0.2.0 (commit not known, built without Git, Java 17.0.15+6)
   */
  static String full() {
    return brief() + " (" + commit(manifest()) + ", Java " + Runtime.version() + ")";
  }

  static String commit(Attributes manifest) {
    String commit = manifest.getValue("Oosh-Commit");
    if (commit == null || !commit.matches("[0-9a-f]+[+]?")) {
      return "commit not known, built without Git";
    }
    return "commit " + commit.replace("+", " and uncommitted changes");
  }

  /** That of oosh's own jar; nothing of it where there is none, or where it cannot be read. */
  private static Attributes manifest() {
    @Nullable CodeSource source = Version.class.getProtectionDomain().getCodeSource();
    if (source != null) {
      try (JarFile jar = new JarFile(Path.of(source.getLocation().toURI()).toFile())) {
        if (jar.getManifest() != null) {
          return jar.getManifest().getMainAttributes();
        }
      } catch (IOException | URISyntaxException e) {
        return new Attributes();
      }
    }
    return new Attributes();
  }
}
