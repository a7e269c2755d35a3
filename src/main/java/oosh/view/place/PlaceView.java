package oosh.view.place;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.ProfileMark;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateSpec;
import oosh.view.GroupView;
import oosh.view.SessionStatusView;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import org.jspecify.annotations.Nullable;

/*
 * where the next commands act
 *   profile  prod-eu [production] (option --profile)
 *   region   cn-hangzhou (the profile's own)
 *   group    asg-bp1web "web": 6 instances in service (use, typed here)
 *   method   run-script (the default)
 *   staged   script, rollback, batch
 *   limits   read-only: a verb that changes something is refused
 */
/** Where a shell acts, and where each part of that came from. */
public final class PlaceView {
  private PlaceView() {}

  /**
   * @param origins in words, by {@code profile}, {@code region}, {@code group} and {@code method}
   * @param staged the names of what is staged; "" for nothing
   */
  public static String text(
      Context context,
      @Nullable ScalingGroup group,
      ProfileMark mark,
      boolean readOnly,
      String staged,
      Map<String, String> origins,
      Style style) {
    DescriptionList out = new DescriptionList(style, 9);
    out.head("where the next commands act");
    out.row(
        "profile",
        ProfileLabel.of(context.profile(), mark, false, style) + from(origins, "profile"));
    out.row(
        "region",
        context.region().isEmpty()
            ? "none chosen: use region R"
            : TextSanitizer.line(context.region()) + from(origins, "region"));
    String id = context.group();
    out.row(
        "group",
        id == null
            ? "none chosen: use group ID"
            : (group == null ? TextSanitizer.line(id) : GroupView.line(group))
                + from(origins, "group"));
    out.row("method", TextSanitizer.line(context.method().word()) + from(origins, "method"));
    out.row("staged", staged.isEmpty() ? "nothing" : TextSanitizer.line(staged));
    out.row("limits", readOnly ? "read-only: a verb that changes something is refused" : "");
    return out.text();
  }

  private static String from(Map<String, String> origins, String part) {
    return " (" + TextSanitizer.line(origins.getOrDefault(part, "")) + ")";
  }

  public static JsonObject json(
      Context context,
      @Nullable ScalingGroup group,
      UpdateSpec staging,
      ProfileMark mark,
      boolean readOnly,
      Map<String, String> origins) {
    JsonObject json = SessionStatusView.json(context, group, staging, Map.of(), Optional.empty());
    JsonOutput.put(json, "mark", mark.word());
    JsonOutput.put(json, "colour", mark.colour() == null ? "" : mark.colour().word());
    json.addProperty("readOnly", readOnly);
    json.add("origins", JsonOutput.tree(origins));
    return json;
  }
}
