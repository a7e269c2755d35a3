package oosh.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import oosh.rollout.Diagnosis;
import oosh.rollout.Entry;
import oosh.rollout.Execution;
import oosh.rollout.ExecutionStatus;
import oosh.rollout.Leftover;
import oosh.rollout.Remedy;
import oosh.rollout.ScalingGroup;
import org.jspecify.annotations.Nullable;

/*
 * asg-bp1web "web": 5 instances in service, 1 in Standby; suspended: ScaleIn, ScaleOut
 *   Standby     i-bp1c: left by exec-6f1c (Failed, 2 min ago); its script failed there, so nobody
 *               knows what state it is in
 *   Standby     i-bp1f: by no execution that is known here; a person did that
 *   protection  i-bp1a: taken by exec-6f1c (Failed, 2 min ago)
 *   processes   ScaleIn, ScaleOut: suspended by exec-6f1c (Failed, 2 min ago)
 */
/** What is wrong with a group, who left it so, and what puts it back. */
public final class DoctorView {
  private static final int LABEL = 12;

  private DoctorView() {}

  public static String text(Diagnosis diagnosis, Instant now, Style style) {
    Sentences out = new Sentences(style, LABEL);
    out.head(GroupView.line(diagnosis.group()));
    Map<String, List<Leftover>> alike = new LinkedHashMap<>();
    for (Leftover l : diagnosis.leftovers()) {
      alike.computeIfAbsent(label(l) + "\n" + cause(l, now), k -> new ArrayList<>()).add(l);
    }
    alike.forEach(
        (key, leftovers) ->
            out.row(
                key.substring(0, key.indexOf('\n')),
                leftovers.stream()
                        .map(l -> Safe.line(l.subject()))
                        .collect(Collectors.joining(", "))
                    + ": "
                    + key.substring(key.indexOf('\n') + 1)));
    Execution inFlight = diagnosis.inFlight();
    if (inFlight != null) {
      out.row(
          "in flight",
          Safe.line(inFlight.id())
              + " is "
              + Safe.line(inFlight.status().word())
              + ": what it has moved is not counted");
    }
    if (diagnosis.leftovers().isEmpty()) {
      out.row("well", "nothing is left behind by an execution");
    }
    return out.text();
  }

  private static String label(Leftover l) {
    return switch (l.kind()) {
      case STANDBY -> "Standby";
      case UNPROTECTED -> "protection";
      case SUSPENDED -> "processes";
    };
  }

  private static String cause(Leftover l, Instant now) {
    Leftover.Cause cause = l.cause();
    if (cause == null) {
      return "by no execution that is known here; a person did that";
    }
    Instant ended = cause.ended();
    String who =
        Safe.line(cause.executionId())
            + " ("
            + Safe.line(cause.status().word())
            + (ended == null ? "" : ", " + Ages.ago(ended, now))
            + ")";
    return switch (l.kind()) {
      case STANDBY -> "left by " + who + "; " + reached(l.reached());
      case UNPROTECTED -> "taken by " + who;
      case SUSPENDED -> "suspended by " + who;
    };
  }

  private static String reached(Leftover.Reached reached) {
    return switch (reached) {
      case NOT_RUN -> "its script never began there";
      case ENDED_WELL -> "its script ended well there";
      case FAILED -> "its script failed there, so nobody knows what state it is in";
      case NOTHING, UNKNOWN -> "how far its script came is not known";
    };
  }

  /** What to type; empty where nothing is to be put back. */
  public static String next(Diagnosis diagnosis) {
    if (diagnosis.inFlight() != null) {
      return "next: watch " + Safe.line(diagnosis.inFlight().id());
    }
    List<Leftover> caused = diagnosis.caused();
    if (caused.isEmpty()) {
      return "";
    }
    boolean unsafe = caused.stream().anyMatch(l -> !l.safe());
    return "next: heal puts back what executions left"
        + (unsafe ? "; with --return-failed instances in an unknown state too" : "");
  }

  /** One line at {@code use group}, from what is known already. */
  public static String hint(ScalingGroup group, Entry last, Instant now) {
    Instant ended = last.ended();
    ExecutionStatus status = last.status();
    return Safe.line(group.id())
        + " needs care since "
        + Safe.line(Sentences.or(last.executionId(), "?"))
        + " ("
        + (status == null ? "unknown" : Safe.line(status.word()))
        + (ended == null ? "" : ", " + Ages.ago(ended, now))
        + "): doctor";
  }

  /*
   * heal asg-bp1web "web" in cn-hangzhou
   *   return      i-bp1c into service
   *   protect     i-bp1a
   *   resume      ScaleIn, ScaleOut
   * left alone  i-bp1d in Standby: its script failed there; --return-failed returns it
   */
  public static String plan(
      Diagnosis diagnosis, List<Remedy> remedies, List<Leftover> leftAlone, Style style) {
    Sentences out = new Sentences(style, LABEL);
    out.head("heal " + GroupView.named(diagnosis.group()));
    for (Remedy r : remedies) {
      out.row(
          switch (r.kind()) {
            case RETURN -> "return";
            case PROTECT -> "protect";
            case RESUME -> "resume";
          },
          subjects(r) + (r.kind() == Remedy.Kind.RETURN ? " into service" : ""));
    }
    if (!leftAlone.isEmpty()) {
      out.row(
          "left alone",
          leftAlone.stream().map(l -> Safe.line(l.subject())).collect(Collectors.joining(", "))
              + ": nobody knows what state "
              + (leftAlone.size() == 1 ? "it is" : "they are")
              + " in; --return-failed returns "
              + (leftAlone.size() == 1 ? "it" : "them"));
    }
    return out.text();
  }

  /** {@code returned i-bp1c into service}. */
  public static String done(Remedy r, Style style) {
    return String.join(
        "\n",
        Width.wrapHanging(
            switch (r.kind()) {
              case RETURN -> "returned " + subjects(r) + " into service";
              case PROTECT -> "protected " + subjects(r);
              case RESUME -> "resumed " + subjects(r);
            },
            style.width(),
            4));
  }

  private static String subjects(Remedy r) {
    return r.subjects().stream().map(Safe::line).collect(Collectors.joining(", "));
  }

  public static JsonObject json(Diagnosis diagnosis) {
    JsonObject json = new JsonObject();
    json.add("group", GroupView.json(diagnosis.group()));
    JsonArray leftovers = new JsonArray();
    for (Leftover l : diagnosis.leftovers()) {
      JsonObject one = new JsonObject();
      one.addProperty("kind", l.kind().name());
      one.addProperty("subject", l.subject());
      one.addProperty("reached", l.reached().name());
      one.addProperty("safe", l.safe());
      cause(one, l.cause());
      leftovers.add(one);
    }
    json.add("leftovers", leftovers);
    Execution inFlight = diagnosis.inFlight();
    json.addProperty("inFlight", inFlight == null ? null : inFlight.id());
    return json;
  }

  private static void cause(JsonObject one, Leftover.@Nullable Cause cause) {
    if (cause == null) {
      return;
    }
    Instant ended = cause.ended();
    one.addProperty("executionId", cause.executionId());
    one.addProperty("status", cause.status().word());
    one.addProperty("ended", ended == null ? null : ended.toString());
    one.addProperty("snapshot", cause.snapshot());
  }
}
