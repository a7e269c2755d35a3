package oosh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A network between a client and a server on this machine, which can be cut: then nothing comes
 * through any more, in either direction, and nobody is told.
 */
final class CutLine implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Lock lock = new ReentrantLock();
  private final Condition mended = lock.newCondition();
  private final int server;
  private boolean isCut;

  CutLine(int server) throws IOException {
    this.server = server;
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void cut() {
    lock.lock();
    isCut = true;
    lock.unlock();
  }

  /** New connections come through again; what was under way when it was cut is lost. */
  void mend() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    lock.lock();
    isCut = false;
    mended.signalAll();
    lock.unlock();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        sockets.add(client);
        Socket behind = behind(client);
        sockets.add(behind);
        start(() -> carry(client, behind));
        start(() -> carry(behind, client));
      } catch (IOException e) {
        // Refused; the next one may come through.
        continue;
      }
    }
  }

  /** Where the server is down, so is the connection. */
  private Socket behind(Socket client) throws IOException {
    try {
      return new Socket(InetAddress.getLoopbackAddress(), server);
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] some = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        lock.lock();
        try {
          while (isCut) {
            mended.awaitUninterruptibly();
          }
        } finally {
          lock.unlock();
        }
        out.write(some, 0, n);
      }
    } catch (IOException e) {
      // One side is gone.
      return;
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "cut-line");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    mend();
  }
}
