package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real TLS server whose certificate is trusted, but of another host. */
final class LineTest {
  @TempDir Path folder;

  @Test
  void noVariableMakesItTakeAnotherHostsCertificate() throws Exception {
    Path store = folder.resolve("store.p12");
    Path java = Path.of(System.getProperty("java.home"), "bin");
    assertThat(
            new ProcessBuilder(
                    java.resolve("keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "a",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=other.example",
                    "-ext",
                    "SAN=dns:other.example",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    "changeit")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor())
        .isZero();
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setHttpsConfigurator(new HttpsConfigurator(keys(store)));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
              java.resolve("java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
              LineTest.class.getName(),
              "https://127.0.0.1:" + server.getAddress().getPort());
      builder
          .environment()
          .put(
              "JAVA_TOOL_OPTIONS",
              "-Djdk.internal.httpclient.disableHostnameVerification=true"
                  + " -Djavax.net.ssl.trustStorePassword=changeit"
                  + " -Djavax.net.ssl.trustStore="
                  + store);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      Process process = builder.start();

      assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("the JDK's: 204\nours: refused\n");
    } finally {
      server.stop(0);
    }
  }

  private static SSLContext keys(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  /** Runs in the other process, whose switch the JDK's own client obeys. */
  public static void main(String[] args) throws Exception {
    System.out.print("the JDK's: " + answer(HttpClient.newHttpClient(), args[0]) + "\n");
    System.out.print("ours: " + answer(new Line(Map.of()).client(), args[0]) + "\n");
    System.exit(0);
  }

  private static String answer(HttpClient client, String address) throws Exception {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
      return "" + client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (SSLHandshakeException refused) {
      return "refused";
    }
  }
}
