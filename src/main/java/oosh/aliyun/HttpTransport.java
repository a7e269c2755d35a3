package oosh.aliyun;

import com.aliyuncs.http.CallBack;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.HttpClientConfig;
import com.aliyuncs.http.HttpRequest;
import com.aliyuncs.http.HttpResponse;
import com.aliyuncs.http.IHttpClient;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import oosh.aliyun.CallFailureException.FailureReason;
import oosh.aliyun.CallFailureException.ServiceError;
import oosh.json.StrictJson;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's transport, on the JDK's HTTP client: HTTPS except to this machine, one deadline over
 * the whole exchange, interruptible, and nothing but a well-formed JSON object of a 2xx answer ever
 * reaches the SDK. Everything else is thrown as {@link CallFailureException}.
 */
public class HttpTransport extends IHttpClient {
  /** Where the SDK looks for the class of the clients that it makes inside, such as for STS. */
  static final String SDK_PROPERTY = "aliyuncs.sdk.httpclient";

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /** Answers above this are not read: the largest page of executions is well below. */
  static final int MAX_BODY = 16 * 1024 * 1024;

  /** Headers that the JDK's client writes itself and refuses to be given. */
  private static final Set<String> OWN_HEADERS =
      Set.of("host", "content-length", "connection", "expect", "upgrade");

  /** The secret parameters of a request (OIDCToken: AssumeRoleWithOIDC). */
  private static final Set<String> SECRET_PARAMETERS =
      Set.of("AccessKeyId", "Signature", "SecurityToken", "OIDCToken");

  private static final Pattern TIME_LEFT = Pattern.compile("TimeLeft:\\s*(\\d{1,9})");

  /** What the JDK says where a proxy does not lead on (source: PlainTunnelingConnection). */
  private static final String NO_TUNNEL = "Tunnel failed";

  /** Where there is a proxy, it is the proxy that was not reached, or that did not lead on. */
  private static final Set<FailureReason> BEFORE_THE_PROXY =
      Set.of(
          FailureReason.REFUSED_CONNECTION,
          FailureReason.UNKNOWN_HOST,
          FailureReason.CONNECT_TIMEOUT,
          FailureReason.PROXY_SILENT);

  private static final HttpClients INNER = new HttpClients(System.getenv());

  private final HttpClients clients;
  private final Supplier<@Nullable URI> everything;
  private final int maxBody;

  /**
   * For the SDK, which makes its inner clients by reflection.
   *
   * @param config ignored: every switch in it is decided here
   */
  public HttpTransport(HttpClientConfig config) {
    this(INNER, () -> null, MAX_BODY);
  }

  /**
   * @param everything where every request goes instead of the host it names; null for nowhere else
   * @param maxBody in bytes
   */
  HttpTransport(HttpClients clients, Supplier<@Nullable URI> everything, int maxBody) {
    this.clients = clients;
    this.everything = everything;
    this.maxBody = maxBody;
  }

  HttpClients clients() {
    return clients;
  }

  /** An answer with the object that it is: a page of ten megabytes is not parsed twice. */
  static final class ParsedHttpResponse extends HttpResponse {
    private final JsonObject json;

    private final byte[] body;

    private ParsedHttpResponse(String url, JsonObject json, byte[] body) {
      super(url);
      this.json = json;
      this.body = body;
    }

    JsonObject json() {
      return json;
    }
  }

  @Override
  protected void init(HttpClientConfig config) {
    // Nothing of the SDK's configuration is used.
  }

  @Override
  public HttpResponse syncInvoke(HttpRequest request) {
    URI uri = target(URI.create(request.getSysUrl()), everything.get());
    String host = uri.getHost();
    if (Thread.currentThread().isInterrupted()) {
      throw CallFailureException.of(FailureReason.INTERRUPTED_BEFORE, host);
    }
    java.net.http.HttpResponse<byte[]> answer = exchange(uri, request);
    return screened(request, host, answer.statusCode(), answer.headers(), answer.body());
  }

