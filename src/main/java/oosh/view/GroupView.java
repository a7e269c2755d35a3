package oosh.view;

import com.google.gson.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingProcess;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.TextSanitizer;

/*
 * asg-bp1api "api": 4 instances in service, 1 in Standby; suspended: AlarmNotification
 */
/** A scaling group on one line. */
public final class GroupView {
  private GroupView() {}

  public static String line(ScalingGroup group) {
    return named(group)
        + ": "
        + DescriptionList.count(group.inService(), "instance")
        + " in service"
        + part(group.protectedInstances(), " Protected")
        + part(group.standby(), " in Standby")
        + part(group.other(), " in other states")
        + (group.lifecycleState().equals("Active")
            ? ""
            : "; the group is " + TextSanitizer.line(group.lifecycleState()))
        + (group.suspended().isEmpty() ? "" : "; suspended: " + words(group.suspended()));
  }

  /** Beside its id on Tab: {@code api 4 in service, 1 standby}. */
  public static String candidate(ScalingGroup group) {
    return TextSanitizer.line(group.name())
        + "  "
        + group.inService()
        + " in service"
        + part(group.protectedInstances(), " protected")
        + part(group.standby(), " standby");
  }

  public static JsonObject json(ScalingGroup group) {
    JsonObject json = new JsonObject();
    json.addProperty("id", group.id());
    json.addProperty("name", group.name());
    json.addProperty("region", group.region());
    json.addProperty("lifecycleState", group.lifecycleState());
    json.addProperty("inService", group.inService());
    json.addProperty("protected", group.protectedInstances());
    json.addProperty("standby", group.standby());
    json.addProperty("other", group.other());
    json.addProperty("total", group.total());
    json.addProperty("minSize", group.minSize());
    json.addProperty("maxSize", group.maxSize());
    json.add("suspended", JsonOutput.tree(ordered(group.suspended())));
    return json;
  }

  /** {@code asg-bp1web "web"}. */
  public static String named(ScalingGroup group) {
    return TextSanitizer.line(group.id())
        + (group.name().isEmpty() ? "" : " " + DescriptionList.quoted(group.name()));
  }

  /** In the vendor's order, whatever order the set has. */
  static String words(Set<ScalingProcess> processes) {
    return String.join(", ", ordered(processes));
  }

  public static List<String> ordered(Set<ScalingProcess> processes) {
    return EnumSet.allOf(ScalingProcess.class).stream()
        .filter(processes::contains)
        .map(ScalingProcess::word)
        .collect(Collectors.toList());
  }

  static String part(int n, String state) {
    return n == 0 ? "" : ", " + n + state;
  }
}
