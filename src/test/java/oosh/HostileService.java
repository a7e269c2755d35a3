package oosh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stands in for the vendor's services on a raw socket, and answers what it is told to. */
final class HostileService implements AutoCloseable {
  /** What to answer: to every action its own body, or to an action of one execution. */
  record Answers(int status, Map<String, String> bodies) {}

  /** An action that was asked for, and the key that signed it. */
  record Asked(String action, String keyId) {}

  private static final Pattern ACTION = Pattern.compile("[?&]Action=(\\w+)");
  private static final Pattern EXECUTION = Pattern.compile("[?&]ExecutionId=([\\w.-]+)");
  private static final Pattern KEY = Pattern.compile("[?&]AccessKeyId=([\\w.-]+)");

  private final ServerSocket server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Answers answers = new Answers(200, Map.of());

  HostileService() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "hostile-service");
    thread.setDaemon(true);
    thread.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  void answer(Answers next) {
    answers = next;
  }

  /** Everything that was asked for since the last call. */
  List<Asked> asked() {
    List<Asked> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread thread = new Thread(() -> talk(socket), "hostile-answer");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      InputStream in = new java.io.BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String target = request(in); target != null; target = request(in)) {
        String action = first(ACTION, target);
        asked.add(new Asked(action, first(KEY, target)));
        Answers now = answers;
        String of = action + " " + first(EXECUTION, target);
        String answer = now.bodies().getOrDefault(action, "{}");
        byte[] body = now.bodies().getOrDefault(of, answer).getBytes(StandardCharsets.UTF_8);
        String head =
            "HTTP/1.1 "
                + now.status()
                + " Whatever\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length
                + "\r\n\r\n";
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(body);
        out.write(whole.toByteArray());
        out.flush();
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  /** The next request's target, its body read over; null at the end. */
  private static @Nullable String request(InputStream in) throws IOException {
    String target = null;
    int length = 0;
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b != '\n') {
        line.append(b == '\r' ? "" : String.valueOf((char) b));
        continue;
      }
      String text = line.toString();
      line.setLength(0);
      if (target == null) {
        target = text.split(" ", -1)[1];
      } else if (text.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(text.substring(15).trim());
      } else if (text.isEmpty()) {
        in.readNBytes(length);
        return target;
      }
    }
    return null;
  }

  private static String first(Pattern pattern, String text) {
    Matcher m = pattern.matcher(text);
    return m.find() ? m.group(1) : "";
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
