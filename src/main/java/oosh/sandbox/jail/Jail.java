package oosh.sandbox.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Runs a shell script as if on an instance, in a bubblewrap jail: no network, a system that can
 * only be read, the instance's id as host name, and a home of its own that lasts, within {@link
 * JailBounds}. Without any of the bounds no script runs, and the output says so.
 *
 * <p>A home is an archive of {@code tar} between two scripts. Of two scripts that run on an
 * instance at once, the home of the one that ends last is kept.
 */
public final class Jail {
  static final String NOT_WANTED = "the sandbox was told to run no scripts";
  static final String NOT_SHELL = "the sandbox has no Windows to run it on";

  /** What a service is called that answers 200. */
  public static final String UP = "up";

  /** What a service is called that does not listen. */
  public static final String DOWN = "down";

  private static final String SHELL_SCRIPT = "RunShellScript";

  /** Said where a script is run that may probe its instance, and nothing listens there. */
  private static final String NO_SERVICE =
      "(not run: the service of the instance, which takes /usr/bin/perl)\n";

  /**
   * Scripts that name the loopback address or the service's port. Only these have the service
   * beside them: it adds a process, and some 2 ms to a script (8 at once on 2 cores). A program
   * that an earlier script has left in the home does not count.
   */
  private static final Pattern SEES_THE_SERVICE =
      Pattern.compile("\\b127\\.|localhost|\\b8080\\b|/dev/tcp/");

  private final Homes homes;
  private final boolean wanted;

  /**
   * Keeps the home of each instance below the given directory.
   *
   * @param wanted whether scripts are to be run at all
   */
  public Jail(Path homes, boolean wanted) {
    this.homes = new Homes(homes);
    this.wanted = wanted;
  }

  /** The archive of an instance's home; it is there once a script has left something. */
  Path home(String instanceId) {
    return homes.archive(instanceId);
  }

  /**
   * What the service of an instance answers: {@link #UP}, {@link #DOWN}, or a status of HTTP such
   * as 503. The file {@code ~/service} of the instance says it: who changes that, by a script or by
   * {@link #setService}, changes the service.
   */
  public String service(String instanceId) {
    return homes.service(instanceId);
  }

  /** Writes {@code ~/service}. A script that runs meanwhile does not see it, and may undo it. */
  public void setService(String instanceId, String word) {
    homes.setService(instanceId, word);
  }

  /** Takes away what scripts have left on an instance: its disk was replaced. */
  public void forget(String instanceId) {
    homes.forget(instanceId);
  }

  /** Takes away what scripts have left on all instances. */
  public void forgetAll() {
    homes.forgetAll();
  }

  public boolean works() {
    return notRun().isEmpty();
  }

  /** Why no script is run; empty where scripts are run. */
  public String notRun() {
    return wanted ? JailCheck.missing() : NOT_WANTED;
  }

  /**
   * Runs a script and waits for it; a script that is not for a shell is not run.
   *
   * @param directory where it runs, in the jail; "" for the instance's own directory
   */
  public JailResult run(
      String instanceId, String type, String script, String directory, long timeoutMillis) {
    return run(instanceId, type, script, directory, timeoutMillis, ServiceStart.USUAL);
  }

  /**
   * The same with a service that may begin in another way.
   *
   * @param service how the instance's service begins
   */
  public JailResult run(
      String instanceId,
      String type,
      String script,
      String directory,
      long timeoutMillis,
      ServiceStart service) {
    if (!type.equals(SHELL_SCRIPT)) {
      return notRun(0, NOT_SHELL);
    }
    if (!works()) {
      return notRun(0, notRun() + (wanted ? "; the sandbox runs scripts only in a jail" : ""));
    }
    Path after = null;
    try {
      Path before = home(instanceId);
      after = homes.next();
      boolean sees = !service.ports().isEmpty() || SEES_THE_SERVICE.matcher(script).find();
      List<String> command =
          JailCommand.of(
              instanceId,
              Files.exists(before) ? before : after,
              after,
              homes.room(instanceId),
              directory,
              sees ? service.program() : "",
              interpreter(script));
      JailProcess.Ended ended = JailProcess.run(command, script, timeoutMillis);
      boolean withoutService = ended.said().equals(JailCommand.KEPT_WITHOUT_SERVICE);
      if (withoutService || ended.said().equals(JailCommand.KEPT)) {
        homes.keep(after, instanceId);
        return withoutService ? ended.result().with(NO_SERVICE) : ended.result();
      }
      return withoutItsHome(ended);
    } catch (IOException trouble) {
      return notRun(126, "" + trouble.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new JailResult(130, "(stopped with the sandbox)\n", 0, true);
    } finally {
      if (after != null) {
        Homes.sweep(after);
      }
    }
  }

  /** Its home stays as it was: it was never run, was killed before that, or has left too much. */
  private static JailResult withoutItsHome(JailProcess.Ended ended) {
    JailResult result = ended.result();
    if (ended.said().startsWith(JailCommand.NOT_KEPT)) {
      JailResult told = result.with("(" + ended.said() + ")\n");
      return new JailResult(126, told.output(), told.dropped(), told.timedOut());
    }
    return result.timedOut() ? result : notRun(126, ended.said());
  }

  private static JailResult notRun(int exitCode, String why) {
    return new JailResult(exitCode, "(not run: " + why + ")\n", 0, false);
  }

  /** What the first line asks for, if it exists; else /bin/sh. */
  private static List<String> interpreter(String script) {
    if (script.startsWith("#!")) {
      String line = script.lines().findFirst().orElse("").substring(2).trim();
      String[] words = line.split("\\s+", 2);
      if (words[0].startsWith("/") && Files.isExecutable(Path.of(words[0]))) {
        return List.of(words);
      }
    }
    return List.of("/bin/sh");
  }
}
