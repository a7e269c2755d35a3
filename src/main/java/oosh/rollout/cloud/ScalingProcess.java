package oosh.rollout.cloud;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A process of a scaling group that can be suspended. The five names are those of ESS's
 * SuspendProcesses; the constants bear the vendor's spelling in {@link #word()}.
 */
public enum ScalingProcess {
  SCALE_IN("ScaleIn"),
  SCALE_OUT("ScaleOut"),
  HEALTH_CHECK("HealthCheck"),
  ALARM_NOTIFICATION("AlarmNotification"),
  SCHEDULED_ACTION("ScheduledAction");

  private final String word;

  ScalingProcess(String word) {
    this.word = word;
  }

  /** The vendor's name, as it stands in enterProcess and exitProcess. */
  public String word() {
    return word;
  }

  /** The process of that name, in any case; empty for a name that ESS does not know. */
  public static Optional<ScalingProcess> of(String word) {
    return Arrays.stream(values()).filter(p -> p.word.equalsIgnoreCase(word)).findFirst();
  }

  public static Set<ScalingProcess> all() {
    return EnumSet.allOf(ScalingProcess.class);
  }

  /** {@code ScaleIn, ScaleOut, …} for a message. */
  public static String names() {
    return Arrays.stream(values()).map(ScalingProcess::word).collect(Collectors.joining(", "));
  }
}
