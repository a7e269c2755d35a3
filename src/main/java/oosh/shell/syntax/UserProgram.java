package oosh.shell.syntax;

import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import oosh.rollout.Problem;
import oosh.shell.screen.Screen;
import org.jspecify.annotations.Nullable;

/**
 * A command of the user's shell, as {@code system()} runs it: at a terminal it has the terminal for
 * itself, in oosh's own process group, so that Ctrl-C and Ctrl-Z reach it, and an editor gets its
 * keys and the changes of size. Elsewhere what it prints goes to the screen as text.
 */
final class UserProgram {
  /** Ctrl-C is the program's; so many presses mean that it does not end by itself. */
  private static final int PRESSES_BEFORE_KILL = 3;

  private final Screen screen;
  private final boolean handedOver;
  private final Process process;
  private final @Nullable Thread shows;

  private UserProgram(Screen screen, boolean handedOver, Process process, @Nullable Thread shows) {
    this.screen = screen;
    this.handedOver = handedOver;
    this.process = process;
    this.shows = shows;
  }

  /**
   * Starts it.
   *
   * @param usersShell whether {@code $SHELL} reads the command, not {@code /bin/sh}
   * @param reads whether it reads what {@link #input} writes; else it has the terminal's keys
   */
  static UserProgram start(Screen screen, String command, boolean usersShell, boolean reads) {
    screen.out().flush();
    screen.notes().flush();
    boolean handedOver = screen.handOver();
    ProcessBuilder builder = new ProcessBuilder(shell(usersShell), "-c", command);
    if (handedOver) {
      builder.inheritIO();
    } else {
      builder.redirectErrorStream(true);
    }
    if (reads) {
      builder.redirectInput(ProcessBuilder.Redirect.PIPE);
    } else if (!handedOver) {
      builder.redirectInput(new File("/dev/null"));
    }
    try {
      Process process = builder.start();
      Thread shows = handedOver ? null : showing(process, screen);
      return new UserProgram(screen, handedOver, process, shows);
    } catch (IOException e) {
      if (handedOver) {
        screen.takeBack();
      }
      throw Problem.refused("cannot run " + command, "no shell could be started", "!ls");
    }
  }

  /** The user's shell where that is one; a session file is read by the same everywhere. */
  private static String shell(boolean usersShell) {
    String own = System.getenv().getOrDefault("SHELL", "");
    return usersShell && own.startsWith("/") && Files.isExecutable(Path.of(own)) ? own : "/bin/sh";
  }

  private static Thread showing(Process process, Screen screen) {
    Thread shows =
        new Thread(
            () -> {
              char[] some = new char[4096];
              try (Reader said =
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
                for (int n = said.read(some); n >= 0; n = said.read(some)) {
                  screen.out().write(some, 0, n);
                  screen.out().flush();
                }
              } catch (IOException e) {
                // It was killed.
              }
            },
            "oosh-program");
    shows.setDaemon(true);
    shows.start();
    return shows;
  }

  /** What it reads. A program that has left reads no more, which is no error. */
  PrintWriter input() {
    return new PrintWriter(
        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
  }

  /**
   * Waits for its end, and takes the terminal back.
   *
   * @return its exit status
   */
  int await() {
    int presses = 0;
    while (true) {
      try {
        int status = process.waitFor();
        if (shows != null) {
          shows.join();
        }
        return status;
      } catch (InterruptedException e) {
        presses++;
        if (presses >= PRESSES_BEFORE_KILL || !handedOver) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        }
      } finally {
        if (handedOver && !process.isAlive()) {
          screen.takeBack();
        }
      }
    }
  }
}
