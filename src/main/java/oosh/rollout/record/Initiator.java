package oosh.rollout.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import oosh.rollout.cloud.Execution;
import oosh.rollout.hold.Person;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, from where.
 *
 * @param user the login name
 * @param pid the process that asks
 * @param since when that process began; null where the system does not tell. With it, a number that
 *     was given to another process later is not taken for this one
 */
public record Initiator(String user, String host, long pid, @Nullable Instant since) {
  /**
   * The system tells a process's beginning in ticks of the boot clock, which is set now and then.
   */
  private static final Duration SAME_BEGINNING = Duration.ofSeconds(2);

  /** Whether the process that asked can still act. */
  public enum Liveness {
    ALIVE,
    GONE,
    /** It runs on another host, where it cannot be checked. */
    ELSEWHERE
  }

  public Initiator(String user, String host, long pid) {
    this(user, host, pid, null);
  }

  /** Who started an execution elsewhere. */
  public static Initiator of(Execution execution) {
    return new Initiator(execution.user(), execution.host(), 0);
  }

  /** This process. */
  public static Initiator here() {
    ProcessHandle me = ProcessHandle.current();
    return new Initiator(
        System.getProperty("user.name", "?"),
        hostName(),
        me.pid(),
        me.info().startInstant().orElse(null));
  }

  /** Whether that process is still there, as this host knows it. */
  public Liveness life() {
    if (!host.equals(hostName())) {
      return Liveness.ELSEWHERE;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty()) {
      return Liveness.GONE;
    }
    Instant began = process.get().info().startInstant().orElse(null);
    boolean another =
        since != null
            && began != null
            && Duration.between(since, began).abs().compareTo(SAME_BEGINNING) > 0;
    return another ? Liveness.GONE : Liveness.ALIVE;
  }

  /** Whether both are one process. */
  public boolean same(Initiator other) {
    return user.equals(other.user) && host.equals(other.host) && pid == other.pid;
  }

  /** Who that is, without the process. */
  public Person person() {
    return new Person(user, host);
  }

  /** {@code li on ops-1, pid 4711}; of another journal's start without the process. */
  public String text() {
    return host.isEmpty() ? user : user + " on " + host + (pid > 0 ? ", pid " + pid : "");
  }

  /** {@code li@ops-1}. */
  public String atHost() {
    return host.isEmpty() ? user : user + "@" + host;
  }

  /** This machine's name without asking the network, which may be what is broken. */
  private static String hostName() {
    String named = System.getenv().getOrDefault("HOSTNAME", "");
    if (!named.isEmpty()) {
      return named;
    }
    try {
      String written = Files.readString(Path.of("/etc/hostname")).strip();
      return written.isEmpty() ? "localhost" : written;
    } catch (IOException elsewhere) {
      return "localhost";
    }
  }
}
