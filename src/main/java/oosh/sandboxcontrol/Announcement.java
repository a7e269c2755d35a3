package oosh.sandboxcontrol;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import oosh.aliyun.LocalService;
import oosh.json.StrictJson;

/**
 * What a sandbox that runs tells its owner in a file: where it listens, which process it is, and
 * the keys that it takes. Its text holds none of them.
 */
public record Announcement(URI address, long pid, String keyId, String secret) {
  /** The system tells a process's beginning in ticks of a clock that is set now and then. */
  private static final Duration SAME_BEGINNING = Duration.ofSeconds(2);

  /**
   * The announcement of a process that still runs; empty if there is none. A process that was given
   * the number of one that has gone has another beginning: nothing is asked of it, or of who
   * listens on the port now.
   */
  public static Optional<Announcement> read(Path file) {
    try {
      JsonObject o = StrictJson.read(Files.readString(file)).getAsJsonObject();
      int port = o.get("port").getAsInt();
      Announcement told =
          new Announcement(
              URI.create("http://127.0.0.1:" + port),
              o.get("pid").getAsLong(),
              o.get("keyId").getAsString(),
              o.get("secret").getAsString());
      boolean runs = port > 0 && port < 65_536 && told.runs(o.get("began").getAsLong());
      return runs ? Optional.of(told) : Optional.empty();
    } catch (IOException | RuntimeException none) {
      return Optional.empty();
    }
  }

  private boolean runs(long beganMillis) {
    Instant began = Instant.ofEpochMilli(beganMillis);
    return process()
        .flatMap(p -> p.info().startInstant())
        .filter(at -> Duration.between(began, at).abs().compareTo(SAME_BEGINNING) <= 0)
        .isPresent();
  }

  /** Where it answers, with its keys. */
  public LocalService service() {
    return new LocalService(address, keyId, secret);
  }

  /** Its process, as long as that runs. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
  }

  @Override
  public String toString() {
    return "sandbox at " + address;
  }
}