  /** An answer as the SDK takes it. */
  static ParsedHttpResponse screened(
      HttpRequest request, String host, int status, HttpHeaders headers, byte[] body) {
    ParsedHttpResponse response =
        screen(request.getSysUrl(), host, status, headers, body, sentSecrets(request));
    response.setStatus(status);
    response.setSysEncoding("UTF-8");
    response.setHttpContentType(FormatType.JSON);
    response.setHttpContent(response.body, "UTF-8", FormatType.JSON);
    return response;
  }

  /** The address that is really asked: the override's host, or HTTPS unless it is this machine. */
  static URI target(URI asked, @Nullable URI everything) {
    String rest =
        (asked.getRawPath() == null || asked.getRawPath().isEmpty() ? "/" : asked.getRawPath())
            + (asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery());
    if (everything != null) {
      return URI.create(everything.getScheme() + "://" + everything.getRawAuthority() + rest);
    }
    String host = asked.getHost();
    if (host == null) {
      throw new IllegalStateException("an address without a host");
    }
    String scheme = Endpoints.isLoopback(host) ? asked.getScheme() : "https";
    return URI.create(scheme + "://" + asked.getRawAuthority() + rest);
  }

  private java.net.http.HttpResponse<byte[]> exchange(URI uri, HttpRequest request) {
    java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(uri);
    for (Map.Entry<String, String> header : request.getSysHeaders().entrySet()) {
      if (header.getValue() != null
          && !OWN_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        builder.setHeader(header.getKey(), header.getValue());
      }
    }
    byte[] content = request.getHttpContent();
    builder.method(
        request.getSysMethod().name(),
        content == null || content.length == 0
            ? BodyPublishers.noBody()
            : BodyPublishers.ofByteArray(content));
    Integer millis = request.getSysReadTimeout();
    long deadline = millis == null ? DEADLINE.toMillis() : millis;
    HttpClients.Named proxy = clients.proxyFor(uri);
    try {
      return answer(clients.client(uri), builder.build(), maxBody, deadline, uri.getHost());
    } catch (CallFailureException t) {
      throw proxy != null && BEFORE_THE_PROXY.contains(t.reason())
          ? CallFailureException.of(FailureReason.PROXY_SILENT, proxy.text())
          : t;
    }
  }

