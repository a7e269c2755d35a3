package oosh;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy between the SDK and the sandbox that does one thing wrong, once: at the n-th call since
 * it was armed.
 */
final class FaultProxy implements AutoCloseable {
  /** What goes wrong; most of them before the sandbox has seen the call, or after it acted. */
  enum Fault {
    DROP_BEFORE,
    DROP_AFTER,
    RESET_BEFORE,
    RESET_AFTER,
    TRUNCATE_HEAD,
    TRUNCATE_BODY,
    GARBAGE_AFTER,
    S429_BEFORE,
    S429_AFTER,
    S500_BEFORE,
    S500_AFTER,
    S503_BEFORE,
    S503_AFTER,
    HTML_BEFORE,
    HTML_AFTER,
    EMPTY_AFTER,
    REDIRECT_AFTER,
    DELAY,
    TWICE_FIRST_ANSWER,
    TWICE_SECOND_ANSWER,
    /** An id that is none: with quotes and a line end, or as long as a book. */
    ID_WITH_QUOTES_AFTER,
    ID_TOO_LONG_AFTER,
    /** The id of nothing that there is. */
    ID_OF_ANOTHER_AFTER,
    /** Refused in the vendor's words, which say that nothing was done: so only before. */
    THROTTLED_BEFORE,
    STALL_BEFORE,
    STALL_AFTER,
    STALL_IN_BODY;

    boolean after() {
      return !name().endsWith("_BEFORE");
    }

    /** Whether the answer comes later than any client waits. */
    boolean stalls() {
      return name().startsWith("STALL");
    }
  }

  private static final Pattern ACTION = Pattern.compile("[?&]Action=(\\w+)");

  private final ServerSocket server;
  private final URI sandbox;
  private Fault fault = Fault.DELAY;
  private int at;
  private final List<String> calls = new ArrayList<>();

  FaultProxy(URI sandbox) throws IOException {
    this.sandbox = sandbox;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /**
   * @param call the number of the call that goes wrong, from 1; 0 for none
   */
  synchronized void arm(Fault what, int call) {
    fault = what;
    at = call;
    calls.clear();
  }

  /** The actions that were called since it was armed. */
  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** Whether the next call is answered later than anybody waits. */
  synchronized boolean stallsNext() {
    return fault.stalls() && calls.size() + 1 == at;
  }

  private synchronized boolean strikes(byte[] request) {
    Matcher action = ACTION.matcher(new String(request, StandardCharsets.ISO_8859_1));
    calls.add(action.find() ? action.group(1) : "");
    return calls.size() == at;
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread thread = new Thread(() -> answer(client), "fault-proxy-call");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(Socket client) {
    try (client) {
      byte[] request = message(client.getInputStream());
      boolean strikes = strikes(request);
      byte[] answer = strikes && !fault.after() ? new byte[0] : forward(request);
      if (strikes && fault == Fault.TWICE_FIRST_ANSWER) {
        forward(request);
      } else if (strikes && fault == Fault.TWICE_SECOND_ANSWER) {
        answer = forward(request);
      }
      if (strikes) {
        answer = spoilt(client, answer);
      }
      OutputStream out = client.getOutputStream();
      out.write(answer);
      out.flush();
      if (strikes && fault.stalls()) {
        // Until the client has gone: no clock says when it gives up.
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException gone) {
      // One of the two has gone, which the other will see.
    }
  }

  private byte[] spoilt(Socket client, byte[] answer) throws IOException {
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    int body = text.indexOf("\r\n\r\n") + 4;
    return switch (fault) {
      case DROP_BEFORE, DROP_AFTER -> new byte[0];
      case RESET_BEFORE, RESET_AFTER -> {
        client.setSoLinger(true, 0);
        client.close();
        throw new IOException("reset");
      }
      case TRUNCATE_HEAD -> bytes(text.substring(0, Math.min(30, text.length())));
      case TRUNCATE_BODY -> bytes(text.substring(0, body + (text.length() - body) / 2));
      case GARBAGE_AFTER -> bytes("\u0000\u0001 no http \r\n\r\n");
      case S429_BEFORE, S429_AFTER -> http(429, "application/json", "{\"error\":\"slow down\"}");
      case S500_BEFORE, S500_AFTER -> http(500, "application/json", "{\"Code\":\"InternalError\"}");
      case S503_BEFORE, S503_AFTER -> http(503, "text/plain", "no healthy upstream");
      case HTML_BEFORE, HTML_AFTER -> http(200, "text/html", "<html>please log in</html>");
      // The words are the vendor's (source: the public error centre); its status is assumed.
      case THROTTLED_BEFORE ->
          http(
              429,
              "application/json",
              "{\"RequestId\":\"8906582E-6722-409A-A6C4-0E7863B733A5\","
                  + "\"HostId\":\"oos.cn-hangzhou.aliyuncs.com\",\"Code\":\"Throttling.User\","
                  + "\"Message\":\"Request was denied due to user flow control.\"}");
      case STALL_BEFORE, STALL_AFTER -> new byte[0];
      case STALL_IN_BODY -> bytes(text.substring(0, body + (text.length() - body) / 2));
      case EMPTY_AFTER -> http(200, "application/json", "");
      case REDIRECT_AFTER ->
          bytes(
              "HTTP/1.1 302 Found\r\nLocation: "
                  + address()
                  + "/elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      case ID_WITH_QUOTES_AFTER -> withId(text, body, "exec-\\\"'\\n`reboot`");
      case ID_TOO_LONG_AFTER -> withId(text, body, "exec-" + "9".repeat(200_000));
      case ID_OF_ANOTHER_AFTER -> withId(text, body, "exec-ffffffffffffffff");
      case DELAY, TWICE_FIRST_ANSWER, TWICE_SECOND_ANSWER -> answer;
    };
  }

  private static byte[] withId(String text, int body, String id) {
    return http(
        200,
        "application/json",
        text.substring(body)
            .replaceAll(
                "\"ExecutionId\":\"[^\"]*\"",
                Matcher.quoteReplacement("\"ExecutionId\":\"" + id + "\"")));
  }

  private static byte[] http(int status, String type, String body) {
    return bytes(
        "HTTP/1.1 "
            + status
            + " Whatever\r\nContent-Type: "
            + type
            + "\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private byte[] forward(byte[] request) throws IOException {
    try (Socket socket = new Socket(sandbox.getHost(), sandbox.getPort())) {
      // The sandbox answers nobody who asked for another host.
      socket
          .getOutputStream()
          .write(
              bytes(
                  new String(request, StandardCharsets.ISO_8859_1)
                      .replaceFirst(
                          "(?i)\r\nHost: [^\r]*", "\r\nHost: " + sandbox.getAuthority())));
      socket.getOutputStream().flush();
      return message(socket.getInputStream());
    }
  }

  /** A request or an answer whole: its head, and as many bytes as it says. */
  private static byte[] message(InputStream socket) throws IOException {
    InputStream in = new BufferedInputStream(socket);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    int end = 0;
    while (end < 4) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("gone");
      }
      whole.write(b);
      end = b == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : b == '\r' ? 1 : 0;
    }
    int length = 0;
    for (String line : whole.toString(StandardCharsets.ISO_8859_1).split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    whole.write(in.readNBytes(length));
    // The proxy speaks one call a connection.
    String text = whole.toString(StandardCharsets.ISO_8859_1);
    return text.startsWith("HTTP/")
        ? bytes(text.replaceFirst("\r\n", "\r\nConnection: close\r\n"))
        : whole.toByteArray();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
