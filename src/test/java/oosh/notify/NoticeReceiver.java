package oosh.notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A receiver of notices on this machine: it answers as told, and can be down, or slow. */
public final class NoticeReceiver implements AutoCloseable {
  /** What would let everyone post to it. */
  public static final String TOKEN = "tokenthatnobodymaysee4711";

  /** What was posted. */
  public record Post(String path, Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private final int port;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Post> posts = new LinkedBlockingQueue<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private HttpServer server;
  private volatile int status = 200;
  private volatile String answer = "{\"errcode\":0,\"code\":0}";
  private volatile Map<String, String> headers = Map.of();
  private volatile boolean slow;

  public NoticeReceiver() throws IOException {
    server = listening(0);
    port = server.getAddress().getPort();
  }

  private HttpServer listening(int at) throws IOException {
    HttpServer made =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 10);
    made.setExecutor(threads);
    made.createContext("/", this::take);
    made.start();
    return made;
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> sent.put(name, values.get(0)));
    posts.add(new Post(exchange.getRequestURI().toString(), sent, body));
    try {
      if (slow) {
        released.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Its address, with the token. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port + "/robot/send?access_token=" + TOKEN);
  }

  public NoticeReceiver answers(int with, String body) {
    status = with;
    answer = body;
    return this;
  }

  public NoticeReceiver answers(int with, String body, Map<String, String> and) {
    headers = and;
    return answers(with, body);
  }

  /** It takes what is posted, and answers only at the end. */
  public void isSlow(boolean now) {
    slow = now;
  }

  /** Nothing listens any more. */
  public void goesDown() {
    server.stop(0);
  }

  public void comesUp() throws IOException {
    server = listening(port);
  }

  /** What was posted so far, and was not taken yet. */
  public List<Post> taken() {
    List<Post> all = new java.util.ArrayList<>();
    posts.drainTo(all);
    return all;
  }

  /** The next post; fails where none comes. */
  public Post next() throws InterruptedException {
    Post post = posts.poll(20, TimeUnit.SECONDS);
    if (post == null) {
      throw new AssertionError("nothing was posted");
    }
    return post;
  }

  @Override
  public void close() {
    released.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