  /**
   * The whole answer, or why there is none.
   *
   * @param millis until when it must be here to its last byte
   * @throws CallFailureException if it is not, is larger than that, or the thread is interrupted
   */
  static java.net.http.HttpResponse<byte[]> answer(
      HttpClient client, java.net.http.HttpRequest request, int maxBody, long millis, String host) {
    CompletableFuture<java.net.http.HttpResponse<byte[]>> future =
        client.sendAsync(request, info -> new BoundedBodySubscriber(maxBody));
    try {
      // HttpRequest.timeout() would end with the headers; a body that stalls must end too.
      return future.get(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw CallFailureException.of(FailureReason.INTERRUPTED, host);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw CallFailureException.of(FailureReason.DEADLINE, host);
    } catch (ExecutionException e) {
      throw CallFailureException.of(reason(e.getCause()), host);
    }
  }

  /** Before or after the request was sent: read from the chain of causes. */
  static FailureReason reason(@Nullable Throwable failure) {
    FailureReason reason = FailureReason.BROKEN_OFF;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof HttpConnectTimeoutException) {
        return FailureReason.CONNECT_TIMEOUT;
      } else if (t instanceof UnknownHostException || t instanceof UnresolvedAddressException) {
        return FailureReason.UNKNOWN_HOST;
      } else if (t instanceof SSLHandshakeException) {
        return FailureReason.TLS;
      } else if (String.valueOf(t.getMessage()).startsWith(NO_TUNNEL)) {
        return FailureReason.PROXY_SILENT;
      } else if (t instanceof BoundedBodySubscriber.BodyTooLargeException) {
        return FailureReason.TOO_LARGE;
      } else if (t instanceof ConnectException || t instanceof NoRouteToHostException) {
        // Its cause may say more: an unknown host comes wrapped in one of these.
        reason = FailureReason.REFUSED_CONNECTION;
      }
    }
    return reason;
  }

  /** What no answer needs to repeat of a request: the key that signed it, and what it proved. */
  private static Secrets sentSecrets(HttpRequest request) {
    byte[] content = request.getHttpContent();
    String query = URI.create(request.getSysUrl()).getRawQuery();
    String pairs =
        query + "&" + (content == null ? "" : new String(content, StandardCharsets.UTF_8));
    Stream<String> parameters =
        Arrays.stream(pairs.split("&", -1))
            .map(pair -> pair.split("=", 2))
            .filter(pair -> pair.length == 2 && SECRET_PARAMETERS.contains(pair[0]))
            .map(pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    Stream<String> headers =
        request.getSysHeaders().entrySet().stream()
            .filter(h -> h.getKey().equalsIgnoreCase("x-acs-security-token"))
            .map(Map.Entry::getValue)
            .filter(Objects::nonNull);
    return Secrets.known(Stream.concat(parameters, headers).toList());
  }

  /**
   * Lets a 2xx answer through that is a JSON object; throws what everything else means. Either way
   * without the secrets of the request, which a gateway may repeat in its words.
   */
  private static ParsedHttpResponse screen(
      String url, String host, int status, HttpHeaders headers, byte[] body, Secrets sent) {
    FailureReason refused =
        switch (status) {
          case 407 -> FailureReason.PROXY_REFUSED;
          case 414 -> FailureReason.TOO_LONG;
          default -> status >= 300 && status < 400 ? FailureReason.REDIRECT : null;
        };
    if (refused != null) {
      throw CallFailureException.of(refused, host, status);
    }
    boolean saysJson =
        headers
            .firstValue("Content-Type")
            .map(t -> t.toLowerCase(Locale.ROOT).matches("(application|text)/(\\w+\\+)?json\\b.*"))
            .orElse(false);
    JsonObject json = saysJson ? StrictJson.object(body).orElse(null) : null;
    if (status >= 200 && status < 300) {
      if (json == null) {
        throw CallFailureException.of(
            saysJson ? FailureReason.BAD_JSON : FailureReason.NOT_JSON, host, status);
      }
      if (!JsonFields.holdsText(json, sent::occurIn)) {
        return new ParsedHttpResponse(url, json, body);
      }
      byte[] clean = sent.withoutValues(json.toString()).getBytes(StandardCharsets.UTF_8);
      return new ParsedHttpResponse(
          url,
          StrictJson.object(clean)
              .orElseThrow(() -> CallFailureException.of(FailureReason.BAD_JSON, host, status)),
          clean);
    }
    String code = said(json, "Code", sent);
    FailureReason reason =
        status >= 500
            ? FailureReason.SERVER_ERROR
            : code == null || code.isEmpty()
                ? FailureReason.ERROR_WITHOUT_CODE
                : FailureReason.ERROR_CODE;
    throw new CallFailureException(
        reason,
        host,
        status,
        new ServiceError(
            code, said(json, "Message", sent), said(json, "RequestId", sent), retryAfter(headers)));
  }

  private static @Nullable String said(@Nullable JsonObject json, String field, Secrets sent) {
    String text = json == null ? null : JsonFields.textOrNull(json, field);
    return text == null ? null : sent.withoutValues(text);
  }

  /** When the service says that it may be asked again: in ms, in the header that the SDK reads. */
  private static @Nullable Duration retryAfter(HttpHeaders headers) {
    for (String name : List.of("X-RateLimit-User-API", "X-RateLimit-User")) {
      Matcher matcher = TIME_LEFT.matcher(headers.firstValue(name).orElse(""));
      if (matcher.find()) {
        return Duration.ofMillis(Long.parseLong(matcher.group(1)));
      }
    }
    return null;
  }

  @Override
  public Future<HttpResponse> asyncInvoke(HttpRequest request, CallBack callback) {
    throw new UnsupportedOperationException("asyncInvoke");
  }

  @Override
  @Deprecated
  public void ignoreSSLCertificate() {
    // An environment variable can make the SDK trust every certificate; not this transport.
  }

  @Override
  @Deprecated
  public void restoreSSLCertificate() {
    // Nothing was ignored.
  }

  @Override
  public boolean isSingleton() {
    return false;
  }

  @Override
  public void close() throws IOException {
    // The clients are shared.
  }
}
