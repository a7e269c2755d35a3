package oosh.aliyun;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import oosh.aliyun.CallFailureException.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * The way out of this machine: an HTTP client for TLS and one for plain HTTP, each made at its
 * first call, and the proxy that the environment names. This machine itself is never asked through
 * a proxy. One more client, made where an instance's own metadata is asked, has none.
 */
public final class HttpClients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final Map<String, String> env;
  private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

  /**
   * @param env names the proxies
   */
  public HttpClients(Map<String, String> env) {
    this.env = env;
  }

  /** The client for that address; HTTP/1.1, which the services speak, and no redirects. */
  public HttpClient client(URI address) {
    String scheme = String.valueOf(address.getScheme());
    return clients.computeIfAbsent(
        scheme, s -> made(new EnvironmentProxySelector(), s.equals("https")));
  }

  /** A client for plain HTTP without any proxy, whatever the environment or the JVM is told. */
  HttpClient direct() {
    return clients.computeIfAbsent("direct", s -> plain());
  }

  /** A new client for plain HTTP without any proxy, and without the tenth of a second of TLS. */
  public static HttpClient plain() {
    return made(HttpClient.Builder.NO_PROXY, false);
  }

  private static HttpClient made(ProxySelector proxies, boolean secure) {
    SSLContext tls = secure ? ofThisSystem() : new NoTlsContext();
    SSLParameters parameters = secure ? tls.getDefaultSSLParameters() : new SSLParameters();
    // Said here, a certificate of another host's name is refused whatever the JDK's own client was
    // told by jdk.internal.httpclient.disableHostnameVerification.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT_TIMEOUT)
        .proxy(proxies)
        .sslContext(tls)
        .sslParameters(parameters)
        .build();
  }

  private static SSLContext ofThisSystem() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no TLS in this JDK", e);
    }
  }

  /**
   * TLS for a client that speaks plain HTTP only: none. The JDK's client wants a context at its
   * making, and the JDK's own brings some four hundred classes and reads as many certificates. A
   * client with this one that meets TLS fails.
   */
  private static final class NoTlsContext extends SSLContext {
    NoTlsContext() {
      super(null, null, "none");
    }
  }

  /**
   * A proxy, and the variable that names it.
   *
   * @param text {@code 10.0.0.1:3128 (HTTPS_PROXY)}
   */
  record Named(InetSocketAddress address, String text) {}

  /**
   * The proxy for that address, or null for none.
   *
   * @throws CallFailureException if the variable names one that speaks no HTTP, or is no address: a
   *     call without it would go a way that the user does not want
   */
  @Nullable Named proxyFor(URI uri) {
    String host = uri.getHost();
    if (host == null || Endpoints.isLoopback(host) || exempt(host)) {
      return null;
    }
    String name =
        "https".equals(uri.getScheme())
            ? firstSet("HTTPS_PROXY", "https_proxy")
            : firstSet("http_proxy", "HTTP_PROXY");
    String text = value(name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      URI proxy = URI.create(text.contains("://") ? text : "http://" + text);
      if (proxy.getHost() != null && "http".equalsIgnoreCase(proxy.getScheme())) {
        int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
        return new Named(
            InetSocketAddress.createUnresolved(proxy.getHost(), port),
            CallFailureMapper.clean(proxy.getHost()) + ":" + port + " (" + name + ")");
      }
    } catch (IllegalArgumentException e) {
      // It may hold a password: no word of it is repeated.
      throw CallFailureException.of(FailureReason.PROXY_UNUSABLE, name);
    }
    throw CallFailureException.of(FailureReason.PROXY_UNUSABLE, name);
  }

  /** Whether NO_PROXY names the host or a domain that it is in, or is a star. */
  private boolean exempt(String host) {
    String h = host.toLowerCase(Locale.ROOT);
    return Arrays.stream(value(firstSet("NO_PROXY", "no_proxy")).split(",", -1))
        .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
        .anyMatch(
            entry -> {
              String domain = entry.replaceFirst("^(\\*\\.|\\.)", "");
              return entry.equals("*")
                  || (!domain.isEmpty() && (h.equals(domain) || h.endsWith("." + domain)));
            });
  }

  /** The variable that counts of two: the second where the first is not set, or empty. */
  private String firstSet(String name, String other) {
    return value(name).isEmpty() ? other : name;
  }

  private String value(String name) {
    return env.getOrDefault(name, "").strip();
  }

  private final class EnvironmentProxySelector extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      Named named = proxyFor(uri);
      return List.of(
          named == null
              ? Proxy.NO_PROXY
              : new Proxy(
                  Proxy.Type.HTTP,
                  // Unresolved: the client looks the name up on a thread of its own. Here it would
                  // be the caller's, who could not be interrupted while a name server is silent.
                  named.address()));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
      // The call itself fails, and says so.
    }
  }
}
