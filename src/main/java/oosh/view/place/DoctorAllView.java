package oosh.view.place;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import oosh.rollout.plan.GroupAnswer;
import oosh.rollout.record.Diagnosis;
import oosh.view.DoctorView;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;

/*
 * cn-hangzhou     asg-bp1api "api"  nothing is left
 * ap-southeast-1  2 groups          not read: …
 *
 * asg-bp1web "web": 5 instances in service, 1 in Standby; suspended: ScaleIn, ScaleOut
 *   Standby     i-bp1c: left by exec-6f1c (Failed, 2 min ago); …
 *   next        use region cn-hangzhou; use group asg-bp1web; heal
 */
/** What executions have left, over groups and regions. */
public final class DoctorAllView {
  private static final int LABEL = 12;

  private DoctorAllView() {}

  /** Whether every group has answered that nothing is left; one that ESS no longer has, too. */
  public static boolean clean(List<GroupAnswer<Diagnosis>> all) {
    return all.stream()
        .allMatch(
            one -> {
              Diagnosis diagnosis = one.answer();
              return diagnosis == null ? one.problem() == null : isClean(diagnosis);
            });
  }

  private static boolean isClean(Diagnosis diagnosis) {
    return diagnosis.leftovers().isEmpty() && diagnosis.unread().isEmpty();
  }

  public static String text(List<GroupAnswer<Diagnosis>> all, Instant now, Style style) {
    if (all.isEmpty()) {
      return style.wrapped("the journal knows no launch of this profile on any group there");
    }
    GroupRows rows = new GroupRows(style);
    List<String> found = new ArrayList<>();
    for (GroupAnswer<Diagnosis> one : all) {
      Diagnosis diagnosis = one.answer();
      if (diagnosis != null && (!isClean(diagnosis) || diagnosis.inFlight() != null)) {
        found.add(finding(one.region(), diagnosis, now, style));
      } else {
        rows.row(
            diagnosis == null ? TextSanitizer.line(one.silence()) : "nothing is left",
            diagnosis == null ? style::warn : style::ok,
            TextSanitizer.line(one.region()),
            VersionsView.named(one));
      }
    }
    List<String> parts = new ArrayList<>();
    if (!rows.lines().isEmpty()) {
      parts.add(String.join("\n", rows.lines()));
    }
    parts.addAll(found);
    return String.join("\n\n", parts);
  }

  private static String finding(String region, Diagnosis diagnosis, Instant now, Style style) {
    String heals =
        diagnosis.inFlight() != null
            ? "watch " + Objects.requireNonNull(diagnosis.inFlight()).id()
            : diagnosis.caused().isEmpty() ? "doctor" : "heal";
    String next =
        TextSanitizer.sentence(
            "use region %s; use group %s; %s", region, diagnosis.group().id(), heals);
    return DoctorView.text(diagnosis, now, style)
        + "\n"
        + new DescriptionList(style, LABEL).next(next).text();
  }

  public static JsonArray json(List<GroupAnswer<Diagnosis>> all) {
    return JsonOutput.array(all, DoctorAllView::json);
  }

  private static JsonObject json(GroupAnswer<Diagnosis> one) {
    Diagnosis diagnosis = one.answer();
    JsonObject json = new JsonObject();
    json.addProperty("region", one.region());
    JsonOutput.put(json, "group", one.id());
    if (diagnosis != null) {
      JsonObject told = DoctorView.json(diagnosis);
      told.remove("group");
      told.entrySet().forEach(e -> json.add(e.getKey(), e.getValue()));
    }
    JsonOutput.put(json, "problem", one.silence());
    return json;
  }
}
