package oosh;

import java.util.List;

/**
 * Switches of the JVM and its libraries that anybody may set from outside, by {@code
 * JAVA_TOOL_OPTIONS} or {@code JDK_JAVA_OPTIONS}, and that would print what oosh signs, send it
 * where its certificate was not checked, or send it twice. Each is read when the class that knows
 * it loads, so taking it away before that is enough.
 */
final class Switches {
  private static final List<String> OFF =
      List.of(
          // Requests with their signed address, TLS records with their contents: on stderr.
          "jdk.httpclient.HttpClient.log",
          "jdk.internal.httpclient.debug",
          "jdk.internal.httpclient.hpack.debug",
          "jdk.internal.httpclient.websocket.debug",
          "javax.net.debug",
          // Handlers and levels of somebody else's: the log is one file, and masked.
          "java.util.logging.config.class",
          "java.util.logging.config.file",
          "java.util.logging.manager",
          "org.apache.commons.logging.Log",
          "org.apache.commons.logging.LogFactory",
          // A certificate of any name would do, or none.
          "jdk.internal.httpclient.disableHostnameVerification",
          "jdk.tls.client.cipherSuites",
          "https.cipherSuites",
          "ALIBABACLOUD_JAVA_CORE_INGNORE_SSL",
          // The JDK's client would send a POST again by itself.
          "jdk.httpclient.enableAllMethodRetry");

  private Switches() {}

  /** To be called before anything else. */
  static void off() {
    OFF.forEach(System::clearProperty);
  }
}
