package oosh.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between oosh and the sandbox, hands every byte on at once (but the Host), and notes when which call came
 * and when its answer began.
 */
final class Recorder implements AutoCloseable {
  private static final Pattern ACTION = Pattern.compile("[?&]Action=(\\w+)");

  /**
   * A call.
   *
   * @param came when its first bytes arrived; {@code System.nanoTime()}
   */
  static final class Call {
    final String action;
    final long came;
    volatile long answered;

    Call(String action, long came) {
      this.action = action;
      this.came = came;
    }
  }

  private final ServerSocket server;
  private final URI behind;
  private final List<Call> calls = new ArrayList<>();

  Recorder(URI behind) {
    this.behind = behind;
    try {
      server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread(this::accept);
  }

  String address() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** The calls since that moment, in the order they came. */
  List<Call> since(long moment) {
    synchronized (calls) {
      return calls.stream().filter(c -> c.came >= moment).toList();
    }
  }

  /** The first call of that action since that moment. */
  Call await(String action, long moment) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    synchronized (calls) {
      while (System.nanoTime() < deadline) {
        for (Call call : calls) {
          if (call.came >= moment && call.action.equals(action)) {
            return call;
          }
        }
        try {
          calls.wait(50);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
    }
    throw new IllegalStateException("no " + action + " came within 30 s");
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket from = server.accept();
        Socket to = new Socket(InetAddress.getLoopbackAddress(), behind.getPort());
        from.setTcpNoDelay(true);
        to.setTcpNoDelay(true);
        Call[] last = new Call[1];
        thread(() -> pump(from, to, last, true));
        thread(() -> pump(to, from, last, false));
      } catch (IOException closed) {
        continue;
      }
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "recorder");
    thread.setDaemon(true);
    thread.start();
  }

  private void pump(Socket from, Socket to, Call[] last, boolean asks) {
    byte[] some = new byte[65_536];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        long now = System.nanoTime();
        String text = new String(some, 0, n, StandardCharsets.ISO_8859_1);
        out.write(asks ? asForItself(text) : Arrays.copyOf(some, n));
        note(text, now, last, asks);
      }
    } catch (IOException gone) {
      // One side has closed, and so does the other.
      return;
    }
  }

  /** The sandbox answers nobody who asked for another host; a head comes in one piece. */
  private byte[] asForItself(String text) {
    return text.replace("Host: 127.0.0.1:" + server.getLocalPort(), "Host: " + behind.getAuthority())
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private void note(String text, long now, Call[] last, boolean asks) {
    synchronized (calls) {
      if (!asks) {
        if (last[0] != null && last[0].answered == 0) {
          last[0].answered = now;
        }
        return;
      }
      // A call begins with its request line.
      if (text.startsWith("POST ") || text.startsWith("GET ")) {
        Matcher action = ACTION.matcher(text.lines().findFirst().orElse(""));
        last[0] = new Call(action.find() ? action.group(1) : "?", now);
        calls.add(last[0]);
        calls.notifyAll();
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
