package oosh.view;

import static oosh.view.text.TextSanitizer.sentence;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.Leftover;
import oosh.rollout.record.PastExecution;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import org.jspecify.annotations.Nullable;

/*
 * asg-bp1web "web": 5 instances in service, 1 in Standby; suspended: ScaleIn, ScaleOut
 *   Standby     i-bp1c: left by exec-6f1c (Failed, 2 min ago); its script failed there: the state
 *               of the instance is unknown
 *   Standby     i-bp1f: not caused by a known execution; probably changed by hand
 *   protection  i-bp1a: removed by exec-6f1c (Failed, 2 min ago)
 *   image       asc-bp1web: m-bp1new since exec-6f1c (Failed, 2 min ago); it was m-bp1old before
 *   processes   ScaleIn, ScaleOut: suspended by exec-6f1c (Failed, 2 min ago)
 */
/** What is wrong with a group, who left it so, and what puts it back. */
public final class DoctorView {
  private static final int LABEL = 12;

  private DoctorView() {}

  public static String text(Diagnosis diagnosis, Instant now, Style style) {
    DescriptionList out = new DescriptionList(style, LABEL);
    out.head(GroupView.line(diagnosis.group()));
    out.alike(
        diagnosis.leftovers(),
        LeftoverView::label,
        Leftover::subject,
        DescriptionList::list,
        l -> LeftoverView.cause(l, now, style));
    Execution inFlight = diagnosis.inFlight();
    if (inFlight != null) {
      out.row(
          "in flight",
          "%s is %s; instances that it has changed are not listed",
          PastExecution.named(inFlight.id(), diagnosis.starter()),
          inFlight.status().word());
    }
    diagnosis.unread().forEach(u -> out.row("not read", TextSanitizer.line(u)));
    if (diagnosis.well()) {
      out.row("leftovers", "none that an execution caused");
    }
    return out.text();
  }

  /** What to type; empty where nothing is to be put back. */
  public static String next(Diagnosis diagnosis) {
    if (diagnosis.inFlight() != null) {
      return "next: watch " + TextSanitizer.line(diagnosis.inFlight().id());
    }
    List<Leftover> caused = diagnosis.caused();
    if (caused.isEmpty()) {
      return "";
    }
    boolean unsafe = caused.stream().anyMatch(l -> !l.safe());
    boolean off = caused.stream().anyMatch(l -> l.reached() == Leftover.InstanceOutcome.STOPPED);
    return "next: heal undoes what executions left"
        + (unsafe ? "; --return-failed also returns instances in an unknown state" : "")
        + (off ? "; it starts stopped instances" : "");
  }

  /** One line at {@code use group}, where {@link Diagnosis#caused} is not empty. */
  public static String hint(
      ScalingGroup group, Leftover.LeftoverCause cause, Instant now, Style style) {
    return sentence(
        "%s has leftovers of %s; next: doctor", group.id(), LeftoverView.by(cause, now, style, ""));
  }

  /*
   * heal asg-bp1web "web" in cn-hangzhou
   *   return      i-bp1c to service
   *   protect     i-bp1a
   *   resume      ScaleIn, ScaleOut
   *   unhealthy   i-bp1c: http 8080/health: answers 503, not 200; returned all the same
   * not healed  i-bp1d: its state is unknown; --return-failed returns it
   * not healed  i-bp1f in Standby: no known execution left it so; probably changed by hand
   */
  /**
   * @param saw what a probe saw on instances that are returned, by their ids
   */
  public static String plan(
      Diagnosis diagnosis,
      List<HealStep> steps,
      List<Leftover> leftAlone,
      Map<String, String> saw,
      Style style) {
    DescriptionList out = new DescriptionList(style, LABEL);
    out.head("heal " + GroupView.named(diagnosis.group()));
    for (HealStep r : steps) {
      out.row(
          switch (r.kind()) {
            case START -> "start";
            case RETURN -> "return";
            case PROTECT -> "protect";
            case IMAGE -> "image";
            case UNHOOK -> "hook";
            case RESUME -> "resume";
          },
          switch (r.kind()) {
            case START ->
                sentence(
                    "%s, and wait until %s, for %d min at most",
                    subjects(r),
                    r.subjects().size() == 1 ? "it runs" : "they run",
                    HealStep.STARTING.toMinutes());
            case RETURN -> subjects(r) + " to service";
            case IMAGE -> sentence("%s: %s instead of %s", subjects(r), r.to(), r.from());
            case UNHOOK -> "remove " + subjects(r);
            case PROTECT, RESUME -> subjects(r);
          });
    }
    out.alike(
        List.copyOf(saw.entrySet()),
        e -> "unhealthy",
        Map.Entry::getKey,
        DescriptionList::list,
        e -> TextSanitizer.line(e.getValue()) + "; returned all the same");
    leftAlone(out, leftAlone, Leftover.InstanceOutcome.STOPPED);
    leftAlone(out, leftAlone, null);
    for (Leftover l : diagnosis.leftovers()) {
      Leftover.LeftoverCause cause = l.cause();
      if (l.kind() == Leftover.Kind.IMAGE_IN_USE && cause != null) {
        out.row(
            "not healed",
            "the image of %s: %s; rollback %s, then heal",
            l.subject(),
            LeftoverView.users(l),
            cause.executionId());
      }
    }
    String byHand = unexplained(diagnosis);
    out.row("not healed", byHand.isEmpty() ? null : byHand);
    diagnosis.unread().forEach(u -> out.row("not read", TextSanitizer.line(u)));
    return out.text();
  }

