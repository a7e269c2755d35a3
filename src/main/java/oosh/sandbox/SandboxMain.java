package oosh.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import oosh.sandbox.http.CallerCredentials;
import org.jspecify.annotations.Nullable;

/** The sandbox as a process of its own. */
public final class SandboxMain {
  private static final String USAGE =
      "[--port N] [--state FILE] [--keys FILE] [--guarded] [--step] [--no-pace] [--no-scripts]"
          + " [--idle-exit SECONDS] [--announce FILE]";

  private SandboxMain() {}

  /** Serves until it is stopped. */
  public static void main(String... args) {
    // Numbers are written with the digits 0 to 9, whatever the locale.
    Locale.setDefault(Locale.ROOT);
    System.exit(serve(null, args));
  }

  /**
   * Serves until SIGTERM, a stop or idleness; 0, or 1 for trouble, or 2 for a wrong option.
   *
   * @param folder where the key of the control API is kept for its owner, under the port, and the
   *     key is printed; null to do neither
   */
  public static int serve(@Nullable Path folder, String... args) {
    int port = 0;
    Path state = null;
    Path announce = null;
    CallerCredentials keys = null;
    boolean guarded = false;
    boolean step = false;
    boolean paced = true;
    boolean scripts = true;
    Duration idle = null;
    try {
      for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
          case "--port" -> port = (int) number(args, i++, 65_535);
          case "--state" -> state = Path.of(value(args, i++));
          case "--announce" -> announce = Path.of(value(args, i++));
          case "--idle-exit" -> idle = Duration.ofSeconds(number(args, i++, Integer.MAX_VALUE));
          case "--keys" -> keys = CallerCredentials.read(Path.of(value(args, i++)));
          case "--guarded" -> guarded = true;
          case "--step" -> step = true;
          case "--no-pace" -> paced = false;
          case "--no-scripts" -> scripts = false;
          default -> throw new IllegalArgumentException("there is no option " + args[i]);
        }
      }
    } catch (IllegalArgumentException refused) {
      refuse("" + refused.getMessage(), "use " + USAGE);
      return 2;
    }
    SandboxOptions options =
        new SandboxOptions(port, state, step, idle, keys, guarded, paced, scripts);
    return serve(options, announce, folder);
  }

  private static String value(String[] args, int option) {
    if (option + 1 >= args.length) {
      throw new IllegalArgumentException(args[option] + " needs a value");
    }
    return args[option + 1];
  }

  private static long number(String[] args, int option, long most) {
    String value = value(args, option);
    long number = value.matches("[0-9]{1,10}") ? Long.parseLong(value) : most + 1;
    if (number > most) {
      throw new IllegalArgumentException(
          args[option] + " takes a number from 0 to " + most + ", not " + value);
    }
    return number;
  }

  private static int serve(SandboxOptions options, @Nullable Path announce, @Nullable Path folder) {
    try (Sandbox sandbox = Sandbox.open(options)) {
      List<Path> told = new ArrayList<>();
      if (announce != null) {
        told.add(announce);
      }
      if (folder != null) {
        told.add(folder.resolve("sandbox-" + sandbox.port() + ".json"));
      }
      Runnable close = sandbox::close;
      Thread hook =
          new Thread(
              () -> {
                withdraw(sandbox, told);
                close.run();
              });
      Runtime.getRuntime().addShutdownHook(hook);
      for (Path file : told) {
        sandbox.announce(file);
      }
      System.out.println(
          "oosh sandbox on http://127.0.0.1:"
              + sandbox.port()
              + (options.guarded() ? "" : " (key id sandbox, secret sandbox)"));
      if (folder != null) {
        System.out.println("key of its control door: " + sandbox.keys().secret());
      }
      System.out.flush();
      sandbox.awaitEnd();
      withdraw(sandbox, told);
      return 0;
    } catch (IOException trouble) {
      return refused(trouble, options.port());
    } catch (UncheckedIOException trouble) {
      return refused(trouble.getCause(), options.port());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static int refused(@Nullable IOException trouble, int port) {
    if (trouble instanceof BindException) {
      refuse(
          "port " + port + " is taken, or not for every user",
          "choose another --port, or --port 0 for a free one");
    } else {
      String said = trouble == null ? "" : ": " + trouble.getMessage();
      refuse("its files cannot be read or written" + said, "choose another --state");
    }
    return 1;
  }

  private static void refuse(String why, String next) {
    System.err.println("the sandbox was not started");
    System.err.println("  why   " + why);
    System.err.println("  next  " + next);
  }

  private static void withdraw(Sandbox sandbox, List<Path> told) {
    for (Path file : told) {
      try {
        sandbox.withdraw(file);
      } catch (IOException left) {
        System.err.println("oosh sandbox: " + file + " is left behind.");
      }
    }
  }
}
