package oosh.view;

import com.google.gson.JsonObject;
import java.time.Duration;
import oosh.rollout.plan.CommandTime;
import oosh.rollout.update.Gate;
import oosh.rollout.update.Gates;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/** Gates in words. */
public final class GateView {
  private GateView() {}

  /** What a kind of gate asks. */
  public static String sentence(Gate.Kind kind) {
    return switch (kind) {
      case HTTP -> "asks 127.0.0.1 on the instance, while it is in Standby";
      case TCP -> "connects to a port of the instance, while it is in Standby";
      case SCRIPT -> "runs a script on the instance, while it is in Standby";
    };
  }

  /**
   * {@code http 8080/health: 200, 3 times in a row within 2m, every 5s; the instance returns to
   * service only then}.
   */
  public static String line(Gate gate) {
    return asked(gate)
        + (gate.advises() ? "; it only advises" : "; the instance returns to service only then");
  }

  private static String asked(Gate gate) {
    return TextSanitizer.line(gate.name())
        + ": "
        + (gate.kind() == Gate.Kind.HTTP ? gate.expect() + ", " : "")
        + (gate.times() == 1 ? "once" : gate.times() + " times in a row")
        + " within "
        + TimeText.span(gate.within())
        + ", asked every "
        + TimeText.span(gate.every());
  }

  public static String drain(Duration time) {
    return TimeText.span(time) + ": each instance waits that long in Standby before its script";
  }

  /** The rows of a plan and of what is staged. */
  static void rows(DescriptionList out, Gates gates) {
    if (!gates.drain().isZero()) {
      out.row("drain", drain(gates.drain()));
    }
    gates.gates().forEach(gate -> out.row("probe", line(gate)));
  }

  /**
   * {@code at most 210 of 600 s on each instance: 60 s for the script (assumed), 30 s drain, 120 s
   * probes}; "" for null.
   */
  static String time(@Nullable CommandTime time) {
    if (time == null) {
      return "";
    }
    String known =
        switch (time.source()) {
          case TIME_LIMIT -> "its time limit";
          case LONGEST_SO_FAR -> "the longest so far";
          case ASSUMED -> "assumed: it has not run yet";
        };
    long drain = time.gates().drain().toSeconds();
    long probes = time.gates().seconds() - drain;
    return "at most "
        + time.sum()
        + (time.source() == CommandTime.Source.TIME_LIMIT ? "" : " of " + time.limit())
        + " s on each instance: script "
        + time.script()
        + " s ("
        + known
        + ")"
        + (drain == 0 ? "" : ", drain " + drain + " s")
        + (probes == 0 ? "" : ", probes " + probes + " s");
  }

  public static void json(JsonObject json, Gates gates) {
    if (!gates.drain().isZero()) {
      json.addProperty("drainSeconds", gates.drain().toSeconds());
    }
    JsonOutput.put(json, "gates", gates.gates().stream().map(GateJson::of).toList());
  }

  private record GateJson(
      String kind,
      String subject,
      @Nullable Integer expect,
      long everySeconds,
      int times,
      long withinSeconds,
      boolean advises) {
    static GateJson of(Gate gate) {
      return new GateJson(
          gate.kind().word(),
          gate.subject(),
          gate.kind() == Gate.Kind.HTTP ? gate.expect() : null,
          gate.every().toSeconds(),
          gate.times(),
          gate.within().toSeconds(),
          gate.advises());
    }
  }
}
