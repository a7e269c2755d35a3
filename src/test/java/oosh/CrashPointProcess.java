package oosh;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import oosh.config.Config;
import oosh.journal.CrashPointJournal;
import oosh.rollout.ParallelReads;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Executions;
import oosh.rollout.cloud.Profiles;
import oosh.rollout.cloud.ScalingGroups;
import oosh.rollout.record.Journal;
import oosh.rollout.record.StartLog;
import oosh.rollout.wave.Waves;
import oosh.shell.Backends;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;

/**
 * A process of oosh that stops at a point of its story and waits to be killed there: before or
 * after each change of the journal, each statement and commit beneath it, and each call that
 * changes something at the service. A letter makes it go on. The parts are the real ones.
 *
 * <p>Begins with the profile that the environment names. Arguments: the number or the name of the
 * point (0 for none, which lists them on standard error), and the line to run. With {@code asked}
 * as a third, the points are those from the answer to its question until its start is written down;
 * each read of a service is one, too.
 */
final class CrashPointProcess {
  /** What the journal is asked to remember; the rest only reads. */
  private static final Set<String> WRITES =
      Set.of(
          "intend",
          "markSending",
          "takeOver",
          "markStarted",
          "markRefused",
          "markUnknown",
          "recordObservation",
          "want");

  /** What the journal is asked to remember of a rollout over many groups. */
  private static final Set<String> OF_WAVES =
      Set.of("intend", "lead", "leave", "wish", "leaveOut", "confirm", "end");

  /** The calls of OOS that change something. */
  private static final Set<String> CHANGES = Set.of("start", "tag", "notify", "cancel");

  /** What asks no service. */
  private static final Set<String> NO_CALLS = Set.of("hashCode", "equals", "toString");

  private final String end;

  /** Whether the points begin at the answer to a question. */
  private final boolean asked;

  private int reached;
  private boolean armed;

  private CrashPointProcess(String end, boolean asked) {
    this.end = end;
    this.asked = asked;
  }

  public static void main(String[] args) {
    CrashPointProcess mortal = new CrashPointProcess(args[0], args.length > 2);
    StateDirectory home = StateDirectory.of(System.getenv()).createIfMissing();
    LogFile.open(home, text -> text);
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
    LiveBackends live = new LiveBackends(home, Config.EMPTY, System.getenv());
    String team = System.getenv("OOSH_JOURNAL");
    Journal journal =
        mortal.around(
            team == null
                ? CrashPointJournal.open(home.folder(), mortal::point)
                : CrashPointJournal.openTeam(team, mortal::point));
    Profiles profiles = mortal.around(live.profiles());
    Backends backends =
        proxy(
            Backends.class,
            live,
            Map.of("journal", journal, "profiles", profiles),
            (name, before) -> {});
    Session session =
        new Session(
            backends,
            new StreamScreen(
                out, out, () -> 100, false, mortal.asked ? question -> mortal.answer() : null),
            live.start(null),
            null,
            null);
    mortal.armed = !mortal.asked;
    int status = new NonInteractiveShell(new Shell(session)).line(args[1]);
    journal.close();
    System.out.println("status " + status + " points " + mortal.reached);
    System.exit(status);
  }

  private synchronized String answer() {
    armed = true;
    return "y";
  }

  private synchronized void point(String name) {
    if (!armed) {
      return;
    }
    reached++;
    if (end.equals("0")) {
      System.err.println(reached + " " + name);
    }
    if (end.equals(String.valueOf(reached)) || end.equals(name)) {
      System.out.println("at " + name);
      System.out.flush();
      try {
        // Until the kill, or a letter: nothing of this thread happens after the point.
        System.in.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Journal around(Journal real) {
    StartLog starts =
        proxy(
            StartLog.class,
            real.starts(),
            Map.of(),
            (name, before) -> {
              if (WRITES.contains(name)) {
                point((before ? "before journal." : "after journal.") + name);
              }
              if (asked && !before && name.equals("markStarted")) {
                startIsWrittenDown();
              }
            });
    Waves waves =
        proxy(
            Waves.class,
            real.waves(),
            Map.of(),
            (name, before) -> {
              if (OF_WAVES.contains(name)) {
                point((before ? "before waves." : "after waves.") + name);
              }
            });
    return proxy(
        Journal.class, real, Map.of("starts", starts, "waves", waves), (name, before) -> {});
  }

  private synchronized void startIsWrittenDown() {
    armed = false;
  }

  private Profiles around(Profiles real) {
    return (Profiles)
        Proxy.newProxyInstance(
            CrashPointProcess.class.getClassLoader(),
            new Class<?>[] {Profiles.class},
            (self, method, arguments) -> {
              Object answer = invoke(real, method, arguments);
              return answer instanceof Cloud cloud
                  ? new Cloud(
                      around(Executions.class, cloud.executions(), "oos."),
                      around(ScalingGroups.class, cloud.groups(), "ess."),
                      cloud.catalogue(),
                      cloud.inventory(),
                      cloud.healthWhenAsked(),
                      cloud.callerWhenAsked(),
                      asked ? ParallelReads.IN_TURN : cloud.readers())
                  : answer;
            });
  }

  private <T> T around(Class<T> port, T real, String service) {
    return proxy(
        port,
        real,
        Map.of(),
        (name, before) -> {
          if (asked ? !NO_CALLS.contains(name) : CHANGES.contains(name)) {
            point((before ? "before " : "after ") + service + name);
          }
        });
  }

  private interface Around {
    void call(String method, boolean before);
  }

  private static <T> T proxy(Class<T> port, T real, Map<String, Object> instead, Around around) {
    return port.cast(
        Proxy.newProxyInstance(
            CrashPointProcess.class.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              Object given = instead.get(method.getName());
              if (given != null) {
                return given;
              }
              around.call(method.getName(), true);
              Object answer = invoke(real, method, arguments);
              around.call(method.getName(), false);
              return answer;
            }));
  }

  private static Object invoke(Object real, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      method.setAccessible(true);
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
