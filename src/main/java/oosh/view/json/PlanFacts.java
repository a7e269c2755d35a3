package oosh.view.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import oosh.rollout.cloud.Template;
import oosh.rollout.plan.Order;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.update.Context;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Rollout;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.view.GroupView;
import oosh.view.PayloadView;
import oosh.view.text.TextSanitizer;
import org.jspecify.annotations.Nullable;

/**
 * What a plan was made of and would send, by names that a person reads: where two plans have the
 * same facts, they start the same thing on the same group.
 */
public final class PlanFacts {
  /** A longer value, as a script is, is told by its hash. */
  private static final int LONG = 120;

  private static final String HASH = "sha256 ";

  private PlanFacts() {}

  /** Where it acts. */
  public static Map<String, String> of(Context context) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("profile", context.profile());
    facts.put("region", context.region());
    facts.put("group", context.needGroup());
    return facts;
  }

  /**
   * All of them.
   *
   * @param group as it was read for the plan
   * @param template as OOS has it; null where it goes along
   */
  public static Map<String, String> of(
      Plan plan, GroupSnapshot group, @Nullable Template template) {
    Rollout rollout = plan.rollout();
    UpdateMethod method = rollout.context().method();
    Map<String, String> facts = of(rollout.context());
    facts.put("method", method.word());
    facts.put(
        "template", template == null ? "oosh's own, " + hash(rollout.content()) : template.name());
    if (template != null) {
      facts.put("template version", template.version());
      facts.put("template parameters", hash(template.parameters().toString()));
    }
    Order order = plan.order();
    Set<String> unhealthy = order == null ? Set.of() : order.unhealthy();
    new TreeMap<>(group.states())
        .forEach(
            (id, state) ->
                facts.put("instance " + id, state + (unhealthy.contains(id) ? ", Unhealthy" : "")));
    facts.put("suspended processes", String.join(", ", GroupView.ordered(group.suspended())));
    facts.put("batches", batches(plan.batchSizes(), order));
    facts.put("at failure", rollout.spec().onFailureOrDefault().option());
    values(facts, "parameter ", rollout.parameters());
    if (rollout instanceof Launch launch) {
      values(facts, "rollback parameter ", launch.spec().rollbackValues());
      values(facts, "before the launch ", launch.baseline());
    }
    return facts;
  }

  private static String batches(List<Integer> sizes, @Nullable Order order) {
    return order == null
        ? sizes.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : order.batches().stream()
            .map(batch -> String.join(" ", batch))
            .collect(Collectors.joining(", "));
  }

  private static void values(Map<String, String> facts, String kind, Map<String, Object> values) {
    values.forEach(
        (name, value) -> {
          String text = value instanceof String s ? s : JsonOutput.line(JsonOutput.tree(value));
          facts.put(
              kind + name,
              text.length() > LONG || text.indexOf('\n') >= 0
                  ? hash(text)
                  : PayloadView.address(text));
        });
  }

  private static String hash(String text) {
    return HASH + Script.ofText("", text).sha256();
  }

  /** {@code instance i-bp1c: it was InService, and is Standby}: what differs, a line each. */
  public static List<String> differences(Map<String, String> then, Map<String, String> now) {
    Set<String> names = new LinkedHashSet<>(then.keySet());
    names.addAll(now.keySet());
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      String before = then.get(name);
      String after = now.get(name);
      if (!Objects.equals(before, after)) {
        lines.add(
            TextSanitizer.sentence("%s: it was %s, and is %s", name, shown(before), shown(after)));
      }
    }
    return lines;
  }

  private static String shown(@Nullable String value) {
    return value == null
        ? "not there"
        : value.isEmpty()
            ? "empty"
            : value.replaceAll(HASH + "([0-9a-f]{12})[0-9a-f]{52}", "sha $1");
  }
}
