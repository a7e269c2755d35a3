package oosh.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The lock that a process holds while it has the journal open: processes that read share it, a
 * process that writes holds it alone. The operating system takes it away from a process that dies.
 *
 * <p>The file {@code journal.turn} carries it and holds the id of the process that took it last. No
 * other code in this process may open that file, or the journal's while the journal is open: to
 * close any channel of a file gives back all locks that the process has on the file.
 */
public final class JournalLock {
  /** The operating system's locks are for processes: of two threads the second would fail. */
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private static final int FIRST_PAUSE_US = 200;
  private static final int LONGEST_PAUSE_US = 10_000;

  /** As many bytes as the largest id of a process and a line end have: the file never grows. */
  private static final int PID_BYTES = 20;

  /** Where in the file the lock lies; an oosh of 0.1 locks all of it. */
  private static final long BYTES = Long.MAX_VALUE - 1;

  /** How long a process that reads lets one that waits to write go first. */
  private static final long COURTESY_NS = TimeUnit.MILLISECONDS.toNanos(300);

  private static final Path SYSTEM_LOCKS = Path.of("/proc/locks");

  private final Path file;
  private final ReentrantLock threads;
  private volatile OptionalLong named = OptionalLong.empty();

  public JournalLock(Path file) {
    this.file = file;
    this.threads = THREADS.computeIfAbsent(file, f -> new ReentrantLock());
  }

  /** What is done under the lock. */
  public interface Work {
    void run() throws SQLException, IOException;
  }

  /**
   * Waits for the lock and does the work under it.
   *
   * @param alone whether no other process may hold the lock at the same time
   * @param givenUp asked now and then while this waits
   * @return whether the lock was to be had in time; nothing was done otherwise
   * @throws IOException if the file that carries the lock cannot be opened, and as the work does
   * @throws SQLException as the work does
   */
  public boolean hold(boolean alone, Duration patience, BooleanSupplier givenUp, Work work)
      throws SQLException, IOException {
    long end = System.nanoTime() + patience.toNanos();
    if (!lockThreads(end, givenUp)) {
      return false;
    }
    try (FileChannel channel = open(alone);
        FileLock lock = lock(channel, alone, end, givenUp)) {
      if (lock == null) {
        return false;
      }
      work.run();
      return true;
    } finally {
      threads.unlock();
    }
  }

  /** Whether another thread of this process waits for the lock. */
  boolean isWanted() {
    return threads.hasQueuedThreads();
  }

  /** The process that held the lock when it was not to be had, as far as that can be told. */
  public OptionalLong holder() {
    OptionalLong listed = holder(file);
    return listed.isPresent() ? listed : named;
  }

  /** The process that has a lock on that file; empty where the system does not list its locks. */
  public static OptionalLong holder(Path file) {
    try {
      String inode = ":" + Files.getAttribute(file, "unix:ino");
      // 1: POSIX  ADVISORY  WRITE 4711 08:01:131074 0 EOF
      return Files.readAllLines(SYSTEM_LOCKS).stream()
          .map(line -> line.trim().split("\\s+", -1))
          .filter(words -> words.length > 6 && words[5].endsWith(inode))
          .filter(words -> words[6].equals("0"))
          .mapToLong(words -> Long.parseLong(words[4]))
          .filter(pid -> pid > 0 && pid != ProcessHandle.current().pid())
          .findFirst();
    } catch (IOException | RuntimeException e) {
      return OptionalLong.empty();
    }
  }

  private boolean lockThreads(long end, BooleanSupplier givenUp) {
    try {
      long left;
      do {
        left = end - System.nanoTime();
        long some = Math.min(left, TimeUnit.MICROSECONDS.toNanos(LONGEST_PAUSE_US));
        if (threads.tryLock(Math.max(0, some), TimeUnit.NANOSECONDS)) {
          return true;
        }
      } while (left > 0 && !givenUp.getAsBoolean());
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException("an interrupt would close the journal's file", e);
    }
  }

  private FileChannel open(boolean alone) throws IOException {
    try {
      return FileChannel.open(
          file,
          Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      if (alone || (Files.isWritable(file) && !(e instanceof AccessDeniedException))) {
        throw e;
      }
      return FileChannel.open(file, StandardOpenOption.READ);
    }
  }

  /**
   * A process that waits to write has the byte behind the lock meanwhile. Without it, processes
   * that read one after the other would keep it out for good.
   */
  private @Nullable FileLock lock(
      FileChannel channel, boolean alone, long end, BooleanSupplier givenUp) throws IOException {
    if (alone) {
      FileLock waiting = channel.tryLock(BYTES, 1, false);
      try {
        return polled(channel, true, end, givenUp);
      } finally {
        if (waiting != null) {
          waiting.release();
        }
      }
    }
    letWritersGoFirst(channel, Math.min(end, System.nanoTime() + COURTESY_NS));
    return polled(channel, false, end, givenUp);
  }

  private static void letWritersGoFirst(FileChannel channel, long end) throws IOException {
    while (System.nanoTime() < end) {
      try (FileLock free = channel.tryLock(BYTES, 1, true)) {
        if (free != null) {
          return;
        }
      }
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(LONGEST_PAUSE_US));
    }
  }

  private @Nullable FileLock polled(
      FileChannel channel, boolean alone, long end, BooleanSupplier givenUp) throws IOException {
    for (int pause = FIRST_PAUSE_US; ; pause = Math.min(2 * pause, LONGEST_PAUSE_US)) {
      FileLock lock = channel.tryLock(0, BYTES, !alone);
      if (lock != null) {
        name(channel);
        return lock;
      }
      if (System.nanoTime() > end || givenUp.getAsBoolean()) {
        named = named(channel);
        return null;
      }
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(pause));
    }
  }

  private static void name(FileChannel channel) {
    String pid = String.valueOf(ProcessHandle.current().pid());
    String line = pid + " ".repeat(Math.max(0, PID_BYTES - 1 - pid.length())) + "\n";
    try {
      channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException | NonWritableChannelException e) {
      // A full or read-only disk: a process that waits is not told which one holds the lock.
      return;
    }
  }

  private static OptionalLong named(FileChannel channel) {
    try {
      ByteBuffer line = ByteBuffer.allocate(PID_BYTES);
      channel.read(line, 0);
      long pid = Long.parseLong(new String(line.array(), StandardCharsets.US_ASCII).strip());
      return ProcessHandle.of(pid).isPresent() ? OptionalLong.of(pid) : OptionalLong.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
