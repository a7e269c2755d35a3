package oosh.shell;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.Unasked;

/**
 * What is read from services beside the prompt, so that Tab has it. Where Tab has nothing yet, it
 * waits for the read for at most 2 s, and says so where that was not enough.
 */
public final class BackgroundReads {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** How long Tab may hold up the keyboard. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final Session session;
  private final Map<Object, CompletableFuture<Void>> pending = new ConcurrentHashMap<>();

  private BackgroundReads(Session session) {
    this.session = session;
  }

  /** The session's own. */
  public static BackgroundReads of(Session session) {
    return session.part(BackgroundReads.class, BackgroundReads::new);
  }

  /**
   * Reads these in the background, one after the other; a key that is being read already is left
   * out. A read that fails is logged: the command that needs the service will say it. Without a
   * prompt nothing is read, because Tab cannot be pressed there.
   *
   * @param what is read, in the plural
   */
  public <K> void read(String what, List<K> keys, Consumer<K> read) {
    if (!session.screen().repaints()) {
      return;
    }
    List<K> mine =
        keys.stream()
            .filter(k -> pending.putIfAbsent(k, new CompletableFuture<>()) == null)
            .toList();
    if (!mine.isEmpty()) {
      Background.run(what, () -> mine.forEach(key -> read(what, key, read)));
    }
  }

  private <K> void read(String what, K key, Consumer<K> read) {
    try {
      Unasked.run(() -> read.accept(key));
    } catch (Problem | Interrupted e) {
      LOG.log(Level.INFO, what + " not read: {0}", e.getMessage());
    } finally {
      CompletableFuture<Void> reading = pending.remove(key);
      if (reading != null) {
        reading.complete(null);
      }
    }
  }

  /**
   * What is known of a key; where nothing is and the key is being read, what is known a moment
   * later.
   *
   * @param what is read, in the plural
   */
  public <T> List<T> known(Object key, String what, Supplier<List<T>> known) {
    // Looked up before: what is read in between is known.
    CompletableFuture<Void> reading = pending.get(key);
    List<T> now = known.get();
    if (!now.isEmpty() || reading == null) {
      return now;
    }
    try {
      reading.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return now;
    } catch (TimeoutException e) {
      String later = " are not known yet, they are being read: press Tab again in a moment";
      session.screen().printAbovePrompt("the " + what + later);
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    }
    return known.get();
  }
}
