package oosh.notify;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import oosh.aliyun.BoundedBodySubscriber;
import oosh.aliyun.HttpClients;
import oosh.json.StrictJson;
import oosh.rollout.Interrupted;
import oosh.rollout.notice.Notice;
import oosh.rollout.notice.NoticeSender;
import oosh.rollout.notice.NoticeTarget;
import org.jspecify.annotations.Nullable;

/**
 * Posts notices over HTTPS, by the proxy of the environment, as every other call from here. No
 * redirect is followed, for it could lead anywhere; an answer is read up to a bound.
 */
public final class HttpNoticeSender implements NoticeSender {
  /** For the whole exchange. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private static final int MOST_ANSWER = 64 * 1024;

  /** In characters, of what a receiver says about a refusal. */
  private static final int LONGEST_WORDS = 100;

  private final HttpClients clients;
  private final Duration longest;

  /**
   * @param env names the proxies
   */
  public HttpNoticeSender(Map<String, String> env) {
    this(env, LONGEST);
  }

  HttpNoticeSender(Map<String, String> env, Duration longest) {
    this.clients = new HttpClients(env);
    this.longest = longest;
  }

  @Override
  public Optional<String> send(NoticeTarget target, Notice notice, Instant now) {
    NoticeBody body = NoticeBody.of(target, notice, now);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(body.address())
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "oosh")
            .POST(HttpRequest.BodyPublishers.ofString(body.body()));
    body.headers().forEach(request::header);
    CompletableFuture<HttpResponse<byte[]>> future;
    try {
      HttpClient client = clients.client(body.address());
      future = client.sendAsync(request.build(), info -> new BoundedBodySubscriber(MOST_ANSWER));
    } catch (RuntimeException e) {
      return Optional.of("it cannot be called: " + failure(e));
    }
    try {
      return judged(target, future.get(longest.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      future.cancel(true);
      return Optional.of("it did not answer within " + longest.toSeconds() + " s");
    } catch (ExecutionException e) {
      return Optional.of(failure(e.getCause()));
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw Interrupted.of(
          "stopped; the notice may have arrived", "Ctrl-C", "notify test " + target.name());
    }
  }

  /** What went wrong on the way, in words of our own: messages quote addresses. */
  private static String failure(@Nullable Throwable failure) {
    String words = "the connection broke";
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof HttpConnectTimeoutException) {
        return "it was not reached in time";
      } else if (t instanceof UnknownHostException || t instanceof UnresolvedAddressException) {
        return "its host is not known";
      } else if (t instanceof SSLException) {
        return "TLS failed: its certificate does not count here, or is another host's";
      } else if (t instanceof BoundedBodySubscriber.BodyTooLargeException) {
        return "its answer is too long";
      } else if (String.valueOf(t.getMessage()).startsWith("Tunnel failed")) {
        return "the proxy does not lead there";
      } else if (t instanceof ConnectException) {
        // Its cause may say more.
        words = "the connection was refused";
      }
    }
    return words;
  }

  private static Optional<String> judged(NoticeTarget target, HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    if (status >= 300 && status < 400) {
      return Optional.of("it answered " + status + ", and no redirect is followed");
    }
    if (status < 200 || status >= 300) {
      return Optional.of("it answered " + status);
    }
    String[] codes = NoticeBody.codes(target.kind());
    if (codes.length == 0) {
      return Optional.empty();
    }
    JsonObject json = StrictJson.object(answer.body()).orElse(new JsonObject());
    for (String code : codes) {
      if (json.get(code) instanceof JsonPrimitive p) {
        return p.getAsString().equals("0")
            ? Optional.empty()
            : Optional.of(
                "it answered " + code + " " + words(p) + ": " + words(json.get("errmsg"), json));
      }
    }
    return Optional.of("it answered " + status + " without " + codes[0]);
  }

  private static String words(@Nullable Object said, JsonObject json) {
    return said instanceof JsonPrimitive p
        ? words(p)
        : json.get("msg") instanceof JsonPrimitive p ? words(p) : "no words";
  }

  private static String words(JsonPrimitive said) {
    String words = said.getAsString().replaceAll("[\\p{Cntrl}\\s]+", " ");
    return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "…";
  }
}
