package oosh;

import java.nio.file.Path;
import java.util.Map;
import oosh.config.Config;
import oosh.shell.Backends;

/** What oosh's verbs stand on, for benchmarks: the same as in its own process. */
public final class BenchBackends {
  private BenchBackends() {}

  /** The journal of that folder; the sandbox is only named, not started. */
  public static Backends of(Path home) {
    return new LiveBackends(new StateDirectory(home), Config.EMPTY, Map.of());
  }

  /** The journal of a team at that address, with a state folder of its own. */
  public static Backends of(Path home, String url) {
    return new LiveBackends(new StateDirectory(home), Config.EMPTY, Map.of("OOSH_JOURNAL", url));
  }
}
