package oosh.view.place;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.plan.GroupAnswer;
import oosh.rollout.plan.ScriptVersions;
import oosh.rollout.plan.ScriptVersions.Having;
import oosh.rollout.plan.ScriptVersions.InstanceVersion;
import oosh.rollout.update.Script;
import oosh.view.GroupView;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import org.jspecify.annotations.Nullable;

/*
 * cn-hangzhou     asg-bp1api "api"  4 instances  aebc9f deploy.sh 4
 * cn-hangzhou     asg-bp1web "web"  6 instances  3f9a1c deploy.sh 2, aebc9f deploy.sh 3, unknown 1
 * ap-southeast-1  2 groups                       not read: …
 * aebc9f deploy.sh  7 instances in 2 groups
 * 3f9a1c deploy.sh  2 instances in asg-bp1web
 */
/** Which scripts run on which groups. */
public final class VersionsView {
  /** In the order in which they are told. */
  private static final Map<Having, String> OTHERS = new LinkedHashMap<>();

  static {
    OTHERS.put(Having.NONE, "none");
    OTHERS.put(Having.UNKNOWN, "unknown");
    OTHERS.put(Having.JOINED, "joined since");
  }

  private VersionsView() {}

  /**
   * @param script only who runs that one, by name or the beginning of its SHA-256; null for all
   */
  public static String text(
      List<GroupAnswer<ScriptVersions>> all, @Nullable String script, Style style) {
    if (all.isEmpty()) {
      return style.wrapped("the journal knows no launch of this profile on any group there");
    }
    GroupRows rows = new GroupRows(style);
    for (GroupAnswer<ScriptVersions> one : all) {
      ScriptVersions versions = one.answer();
      if (versions != null && script != null && running(versions, script).isEmpty()) {
        continue;
      }
      String text =
          versions == null
              ? TextSanitizer.line(one.silence())
              : script == null ? told(versions) : listed(running(versions, script));
      rows.row(
          text,
          versions == null ? style::warn : UnaryOperator.identity(),
          TextSanitizer.line(one.region()),
          named(one),
          versions == null ? "" : DescriptionList.count(versions.instances().size(), "instance"));
    }
    List<String> lines = new ArrayList<>(rows.lines());
    List<String> totals = totals(all, script, style);
    lines.addAll(
        totals.isEmpty()
            ? List.of(
                script == null
                    ? "no instance has a script"
                    : TextSanitizer.sentence("no instance that was read has %s", script))
            : totals);
    return String.join("\n", lines);
  }

  static String named(GroupAnswer<?> one) {
    ScalingGroup group = one.group();
    return group == null ? TextSanitizer.line(one.named()) : GroupView.named(group);
  }

  /** {@code 3f9a1c deploy.sh 2, aebc9f deploy.sh 3, unknown 1}. */
  private static String told(ScriptVersions versions) {
    List<String> parts = new ArrayList<>();
    byScript(versions.instances())
        .forEach((sha, of) -> parts.add(label(of.get(0)) + " " + of.size()));
    OTHERS.forEach(
        (having, word) -> {
          if (versions.count(having) > 0) {
            parts.add(word + " " + versions.count(having));
          }
        });
    return String.join(", ", parts);
  }

  /** {@code aebc9f deploy.sh: i-bp1a, i-bp1b}. */
  private static String listed(List<InstanceVersion> some) {
    return byScript(some).values().stream()
        .map(
            of ->
                label(of.get(0))
                    + ": "
                    + DescriptionList.named(
                        of.stream().map(i -> TextSanitizer.line(i.instance().id())).toList()))
        .collect(Collectors.joining("; "));
  }

  private static String label(InstanceVersion one) {
    Script script = one.script();
    return script == null ? "" : script.shortSha() + " " + TextSanitizer.line(script.name());
  }

  private static List<InstanceVersion> running(ScriptVersions versions, String script) {
    return versions.instances().stream().filter(i -> i.isOf(script)).toList();
  }

  /** The instances that have a script, by its SHA-256, that of the newest launch first. */
  private static Map<String, List<InstanceVersion>> byScript(List<InstanceVersion> some) {
    Map<String, List<InstanceVersion>> all = new LinkedHashMap<>();
    some.stream()
        .sorted(Comparator.comparingInt(InstanceVersion::age))
        .forEach(
            i -> {
              Script script = i.script();
              if (script != null) {
                all.computeIfAbsent(script.sha256(), s -> new ArrayList<>()).add(i);
              }
            });
    return all;
  }

  /** {@code aebc9f deploy.sh 7 instances in 2 groups}, that of most instances first. */
  private static List<String> totals(
      List<GroupAnswer<ScriptVersions>> all, @Nullable String only, Style style) {
    Map<String, List<InstanceVersion>> instances = new LinkedHashMap<>();
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (GroupAnswer<ScriptVersions> one : all) {
      ScriptVersions versions = one.answer();
      if (versions != null) {
        byScript(only == null ? versions.instances() : running(versions, only))
            .forEach(
                (sha, of) -> {
                  instances.computeIfAbsent(sha, s -> new ArrayList<>()).addAll(of);
                  groups.computeIfAbsent(sha, s -> new ArrayList<>()).add(one.id());
                });
      }
    }
    GroupRows rows = new GroupRows(style);
    instances.entrySet().stream()
        .sorted(Comparator.comparingInt(e -> -e.getValue().size()))
        .forEach(
            e -> {
              List<String> in = groups.getOrDefault(e.getKey(), List.of());
              rows.row(
                  DescriptionList.count(e.getValue().size(), "instance")
                      + " in "
                      + (in.size() == 1 ? TextSanitizer.line(in.get(0)) : in.size() + " groups"),
                  UnaryOperator.identity(),
                  label(e.getValue().get(0)));
            });
    return rows.lines();
  }

  /** With a script, only the groups that run it, and those that did not answer. */
  public static JsonArray json(List<GroupAnswer<ScriptVersions>> all, @Nullable String script) {
    List<GroupAnswer<ScriptVersions>> some =
        all.stream()
            .filter(
                one -> {
                  ScriptVersions versions = one.answer();
                  return versions == null || script == null || !running(versions, script).isEmpty();
                })
            .toList();
    return JsonOutput.array(some, one -> json(one, script));
  }

  private static JsonObject json(GroupAnswer<ScriptVersions> one, @Nullable String script) {
    JsonObject json = new JsonObject();
    json.addProperty("region", one.region());
    JsonOutput.put(json, "group", one.id());
    ScalingGroup group = one.group();
    JsonOutput.put(json, "name", group == null ? "" : group.name());
    ScriptVersions versions = one.answer();
    if (versions != null) {
      json.addProperty("total", versions.instances().size());
      json.add(
          "versions",
          JsonOutput.array(byScript(versions.instances()).values(), VersionsView::version));
      json.addProperty("none", versions.count(Having.NONE));
      json.addProperty("unknown", versions.count(Having.UNKNOWN));
      json.addProperty("joined", versions.count(Having.JOINED));
      if (script != null) {
        JsonOutput.put(
            json,
            "instances",
            running(versions, script).stream().map(i -> i.instance().id()).toList());
      }
    }
    JsonOutput.put(json, "problem", one.silence());
    return json;
  }

  private static JsonObject version(List<InstanceVersion> of) {
    JsonObject json = new JsonObject();
    Script script = of.get(0).script();
    if (script != null) {
      json.addProperty("script", script.name());
      json.addProperty("sha256", script.sha256());
    }
    json.addProperty("instances", of.size());
    return json;
  }
}
