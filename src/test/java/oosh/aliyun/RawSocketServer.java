package oosh.aliyun;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a raw socket that answers as it is told to, rudely if need be. */
final class RawSocketServer implements AutoCloseable {
  /** A request as it came over the wire. */
  record Seen(String method, String target, List<String> headers, String body) {
    /** The value of that header; "" if there is none. */
    String header(String name) {
      return headers.stream()
          .filter(h -> h.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(h -> h.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    Map<String, String> query() {
      int mark = target.indexOf('?');
      return mark < 0 ? Map.of() : parse(target.substring(mark + 1));
    }

    Map<String, String> form() {
      return parse(body);
    }

    private static Map<String, String> parse(String text) {
      Map<String, String> values = new TreeMap<>();
      for (String pair : text.split("&", -1)) {
        int mark = pair.indexOf('=');
        if (mark > 0) {
          values.put(
              URLDecoder.decode(pair.substring(0, mark), StandardCharsets.UTF_8),
              URLDecoder.decode(pair.substring(mark + 1), StandardCharsets.UTF_8));
        }
      }
      return values;
    }
  }

  /** How to answer. */
  interface Answer {
    void write(Socket socket) throws IOException;
  }

  private final ServerSocket server;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  RawSocketServer() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "gateway");
    thread.setDaemon(true);
    thread.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** The next answer; the last one is given again and again. */
  RawSocketServer then(Answer answer) {
    synchronized (answers) {
      answers.add(answer);
    }
    return this;
  }

  RawSocketServer json(int status, String body) {
    return then(http(status, "application/json;charset=utf-8", body));
  }

  static Answer http(int status, String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + status
            + " Whatever\r\nContent-Type: "
            + type
            + "\r\nConnection: close\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    return raw(head + body);
  }

  /** These bytes, then the end. */
  static Answer raw(String text) {
    return socket -> {
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    };
  }

  /** These bytes, then silence until the client goes. */
  static Answer stall(String text) {
    return socket -> {
      raw(text).write(socket);
      socket.getInputStream().read();
    };
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread thread = new Thread(() -> answer(socket), "gateway-answer");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      seen.add(read(socket.getInputStream()));
      Answer answer;
      synchronized (answers) {
        answer = answers.size() > 1 ? answers.remove() : answers.element();
      }
      answer.write(socket);
    } catch (IOException e) {
      // The client has gone, which is what some tests are about.
    }
  }

  private static Seen read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("gone");
      }
      head.write(b);
    }
    String[] lines = head.toString(StandardCharsets.UTF_8).split("\r\n", -1);
    int length = 0;
    for (String line : lines) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).trim());
      }
    }
    String[] words = lines[0].split(" ", -1);
    return new Seen(
        words[0],
        words[1],
        List.of(lines),
        new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
