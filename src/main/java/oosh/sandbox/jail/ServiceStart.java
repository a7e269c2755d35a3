package oosh.sandbox.jail;

import java.util.Map;
import java.util.stream.Collectors;
import oosh.sandbox.api.Resources;

/**
 * How the service of an instance begins beside a script.
 *
 * @param ports where it listens, and the status that it answers while it is up; empty for 8080 and
 *     200, beside scripts that name that port or the loopback address
 * @param held what it answers whatever {@code ~/service} says: down, or a status; "" for that
 */
public record ServiceStart(Map<Integer, Integer> ports, String held) {
  /** As {@code ~/service} says, on 8080. */
  public static final ServiceStart USUAL = new ServiceStart(Map.of(), "");

  /** Begins the service in the jail, and becomes the script. */
  private static final String PROGRAM = Resources.text("scripts/service.pl");

  public ServiceStart {
    ports = Map.copyOf(ports);
  }

  /** The program in perl. */
  String program() {
    String listens =
        ports.isEmpty()
            ? "8080, 200"
            : ports.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + ", " + each.getValue())
                .collect(Collectors.joining(", "));
    return "my %up = (" + listens + ");\nmy $held = \"" + held + "\";\n" + PROGRAM;
  }
}
