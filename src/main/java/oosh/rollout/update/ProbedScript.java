package oosh.rollout.update;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.Problem;

/**
 * A script with the gates that are asked on its instance, as one script that Cloud Assistant runs:
 * it writes the script to a file of its own and runs that, then asks the gates. So an instance that
 * is unhealthy fails like one whose script fails, and stays in Standby, with whatever template.
 */
public record ProbedScript(Script script, Gates gates) {
  /** The exit code where a probe found the instance unhealthy; no signal gives it, as any below. */
  public static final int UNHEALTHY = 231;

  /** The exit code where a probe needs a program that the instance does not have. */
  public static final int UNPROBED = 232;

  /** The exit code where the script's file could not be written. */
  public static final int UNPREPARED = 233;

  /** The file in an instance's home by which a rollback by OOS finds what was started. */
  public static final String MARK = ".oosh-launch";

  /** The line between what the script printed and what the probes saw. */
  static final String MARKER = "oosh: the script has ended, its probes begin";

  /** How a line of oosh's own begins. */
  static final String OWN = "oosh: ";

  private static final String BEGIN = "#!/bin/sh\n# oosh runs the script below";

  private static final String HEADER = "# gates ";

  /** Behind the header where the script's last line has no end. */
  private static final String UNENDED = " unended";

  private static final Pattern CODE = Pattern.compile("(?i)exit ?code:? ?(\\d{1,3})(?!\\d)");

  private static final TextParts PARTS = new TextParts("probed-script.txt", part -> part);

  /** What is sent: the script as it is where no gate is asked on the instance. */
  public String text() {
    if (!gates.wrapsScript()) {
      return script.text();
    }
    StringBuilder sent = new StringBuilder();
    add(sent, "begin", "gates", header());
    addFile(sent, "script", script);
    int probe = 0;
    for (Gate gate : gates.probes()) {
      Script run = gate.script();
      if (run != null) {
        addFile(sent, "probe" + ++probe, run);
      }
    }
    if (gates.stepped()) {
      add(sent, "step");
    }
    if (gates.rollsBack()) {
      add(sent, "mark");
    }
    if (!gates.drain().isZero()) {
      add(sent, "drain", "seconds", String.valueOf(gates.drain().toSeconds()));
    }
    add(sent, "run");
    if (!gates.probes().isEmpty()) {
      add(sent, "probes", "marker", MARKER);
      gates.probes().stream().map(g -> g.kind().word()).distinct().forEach(kind -> add(sent, kind));
      probe = 0;
      for (Gate gate : gates.probes()) {
        probe += gate.script() == null ? 0 : 1;
        addProbe(sent, gate, probe);
      }
    }
    return sent.toString();
  }

  private String header() {
    return gates.textWithoutScripts() + (script.text().endsWith("\n") ? "" : UNENDED);
  }

  private static void add(StringBuilder sent, String part, String... values) {
    Map<String, String> named = new LinkedHashMap<>();
    named.put("unhealthy", String.valueOf(UNHEALTHY));
    named.put("unprobed", String.valueOf(UNPROBED));
    named.put("unprepared", String.valueOf(UNPREPARED));
    for (int i = 0; i < values.length; i += 2) {
      named.put(values[i], values[i + 1]);
    }
    sent.append(PARTS.part(part, named));
  }

  /** The delimiter is no line of the text, and in quotes: a shell reads nothing of it. */
  private static void addFile(StringBuilder sent, String name, Script file) {
    String text = file.text().endsWith("\n") ? file.text() : file.text() + "\n";
    StringBuilder delimiter = new StringBuilder("END_" + file.shortSha());
    while (("\n" + text).contains("\n" + delimiter + "\n")) {
      delimiter.append('_');
    }
    String whole = text.substring(0, text.length() - 1);
    add(sent, "file", "name", name, "delimiter", delimiter.toString(), "text", whole);
  }

  private void addProbe(StringBuilder sent, Gate gate, int number) {
    boolean address = gate.kind() == Gate.Kind.HTTP || gate.kind() == Gate.Kind.TCP;
    int port = !address ? 0 : gates.stepped() ? gate.portInSteps() : gate.port();
    String path = gate.subject().replaceFirst("^\\d+", "");
    add(
        sent,
        "probe",
        "name",
        shownName(gate),
        "every",
        String.valueOf(gate.every().toSeconds()),
        "times",
        String.valueOf(gate.times()),
        "within",
        String.valueOf(gate.within().toSeconds()),
        "advises",
        gate.advises() ? "yes" : "no",
        "look",
        switch (gate.kind()) {
          case HTTP -> "http " + port + " '" + path + "' " + gate.expect();
          case TCP -> "tcp " + port;
          case SCRIPT -> "script probe" + number;
          case LB, ALARM -> throw new IllegalStateException(gate.name());
        });
  }

  /** How a probe is called in what an instance prints. */
  public static String shownName(Gate gate) {
    return gate.name().replaceAll("[^A-Za-z0-9._~/?=&% -]", "_");
  }

