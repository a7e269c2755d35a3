package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real TLS server whose certificate is trusted, but of another host. */
final class HttpClientsTest {
  @TempDir Path folder;

  @Test
  void noVariableMakesItTakeAnotherHostsCertificate() throws Exception {
    try (TlsServer server =
        new TlsServer(
            folder,
            "dns:other.example",
            exchange -> {
              exchange.sendResponseHeaders(204, -1);
              exchange.close();
            })) {
      assertThat(server.said(HttpClientsTest.class, Map.of(), server.address()))
          .isEqualTo(
              "the JDK's: 204\nours: refused\nfor plain HTTP: refused\nwithout a proxy: refused\n");
    }
  }

  /** Runs in the other process, whose switch the JDK's own client obeys. */
  public static void main(String[] args) throws Exception {
    HttpClients line = new HttpClients(Map.of());
    System.out.print("the JDK's: " + answer(HttpClient.newHttpClient(), args[0]) + "\n");
    System.out.print("ours: " + answer(line.client(URI.create(args[0])), args[0]) + "\n");
    HttpClient plain = line.client(URI.create("http://127.0.0.1"));
    System.out.print("for plain HTTP: " + answer(plain, args[0]) + "\n");
    System.out.print("without a proxy: " + answer(line.direct(), args[0]) + "\n");
    System.exit(0);
  }

  private static String answer(HttpClient client, String address) throws Exception {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
      return "" + client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException refused) {
      return "refused";
    }
  }
}