  /** What heal leaves because no known execution caused it; "" if there is nothing. */
  public static String unexplained(Diagnosis diagnosis) {
    List<String> all =
        diagnosis.unexplained().stream()
            .map(
                l ->
                    l.subject()
                        + (l.kind() == Leftover.Kind.SUSPENDED ? " suspended" : " in Standby"))
            .toList();
    return all.isEmpty()
        ? ""
        : DescriptionList.list(all)
            + ": no known execution left "
            + (all.size() == 1 ? "it" : "them")
            + " so; probably changed by hand";
  }

  /**
   * @param only those that came so far; null for those that are not switched off
   */
  private static void leftAlone(
      DescriptionList out, List<Leftover> all, Leftover.@Nullable InstanceOutcome only) {
    List<Leftover> some =
        all.stream()
            .filter(l -> (only == null) == (l.reached() != Leftover.InstanceOutcome.STOPPED))
            .toList();
    if (some.isEmpty()) {
      return;
    }
    boolean one = some.size() == 1;
    out.row(
        "not healed",
        subjects(some)
            + (only == null
                ? (one ? ": its" : ": their") + " state is unknown; --return-failed returns "
                : (one ? " is" : " are")
                    + " stopped, in Standby; --return-failed starts and returns ")
            + (one ? "it" : "them"));
  }

  /** {@code returned i-bp1c to service}. */
  public static String done(HealStep r, Style style) {
    return style.wrapped(
        switch (r.kind()) {
          case RETURN -> "returned " + subjects(r) + " to service";
          case START -> "started " + subjects(r);
          case PROTECT -> "protected " + subjects(r);
          case IMAGE -> "restored the image " + TextSanitizer.line(r.to()) + " of " + subjects(r);
          case UNHOOK -> "removed the lifecycle hook " + subjects(r);
          case RESUME -> "resumed " + subjects(r);
        });
  }

  private static String subjects(HealStep r) {
    return DescriptionList.list(r.subjects());
  }

  private static String subjects(List<Leftover> leftovers) {
    return DescriptionList.list(leftovers.stream().map(Leftover::subject).toList());
  }

  public static JsonObject json(Diagnosis diagnosis) {
    JsonObject json = new JsonObject();
    json.add("group", GroupView.json(diagnosis.group()));
    json.add("leftovers", JsonOutput.array(diagnosis.leftovers(), DoctorView::json));
    JsonOutput.put(json, "unread", diagnosis.unread());
    Execution inFlight = diagnosis.inFlight();
    json.addProperty("inFlight", inFlight == null ? null : inFlight.id());
    JsonOutput.put(json, "startedBy", diagnosis.starter());
    return json;
  }

  /**
   * What {@code doctor} says of the group, and the steps of a healing.
   *
   * @param done how many of the steps were done, from the first
   */
  public static JsonObject json(Diagnosis diagnosis, List<HealStep> steps, int done) {
    JsonObject json = json(diagnosis);
    JsonArray all = new JsonArray();
    for (HealStep r : steps) {
      JsonObject step = new JsonObject();
      step.addProperty("kind", r.kind().name());
      step.addProperty("executionId", r.executionId());
      step.add("subjects", JsonOutput.tree(r.subjects()));
      JsonOutput.put(step, "from", r.from());
      JsonOutput.put(step, "to", r.to());
      step.addProperty("done", all.size() < done);
      all.add(step);
    }
    json.add("steps", all);
    return json;
  }

  private static JsonObject json(Leftover l) {
    JsonObject json = new JsonObject();
    json.addProperty("kind", l.kind().name());
    json.addProperty("subject", l.subject());
    json.addProperty("reached", l.reached().name());
    json.addProperty("safe", l.safe());
    JsonOutput.put(json, "wanted", l.wanted());
    JsonOutput.put(json, "present", l.present());
    JsonOutput.put(json, "users", l.users());
    Leftover.LeftoverCause cause = l.cause();
    if (cause != null) {
      json.addProperty("executionId", cause.executionId());
      json.addProperty("status", cause.status().word());
      JsonOutput.put(json, "ended", cause.ended());
      json.addProperty("snapshot", cause.snapshot());
      JsonOutput.put(json, "method", cause.method() == null ? "" : cause.method().word());
      JsonOutput.put(json, "rolledBackBy", cause.rolledBackBy());
      JsonOutput.put(json, "startedBy", cause.starter());
    }
    return json;
  }
}
