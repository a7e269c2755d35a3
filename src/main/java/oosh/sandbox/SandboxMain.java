package oosh.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import oosh.sandbox.api.Regions;
import oosh.sandbox.http.CallerCredentials;
import oosh.sandbox.state.FurtherGroups;
import org.jspecify.annotations.Nullable;

/** The sandbox as a process of its own. */
public final class SandboxMain {
  private static final String USAGE =
      "[--port N] [--state FILE] [--keys FILE] [--user NAME]… [--guarded] [--step] [--no-pace] [--no-scripts]"
          + " [--groups N --instances M] [--idle-exit SECONDS] [--announce FILE]";

  private static final Set<String> FLAGS =
      Set.of("--guarded", "--step", "--no-pace", "--no-scripts");

  private static final Set<String> VALUES =
      Set.of("--port", "--state", "--keys", "--idle-exit", "--announce", "--groups", "--instances");

  /** Of a further group, unless {@code --instances} says another. */
  private static final int SIZE = 10;

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
    Map<String, String> given = new HashMap<>();
    List<String> users = new ArrayList<>();
    SandboxOptions options;
    try {
      for (int i = 0; i < args.length; i++) {
        if (FLAGS.contains(args[i])) {
          given.put(args[i], "");
        } else if (args[i].equals("--user") && i + 1 < args.length) {
          users.add(args[++i]);
        } else if (VALUES.contains(args[i]) && i + 1 < args.length) {
          given.put(args[i], args[++i]);
        } else {
          throw new IllegalArgumentException(
              VALUES.contains(args[i])
                  ? args[i] + " needs a value"
                  : "there is no option " + args[i]);
        }
      }
      Path keys = path(given, "--keys");
      options =
          new SandboxOptions(
              (int) number(given, "--port", 65_535),
              path(given, "--state"),
              given.containsKey("--step"),
              given.containsKey("--idle-exit")
                  ? Duration.ofSeconds(number(given, "--idle-exit", Integer.MAX_VALUE))
                  : null,
              keys == null ? null : CallerCredentials.read(keys),
              given.containsKey("--guarded"),
              !given.containsKey("--no-pace"),
              !given.containsKey("--no-scripts"),
              users,
              further(given));
    } catch (IllegalArgumentException refused) {
      refuse("" + refused.getMessage(), "use " + USAGE);
      return 2;
    }
    return serve(options, path(given, "--announce"), folder);
  }

  /** The groups that {@code --groups} and {@code --instances} ask for. */
  private static FurtherGroups further(Map<String, String> given) {
    int groups = (int) number(given, "--groups", Integer.MAX_VALUE);
    if (groups == 0 && given.containsKey("--instances")) {
      throw new IllegalArgumentException("--instances needs --groups");
    }
    return new FurtherGroups(
        groups,
        given.containsKey("--instances")
            ? (int) number(given, "--instances", Integer.MAX_VALUE)
            : SIZE);
  }

  private static @Nullable Path path(Map<String, String> given, String option) {
    String path = given.get(option);
    return path == null ? null : Path.of(path);
  }

  private static long number(Map<String, String> given, String option, long most) {
    String value = given.getOrDefault(option, "0");
    long number = value.matches("[0-9]{1,10}") ? Long.parseLong(value) : most + 1;
    if (number > most) {
      throw new IllegalArgumentException(
          option + " takes a number from 0 to " + most + ", not " + value);
    }
    return number;
  }

  private static int serve(SandboxOptions options, @Nullable Path announce, @Nullable Path folder) {
    try (Sandbox sandbox = Sandbox.open(options)) {
      List<Path> announcements = new ArrayList<>();
      if (announce != null) {
        announcements.add(announce);
      }
      if (folder != null) {
        announcements.add(folder.resolve("sandbox-" + sandbox.port() + ".json"));
      }
      Runnable close = sandbox::close;
      Thread hook =
          new Thread(
              () -> {
                withdraw(sandbox, announcements);
                close.run();
              });
      Runtime.getRuntime().addShutdownHook(hook);
      for (Path file : announcements) {
        sandbox.announce(file);
      }
      System.out.println(
          "oosh sandbox on http://127.0.0.1:"
              + sandbox.port()
              + (options.guarded() ? "" : " (key id sandbox, secret sandbox)"));
      if (folder != null) {
        System.out.println("key of the control API: " + sandbox.keys().secret());
      }
      sandbox
          .users()
          .forEach((name, keys) -> System.out.println(signIn(sandbox.port(), name, keys)));
      System.out.flush();
      sandbox.awaitEnd();
      withdraw(sandbox, announcements);
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

  /**
   * How a further user signs in:
   *
   * <pre>
   * user alice: export OOSH_ENDPOINT=http://127.0.0.1:8765 ALIBABA_CLOUD_REGION_ID=cn-hangzhou
   *   ALIBABA_CLOUD_ACCESS_KEY_ID=… ALIBABA_CLOUD_ACCESS_KEY_SECRET=…
   * </pre>
   */
  private static String signIn(int port, String name, CallerCredentials keys) {
    return "user "
        + name
        + ": export OOSH_ENDPOINT=http://127.0.0.1:"
        + port
        + " ALIBABA_CLOUD_REGION_ID="
        + Regions.DEFAULT
        + " ALIBABA_CLOUD_ACCESS_KEY_ID="
        + keys.keyId()
        + " ALIBABA_CLOUD_ACCESS_KEY_SECRET="
        + keys.secret();
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

  private static void withdraw(Sandbox sandbox, List<Path> announcements) {
    for (Path file : announcements) {
      try {
        sandbox.withdraw(file);
      } catch (IOException left) {
        System.err.println("oosh sandbox: " + file + " is left behind.");
      }
    }
  }
}
