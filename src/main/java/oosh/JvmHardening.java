package oosh;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Switches of the JVM and its libraries that anybody may set from outside, by {@code
 * JAVA_TOOL_OPTIONS} or {@code JDK_JAVA_OPTIONS}, and that would print what oosh signs, send it
 * where its certificate was not checked, or send it twice. Each is read when the class that knows
 * it loads, so taking it away before that is enough.
 */
final class JvmHardening {
  private static final List<String> OFF =
      List.of(
          // Requests with their signed address, TLS records with their contents: on stderr.
          "jdk.httpclient.HttpClient.log",
          "jdk.internal.httpclient.debug",
          "jdk.internal.httpclient.hpack.debug",
          "jdk.internal.httpclient.websocket.debug",
          "javax.net.debug",
          // Handlers and levels of other libraries: the log is one file, and masked.
          "java.util.logging.config.class",
          "java.util.logging.manager",
          // A certificate of any name would do, or none.
          "jdk.internal.httpclient.disableHostnameVerification",
          "jdk.tls.client.cipherSuites",
          "https.cipherSuites",
          "ALIBABACLOUD_JAVA_CORE_INGNORE_SSL",
          // The JDK's client would send a POST again by itself.
          "jdk.httpclient.enableAllMethodRetry");

  /**
   * What would otherwise be looked for at every start, in every jar: which logging there is. Spring
   * has nothing to say that does not come as an exception.
   */
  private static final Map<String, String> SET =
      Map.of(
          "org.apache.commons.logging.LogFactory", "org.apache.commons.logging.impl.LogFactoryImpl",
          "org.apache.commons.logging.Log", "org.apache.commons.logging.impl.NoOpLog",
          "slf4j.provider", "org.slf4j.jul.JULServiceProvider",
          // LogFile says what is logged where. With a configuration of its own the JDK would
          // look in every jar for other receivers of logs.
          "java.util.logging.config.file", "none",
          // H2's lock file begins with a date, which brings the time zones' names in all languages.
          "java.properties.date", "oosh",
          "spring.jdbc.getParameterType.ignore", "true");

  private JvmHardening() {}

  /** To be called before anything else. */
  static void apply(Map<String, String> env) {
    OFF.forEach(System::clearProperty);
    SET.forEach(System::setProperty);
    // The SDK signs a date of the default locale, and a number is printed in its digits.
    // In any language but English, and in none, H2 looks for messages through all it has.
    Locale.setDefault(Locale.ENGLISH);
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    String home = env.getOrDefault("HOME", "");
    if (home.startsWith("/")) {
      // The JDK takes the password file's, every other program the variable.
      System.setProperty("user.home", home);
    }
  }
}
