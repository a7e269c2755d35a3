package oosh.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import oosh.rollout.ExecutionStatus;

/*
 * Failed on 1 of 3 instances: i-bp1c
 *     disk full
 * Success on 2 of 3 instances: i-bp1a, i-bp1b
 *     updated to 2.4.1
 * Success on 1 of 3 instances: i-bp1d
 *     (24,576 characters left out: outputs exec-1 i-bp1d)
 */
/** What a script printed: equal outputs once, with their instances; the odd ones first. */
public final class OutputsView {
  private OutputsView() {}

  private record Printed(ExecutionStatus status, String text, int leftOut) {}

  private record Group(Printed printed, List<String> instances) {}

  /**
   * @param execution whose they are
   */
  public static String text(String execution, List<InstanceOutput> outputs, Style style) {
    if (outputs.isEmpty()) {
      return "no instance has printed anything";
    }
    Sentences out = new Sentences(style, 4);
    for (Group group : groups(outputs)) {
      out.head(
          style.status(group.printed().status())
              + " on "
              + (outputs.size() == 1
                  ? ""
                  : group.instances().size()
                      + " of "
                      + Sentences.count(outputs.size(), "instance")
                      + ": ")
              + group.instances().stream().map(Safe::line).collect(Collectors.joining(", ")));
      if (group.printed().leftOut() > 0) {
        out.block(
            String.format(
                Locale.ROOT,
                "(%,d characters left out: outputs %s %s)",
                group.printed().leftOut(),
                execution,
                Safe.line(group.instances().get(0))));
        continue;
      }
      String text = Safe.text(group.printed().text()).stripTrailing();
      out.block(text.isEmpty() ? style.dim("(printed nothing)") : text);
    }
    return out.text();
  }

  /**
   * An array of {@code {status, instances, text}}, in the order of the screen; in place of a text
   * that was left out, {@code leftOut} says how many characters it has.
   */
  public static JsonArray json(List<InstanceOutput> outputs) {
    JsonArray json = new JsonArray();
    for (Group group : groups(outputs)) {
      JsonObject one = new JsonObject();
      one.addProperty("status", group.printed().status().word());
      one.add("instances", Json.tree(group.instances()));
      if (group.printed().leftOut() > 0) {
        one.addProperty("leftOut", group.printed().leftOut());
      } else {
        one.addProperty("text", group.printed().text());
      }
      json.add(one);
    }
    return json;
  }

  private static List<Group> groups(List<InstanceOutput> outputs) {
    Map<Printed, List<String>> equal = new LinkedHashMap<>();
    for (InstanceOutput o : outputs) {
      equal
          .computeIfAbsent(new Printed(o.status(), o.text(), o.leftOut()), p -> new ArrayList<>())
          .add(o.instance());
    }
    return equal.entrySet().stream()
        .map(e -> new Group(e.getKey(), e.getValue()))
        .sorted(
            Comparator.<Group>comparingInt(g -> g.instances().size())
                .thenComparing(g -> g.printed().status().isSuccess()))
        .toList();
  }
}
