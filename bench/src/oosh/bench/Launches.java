package oosh.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Row 7: Enter on {@code launch -y} to the request on the wire. */
final class Launches {
  private Launches() {}

  static void measure(
      Stage stage, SandboxProcess sandbox, Recorder recorder, int rounds, Path home, Table table) {
    List<double[]> all = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    Path script = home.resolve("deploy.sh");
    try {
      Files.writeString(script, "#!/bin/sh\nset -eu\necho deployed\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sandbox.reset();
    for (int n = 0; n <= rounds; n++) {
      double[] figures = one(stage, recorder, home, script, "round " + n, names);
      if (n > 0) {
        all.add(figures);
      }
    }
    Jdk jdk = stage.jdk();
    Spread start = column(all, 1);
    table.limit(
        7,
        "Enter on `launch -y` to StartExecution on the wire",
        jdk,
        start.text("ms"),
        start.median(),
        100,
        "ms");
    table.told(7, "Enter to the plan's first read call", jdk, column(all, 0).text("ms"));
    table.told(
        7,
        "of it, waiting for the answers of "
            + Math.round(column(all, 3).median())
            + " read calls, "
            + names,
        jdk,
        column(all, 2).text("ms"));
  }

  private static Spread column(List<double[]> all, int column) {
    return Spread.of(all.stream().mapToDouble(f -> f[column]).toArray());
  }

  private static double[] one(
      Stage stage, Recorder recorder, Path home, Path script, String reason, Set<String> names) {
    try (Pty oosh = stage.oosh(home, recorder.address(), "", "--group", "asg-bp1web")) {
      long prompt = oosh.until(Stage.PROMPT);
      oosh.type("stage script " + script + "\r");
      oosh.until("staged script");
      oosh.type("launch -y --detach -m \"" + reason + "\"");
      // A second at the prompt, counted from when it was first seen.
      Stage.pause(Math.max(200, 1000 - Duration.ofNanos(System.nanoTime() - prompt).toMillis()));
      long enter = oosh.type("\r");
      Recorder.Call start = recorder.await("StartExecution", enter);
      List<Recorder.Call> before =
          recorder.since(enter).stream().filter(c -> c.came < start.came).toList();
      before.forEach(call -> names.add(call.action));
      oosh.until("started exec-");
      // To its end, which the journal then knows: else it would hold the group in the next round.
      oosh.type("watch\r");
      oosh.until("Success: 6 of 6");
      Stage.leave(oosh);
      double waited = 0;
      for (Recorder.Call call : before) {
        waited += Starts.milliseconds(Math.max(0, call.answered - call.came));
      }
      long first = before.isEmpty() ? start.came : before.get(0).came;
      return new double[] {
        Starts.milliseconds(first - enter),
        Starts.milliseconds(start.came - enter),
        waited,
        before.size()
      };
    }
  }
}
