package oosh.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import oosh.journal.Touch;

/** Row 4 as a person feels it: Tab after {@code rollback }, until the candidates stand there. */
final class Tabs {
  private Tabs() {}

  /** A shell in which Tab is pressed again and again. */
  private static final class Presser implements AutoCloseable {
    private final Pty oosh;
    private final List<Double> figures = new ArrayList<>();
    private final Path home;
    private Touch other;

    Presser(Stage stage, Path home, String endpoint) {
      this.home = home;
      oosh = stage.oosh(home, endpoint, "");
      oosh.until(Stage.PROMPT);
    }

    void press() {
      // Before the first one nothing is written: a person's shell has asked nothing by then either.
      if (!figures.isEmpty()) {
        other = other == null ? new Touch(home) : other;
        other.touch();
        // The other shell's write is over: those that read the journal at once are few.
        Stage.pause(60);
      }
      oosh.type("rollback ");
      Stage.pause(60);
      int mark = oosh.size();
      long pressed = oosh.type("\t");
      // The editor paints what differs from the screen before: no text of it can be waited for.
      long shown = oosh.settled(mark, 300);
      if (!oosh.since(mark).contains("exec")) {
        throw new IllegalStateException("no execution is offered in " + oosh.since(mark));
      }
      figures.add(Starts.milliseconds(shown - pressed));
      Stage.pause(30);
      Stage.interrupt(oosh);
    }

    double first() {
      return figures.get(0);
    }

    /** All but the first, for which classes had to be loaded. */
    Spread later() {
      return Spread.of(
          figures.subList(1, figures.size()).stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    public void close() {
      try (oosh) {
        if (other != null) {
          other.close();
        }
        Stage.leave(oosh);
      }
    }
  }

  static void measure(
      Stage stage, String endpoint, int presses, Path thousand, Path hundredThousand, Table table) {
    Jdk jdk = stage.jdk();
    try (Presser small = new Presser(stage, thousand, endpoint);
        Presser large = new Presser(stage, hundredThousand, endpoint)) {
      Stage.pause(1000);
      for (int n = 0; n <= presses; n++) {
        small.press();
        large.press();
      }
      Spread few = small.later();
      Spread many = large.later();
      table.floor("Tab to candidates on the screen, 1,000 records", jdk, few.text("ms"));
      table.limit(
          4,
          "Tab to candidates on the screen, 100,000 records",
          jdk,
          "p99 " + Spread.number(many.p99()) + " ms of " + presses + "; " + many.text("ms"),
          many.p99(),
          10,
          "ms");
      table.ratio(4, "", jdk, many, few, "1,000", 2);
      table.told(
          4,
          "the first Tab of a process",
          jdk,
          Spread.number(large.first()) + " ms; with 1,000 records " + Spread.number(small.first()));
    }
  }
}