  /**
   * What {@link #text} made, read back; any other text is a script without gates.
   *
   * @param name the script's
   */
  public static ProbedScript of(String name, String sent) {
    try {
      return read(name, sent).orElseGet(() -> plain(name, sent));
    } catch (Problem | IllegalArgumentException | IndexOutOfBoundsException other) {
      // Another program's, or of an oosh that writes another form.
      return plain(name, sent);
    }
  }

  private static ProbedScript plain(String name, String sent) {
    return new ProbedScript(Script.ofText(name, sent), Gates.NONE);
  }

  private static Optional<ProbedScript> read(String name, String sent) {
    int at = sent.indexOf("\n" + HEADER) + 1;
    int script = sent.indexOf("\nfile script <<'");
    if (at == 0 || script < at || !sent.startsWith(BEGIN)) {
      return Optional.empty();
    }
    String header = sent.substring(at + HEADER.length(), sent.indexOf('\n', at));
    boolean unended = header.endsWith(UNENDED);
    FileReader files = new FileReader(sent, script + 1);
    String text = files.next();
    Gates gates =
        Gates.of(
            unended ? header.substring(0, header.length() - UNENDED.length()) : header,
            probe -> files.next());
    return Optional.of(
        new ProbedScript(
            Script.ofText(name, unended ? text.substring(0, text.length() - 1) : text), gates));
  }

  /** Reads the files in a sent text, one after the other. */
  private static final class FileReader {
    private final String sent;
    private int at;

    FileReader(String sent, int at) {
      this.sent = sent;
      this.at = at;
    }

    String next() {
      int begin = sent.indexOf("'\n", at) + 2;
      String delimiter = sent.substring(sent.indexOf('\'', at) + 1, begin - 2);
      int end = sent.indexOf("\n" + delimiter + "\n", begin - 1);
      at = end + delimiter.length() + 2;
      return sent.substring(begin, end + 1);
    }
  }

  /**
   * What was printed.
   *
   * @param drain of the wait before the script; "" without one
   * @param gates of the probes behind it
   */
  public record Printed(String drain, String script, List<String> gates) {
    public Printed {
      gates = List.copyOf(gates);
    }

    /** All lines of oosh's own, in their order. */
    public List<String> own() {
      List<String> own = new ArrayList<>(gates);
      if (!drain.isEmpty()) {
        own.add(0, drain);
      }
      return own;
    }

    /** What the probe that failed saw last; "" where that is not known. */
    public String lastLook() {
      return gates.isEmpty() ? "" : gates.get(Math.max(0, gates.size() - 2));
    }

    /** The parts of what an instance printed. */
    public static Printed of(String text) {
      List<String> own = new ArrayList<>();
      String drain = "";
      String script = text;
      if (script.startsWith(OWN + "waits ")) {
        int end = script.indexOf('\n') + 1;
        drain = script.substring(OWN.length(), Math.max(end - 1, OWN.length()));
        script = script.substring(end);
      }
      int marker = script.lastIndexOf("\n" + MARKER + "\n");
      if (marker >= 0) {
        script
            .substring(marker + MARKER.length() + 2)
            .lines()
            .map(line -> line.startsWith(OWN) ? line.substring(OWN.length()) : line)
            .forEach(own::add);
        script = script.substring(0, marker);
      }
      return new Printed(drain, script, own);
    }
  }

  /** How many bytes are sent. */
  public int bytes() {
    return !gates.wrapsScript() ? script.bytes() : text().getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * @throws Problem if what is sent is over the vendor's limit
   */
  void requireSize() {
    int bytes = bytes();
    if (gates.wrapsScript() && bytes > Script.MAX_BYTES) {
      throw Problem.refused(
          "cannot launch " + script.name() + " with these gates",
          String.format(
              Locale.ROOT,
              "script and gates are %,d bytes together, and Cloud Assistant takes %,d",
              bytes,
              Script.MAX_BYTES),
          "unstage "
              + String.join(", then unstage ", gates.names())
              + "; or put the bulk where the instances can fetch it");
    }
  }

  /** Whether it is of {@link #text}, where that adds something to the script. */
  public static boolean isIn(String sent) {
    return sent.startsWith(BEGIN);
  }

  /**
   * Whether OOS's words about a failure say that the script ended well, and a probe did not.
   *
   * @param words of one that was sent with gates
   */
  public static boolean failedProbe(String words) {
    int code = code(words);
    return code == UNHEALTHY || code == UNPROBED;
  }

  /**
   * What OOS's words about a failure mean, where they name an exit code of this class (assumed:
   * "exit code N"); "" for any other.
   *
   * @param words of one that was sent with gates
   */
  public static String meaning(String words) {
    int code = code(words);
    return switch (code) {
      case UNHEALTHY -> "a probe found it unhealthy, exit code " + code;
      case UNPROBED -> "it could not be probed, exit code " + code;
      case UNPREPARED -> "its script was not run, exit code " + code;
      default -> "";
    };
  }

  private static int code(String words) {
    Matcher found = CODE.matcher(words);
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }
}
