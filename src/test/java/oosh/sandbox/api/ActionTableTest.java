package oosh.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import org.junit.jupiter.api.Test;

/** What the tables of actions say, held against what the sandbox answers. */
class ActionTableTest {
  private record Listed(String name, ActionTable.Version version, ActionRow row) {}

  private static List<Listed> rows() {
    List<Listed> all = new ArrayList<>();
    for (String product : ActionTable.PRODUCTS) {
      ActionTable table = ActionTable.of(product);
      table
          .versions()
          .forEach(
              (name, version) ->
                  table.actions().forEach(row -> all.add(new Listed(name, version, row))));
    }
    return all;
  }

  @Test
  void refusesACallWithoutItsRequiredParameters() {
    try (Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps())) {
      SandboxCaller caller = new SandboxCaller(sandbox);
      for (Listed each : rows()) {
        if (!each.row().required.isEmpty()) {
          SandboxCaller.Reply reply = caller.call(each.name(), each.row().action, "RegionId", "");
          assertThat(reply.code()).as(each.row().action).isEqualTo("MissingParameter");
          assertThat(each.row().required)
              .as(each.row().action)
              .anyMatch(name -> reply.text().contains("\\\"" + name + "\\\""));
        }
      }
    }
  }

  @Test
  void refusesANumberAboveItsBoundInAList() {
    try (Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps())) {
      SandboxCaller caller = new SandboxCaller(sandbox);
      for (Listed each : rows()) {
        if (each.row().list.isEmpty() || !Set.of("RegionId").containsAll(each.row().required)) {
          continue;
        }
        Map<String, List<Integer>> numbers = new HashMap<>(each.version().numbers);
        numbers.putAll(each.row().numbers);
        numbers.forEach(
            (name, bounds) -> {
              long over = bounds.get(2) + 1L;
              SandboxCaller.Reply reply =
                  caller.call(each.name(), each.row().action, name, "" + over);
              assertThat(reply.code()).as(each.row().action).isEqualTo("InvalidParameter");
              assertThat(reply.text()).as(each.row().action).contains(name);
            });
      }
    }
  }

  @Test
  void requiresOnlyParametersThatTheActionHas() {
    for (Listed each : rows()) {
      ActionRow row = each.row();
      assertThat(row.parameters()).as(row.action).containsAll(row.required);
      assertThat(row.parameters()).as(row.action).containsAll(row.defaults.keySet());
    }
  }
}
