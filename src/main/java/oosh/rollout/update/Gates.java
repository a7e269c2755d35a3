package oosh.rollout.update;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must be healthy before a rollout continues, and how long it waits.
 *
 * @param gates in the order in which they are asked; no two of the same name
 * @param drain how long an instance waits in Standby for requests under way; zero if it does not
 * @param bake how long the gates after a batch are looked at again; zero if they are not
 * @param rollsBack whether OOS itself rolls back what was touched, where a script or a gate fails
 * @param stepped whether what waits on an instance steps a clock of its own, as in a rehearsal
 */
public record Gates(
    List<Gate> gates, Duration drain, Duration bake, boolean rollsBack, boolean stepped) {
  public static final Gates NONE = new Gates(List.of(), Duration.ZERO, Duration.ZERO, false, false);

  public Gates {
    gates = List.copyOf(gates);
    stepped = stepped && (!drain.isZero() || gates.stream().anyMatch(g -> g.kind().onInstance()));
  }

  public boolean isEmpty() {
    return equals(NONE);
  }

  /** Those that the instance itself is asked, before it returns to service. */
  public List<Gate> probes() {
    return gates.stream().filter(g -> g.kind().onInstance()).toList();
  }

  /** Only what is a part of what the instance runs: all that a rollback has of them. */
  public Gates onInstance() {
    return new Gates(probes(), drain, Duration.ZERO, false, stepped);
  }

  /** Those that are looked at once a batch is back in service. */
  public List<Gate> afterBatch() {
    return gates.stream().filter(g -> !g.kind().onInstance()).toList();
  }

  public Optional<Gate> of(Gate.Kind kind) {
    return gates.stream().filter(g -> g.kind() == kind).findFirst();
  }

  /** Whether it is a part of what the instance runs. */
  public boolean wrapsScript() {
    return !probes().isEmpty() || !drain.isZero() || rollsBack;
  }

  /** What of it only oosh's own template can do, by the names that unstage it. */
  public List<String> needsOoshTemplate() {
    return Stream.of(
            afterBatch().isEmpty() ? "" : "gate",
            bake.isZero() ? "" : "bake",
            rollsBack ? "on-failure" : "")
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** How many things are chosen. */
  int count() {
    return gates.size() + (drain.isZero() ? 0 : 1) + (bake.isZero() ? 0 : 1) + (rollsBack ? 1 : 0);
  }

  /** What of it only oosh's own template can do, in words; "" if there is nothing. */
  String describeUnsupported() {
    return needsOoshTemplate().stream()
        .map(
            name ->
                switch (name) {
                  case "gate" -> "gates after a batch";
                  case "bake" -> "a bake";
                  default -> "a rollback by OOS";
                })
        .collect(Collectors.joining(", "));
  }

  /** The names by which they are unstaged. */
  List<String> names() {
    return Stream.of(
            gates.isEmpty() ? "" : "gate",
            drain.isZero() ? "" : "drain",
            bake.isZero() ? "" : "bake",
            rollsBack ? "on-failure" : "")
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** With that gate, in the place of one of the same name. */
  public Gates with(Gate gate) {
    List<Gate> all = new ArrayList<>(gates);
    all.removeIf(gate::replaces);
    all.add(gate);
    return new Gates(all, drain, bake, rollsBack, stepped);
  }

  /** Without those of that kind or name; equal to these where there is none. */
  public Gates without(String kindOrName) {
    List<Gate> rest =
        gates.stream()
            .filter(g -> !g.kind().word().equals(kindOrName) && !g.name().equals(kindOrName))
            .toList();
    return new Gates(rest, drain, bake, rollsBack, stepped);
  }

  public Gates withoutGates() {
    return new Gates(List.of(), drain, bake, rollsBack, stepped);
  }

  public Gates withDrain(Duration time) {
    return new Gates(gates, time, bake, rollsBack, stepped);
  }

  public Gates withBake(Duration time) {
    return new Gates(gates, drain, time, rollsBack, stepped);
  }

  public Gates withRollback(boolean automatic) {
    return new Gates(gates, drain, bake, automatic, stepped);
  }

  /** These in a rehearsal. */
  public Gates inSteps() {
    return new Gates(gates, drain, bake, rollsBack, true);
  }

  /** The longest that they take on an instance beside the script, in seconds. */
  public long seconds() {
    return drain.toSeconds() + probes().stream().mapToLong(g -> g.within().toSeconds()).sum();
  }

  /** From one look of a bake to the next, where it looks that often. */
  public Duration bakeWait(int looks) {
    return Duration.ofSeconds(Math.max(1, bake.toSeconds() / looks));
  }

  /** On one line, for the journal and for what is sent; "" for none. A script is in it. */
  public String text() {
    return text(true);
  }

  /** The same without the probes' scripts. */
  String textWithoutScripts() {
    return text(false);
  }

  private String text(boolean withScripts) {
    List<String> words = new ArrayList<>();
    if (!drain.isZero()) {
      words.add("drain=" + drain.toSeconds());
    }
    if (!bake.isZero()) {
      words.add("bake=" + bake.toSeconds());
    }
    if (rollsBack) {
      words.add("rollsBack=true");
    }
    for (Gate gate : gates) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put(gate.kind().word(), URLEncoder.encode(gate.subject(), StandardCharsets.UTF_8));
      values.put("expect", gate.expect());
      values.put("every", gate.every().toSeconds());
      values.put("times", gate.times());
      values.put("within", gate.within().toSeconds());
      values.put("advises", gate.advises());
      Script script = gate.script();
      if (withScripts && script != null) {
        byte[] bytes = script.text().getBytes(StandardCharsets.UTF_8);
        values.put("text", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      }
      words.add(
          values.entrySet().stream()
              .map(e -> e.getKey() + "=" + e.getValue())
              .collect(Collectors.joining(",")));
    }
    // Last: without gates and a drain there is nothing to step.
    if (stepped) {
      words.add("stepped=true");
    }
    return String.join(" ", words);
  }

  /**
   * What {@link #text} wrote.
   *
   * @throws RuntimeException if it did not
   */
  public static Gates of(String text) {
    return of(text, name -> null);
  }

  /**
   * What {@link #textWithoutScripts} wrote.
   *
   * @param scripts the text of each probe's script, in the order of the gates
   */
  static Gates of(String text, UnaryOperator<@Nullable String> scripts) {
    Gates read = NONE;
    for (String word : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      Map<String, String> values = new LinkedHashMap<>();
      for (String value : word.split(",", -1)) {
        values.put(value.substring(0, value.indexOf('=')), value.substring(value.indexOf('=') + 1));
      }
      if (values.containsKey("drain")) {
        read = read.withDrain(Duration.ofSeconds(Long.parseLong(need(values, "drain"))));
      } else if (values.containsKey("bake")) {
        read = read.withBake(Duration.ofSeconds(Long.parseLong(need(values, "bake"))));
      } else if (values.containsKey("rollsBack")) {
        read = read.withRollback(true);
      } else if (values.containsKey("stepped")) {
        read = read.inSteps();
      } else {
        read = read.with(gate(values, scripts));
      }
    }
    return read;
  }

  private static Gate gate(Map<String, String> values, UnaryOperator<@Nullable String> scripts) {
    String word = values.keySet().iterator().next();
    Gate.Kind kind = Gate.Kind.of(word).orElseThrow(() -> new IllegalArgumentException(word));
    String subject = URLDecoder.decode(need(values, word), StandardCharsets.UTF_8);
    return new Gate(
        kind,
        subject,
        kind == Gate.Kind.SCRIPT ? script(subject, values.get("text"), scripts) : null,
        Integer.parseInt(need(values, "expect")),
        Duration.ofSeconds(Long.parseLong(need(values, "every"))),
        Integer.parseInt(need(values, "times")),
        Duration.ofSeconds(Long.parseLong(need(values, "within"))),
        Boolean.parseBoolean(need(values, "advises")));
  }

  private static Script script(
      String name, @Nullable String kept, UnaryOperator<@Nullable String> scripts) {
    String text =
        kept == null
            ? scripts.apply(name)
            : new String(Base64.getUrlDecoder().decode(kept), StandardCharsets.UTF_8);
    return Script.ofText(name, String.valueOf(text));
  }

  private static String need(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name);
    }
    return value;
  }
}
