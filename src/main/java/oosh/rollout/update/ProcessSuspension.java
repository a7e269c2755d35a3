package oosh.rollout.update;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ScalingProcess;

/**
 * Which scaling processes a launch asks to have suspended while it runs. What is sent is less:
 * processes that are suspended already are left out, so that OOS does not resume them at the end.
 */
public record ProcessSuspension(Set<ScalingProcess> processes) {
  public static final ProcessSuspension ALL = new ProcessSuspension(ScalingProcess.all());
  public static final ProcessSuspension NONE = new ProcessSuspension(Set.of());

  public ProcessSuspension {
    // In the vendor's order, whatever order was typed: the same choice is the same value.
    processes = Collections.unmodifiableSet(ordered(processes));
  }

  /**
   * {@code all}, {@code none}, or a comma list of process names.
   *
   * @throws Problem for a name that ESS does not know
   */
  public static ProcessSuspension of(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "all" -> ALL;
      case "none" -> NONE;
      default ->
          new ProcessSuspension(
              Arrays.stream(text.split(","))
                  .map(String::trim)
                  .filter(w -> !w.isEmpty())
                  .map(ProcessSuspension::process)
                  .collect(Collectors.toSet()));
    };
  }

  /** {@code all}, {@code none} or the comma list. */
  public String text() {
    if (processes.isEmpty()) {
      return "none";
    }
    return processes.size() == ScalingProcess.values().length
        ? "all"
        : String.join(",", words(processes));
  }

  /** Those that ESS's words name; a word that oosh does not know is passed over. */
  public static Set<ScalingProcess> processes(List<String> words) {
    Set<ScalingProcess> processes = EnumSet.noneOf(ScalingProcess.class);
    words.forEach(w -> ScalingProcess.of(w).ifPresent(processes::add));
    return processes;
  }

  static List<String> words(Set<ScalingProcess> processes) {
    return ordered(processes).stream().map(ScalingProcess::word).toList();
  }

  private static Set<ScalingProcess> ordered(Set<ScalingProcess> processes) {
    return Arrays.stream(ScalingProcess.values())
        .filter(processes::contains)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static ScalingProcess process(String word) {
    return ScalingProcess.of(word)
        .orElseThrow(
            () ->
                Problem.usage(
                    "no scaling process is called \"" + word + "\"",
                    "ESS knows " + ScalingProcess.names(),
                    "stage suspend all"));
  }
}
