package oosh.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Row 9: what a shell that nobody types into keeps in memory. */
final class Memory {
  private Memory() {}

  static void measure(Stage stage, String endpoint, int rounds, Path home, Table table) {
    double[] all = new double[rounds];
    double[] own = new double[rounds];
    for (int n = 0; n < rounds; n++) {
      try (Pty oosh = stage.oosh(home, endpoint, "")) {
        oosh.until(Stage.PROMPT);
        Stage.pause(10_000);
        double anonymous = status(oosh.pid(), "RssAnon");
        own[n] = anonymous / 1024;
        all[n] = (anonymous + status(oosh.pid(), "RssFile")) / 1024;
        Stage.leave(oosh);
      }
    }
    Spread spread = Spread.of(all);
    table.limit(
        9,
        "resident after 10 s at the prompt, of it "
            + Math.round(Spread.of(own).median())
            + " its own",
        stage.jdk(),
        spread.text("MiB"),
        spread.median(),
        100,
        "MiB");
  }

  /** In KiB. */
  private static long status(long pid, String name) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(l -> l.startsWith(name + ":"))
          .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
