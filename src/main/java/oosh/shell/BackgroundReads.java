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
import oosh.shell.screen.Screen;

/**
 * What is read from services behind the prompt, so that Tab has it. Where Tab has nothing yet, it
 * waits a moment for the read, and says so where that was not enough.
 */
public final class Behind {
  /** How long Tab may hold up the keyboard. */
  private static final Duration MOMENT = Duration.ofSeconds(2);

  private final Map<Object, CompletableFuture<Void>> underway = new ConcurrentHashMap<>();

  /**
   * Reads these on a thread of their own, one after the other; what is being read already is left
   * out.
   *
   * @param name the thread's
   */
  public <K> void read(String name, List<K> keys, Consumer<K> read) {
    List<K> mine =
        keys.stream()
            .filter(k -> underway.putIfAbsent(k, new CompletableFuture<>()) == null)
            .toList();
    if (mine.isEmpty()) {
      return;
    }
    Thread reader =
        new Thread(
            () -> {
              try {
                for (K key : mine) {
                  read.accept(key);
                  ended(key);
                }
              } finally {
                mine.forEach(this::ended);
              }
            },
            name);
    reader.setDaemon(true);
    reader.start();
  }

  private void ended(Object key) {
    CompletableFuture<Void> reading = underway.remove(key);
    if (reading != null) {
      reading.complete(null);
    }
  }

  /**
   * What is known of it; where that is nothing and it is being read, what is known a moment later.
   *
   * @param what it is called where it is not known even then
   */
  public <T> List<T> known(Screen screen, Object key, String what, Supplier<List<T>> known) {
    // Looked up before: what is read in between is known.
    CompletableFuture<Void> reading = underway.get(key);
    List<T> now = known.get();
    if (!now.isEmpty() || reading == null) {
      return now;
    }
    try {
      reading.get(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return now;
    } catch (TimeoutException e) {
      screen.printAbovePrompt(
          "the " + what + " are not known yet, they are being read: Tab in a moment");
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    }
    return known.get();
  }
}
