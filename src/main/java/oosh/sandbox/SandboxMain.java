package oosh.sandbox;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The sandbox as a process of its own. */
public final class SandboxMain {
  private static final String USAGE =
      "[--port N] [--state FILE] [--keys FILE] [--step] [--no-pace] [--no-scripts]"
          + " [--idle-exit SECONDS] [--announce FILE]";

  private SandboxMain() {}

  /** Serves until it is stopped. */
  public static void main(String... args) {
    // What is sent has the same digits everywhere.
    Locale.setDefault(Locale.ROOT);
    System.exit(serve(args));
  }

  /** Serves until SIGTERM, a stop or idleness; 0, or 1 for trouble, or 2 for a wrong option. */
  public static int serve(String... args) {
    int port = 0;
    Path state = null;
    Path announce = null;
    CallerKeys keys = null;
    boolean step = false;
    boolean paced = true;
    boolean scripts = true;
    Duration idle = null;
    try {
      for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
          case "--port" -> port = Integer.parseInt(args[++i]);
          case "--state" -> state = Path.of(args[++i]);
          case "--announce" -> announce = Path.of(args[++i]);
          case "--idle-exit" -> idle = Duration.ofSeconds(Long.parseLong(args[++i]));
          case "--keys" -> keys = CallerKeys.read(Path.of(args[++i]));
          case "--step" -> step = true;
          case "--no-pace" -> paced = false;
          case "--no-scripts" -> scripts = false;
          default -> throw new IllegalArgumentException("unknown option " + args[i]);
        }
      }
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("no port " + port);
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException refused) {
      System.err.println("The sandbox was not started.");
      System.err.println("Why: " + refused.getMessage() + ".");
      System.err.println("Next: use " + USAGE);
      return 2;
    }
    return serve(new Sandbox.Options(port, state, step, idle, keys, paced, scripts), announce);
  }

  private static int serve(Sandbox.Options options, @Nullable Path announce) {
    try (Sandbox sandbox = Sandbox.open(options)) {
      Runnable close = sandbox::close;
      Thread hook =
          new Thread(
              () -> {
                forget(announce);
                close.run();
              });
      Runtime.getRuntime().addShutdownHook(hook);
      if (announce != null) {
        JsonObject json = new JsonObject();
        json.addProperty("port", sandbox.port());
        json.addProperty("pid", ProcessHandle.current().pid());
        json.addProperty("startedAt", Times.seconds(InstantSource.system().millis()));
        StateFile.writeWhole(announce, WireJson.text(json));
      }
      System.out.println(
          "oosh sandbox on http://127.0.0.1:"
              + sandbox.port()
              + " (key id sandbox, secret sandbox)");
      System.out.flush();
      sandbox.awaitEnd();
      forget(announce);
      return 0;
    } catch (IOException | UncheckedIOException trouble) {
      System.err.println("The sandbox was not started.");
      System.err.println("Why: " + trouble.getMessage() + ".");
      System.err.println("Next: choose another --port, or --port 0 for a free one.");
      return 1;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static void forget(@Nullable Path announce) {
    try {
      if (announce != null) {
        Files.deleteIfExists(announce);
      }
    } catch (IOException left) {
      System.err.println("oosh sandbox: " + announce + " is left behind.");
    }
  }
}
