package oosh.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import oosh.sandbox.api.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Where an HTTP request comes from. A browser names the page that it asks for: Origin with most
 * requests, Sec-Fetch-Site with all, also with the GET of an image; and Host is the name that the
 * browser has looked up.
 */
final class Visitor {
  /** An address that the user typed, and pages of the sandbox itself. */
  private static final Set<String> SITES = Set.of("none", "same-origin");

  private Visitor() {}

  /**
   * @throws ApiException 403 for a web page of another origin, and for a Host that is not this
   *     machine
   */
  static void check(HttpExchange exchange) {
    int port = exchange.getLocalAddress().getPort();
    List<String> hosts = List.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    List<String> host = exchange.getRequestHeaders().getOrDefault("Host", List.of());
    if (host.size() != 1 || !hosts.contains(host.get(0))) {
      throw ApiException.of("Forbidden", "The Host must be 127.0.0.1:" + port + ".");
    }
    for (String origin : exchange.getRequestHeaders().getOrDefault("Origin", List.of())) {
      if (hosts.stream().noneMatch(h -> origin.equals("http://" + h))) {
        throw noPages();
      }
    }
    if (!SITES.containsAll(
        exchange.getRequestHeaders().getOrDefault("Sec-Fetch-Site", List.of()))) {
      throw noPages();
    }
  }

  private static ApiException noPages() {
    return ApiException.of("Forbidden", "The sandbox answers no web page of another origin.");
  }

  /** Whether two texts are one; how long that takes says nothing about where they differ. */
  static boolean same(@Nullable String given, @Nullable String expected) {
    return given != null
        && expected != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}
