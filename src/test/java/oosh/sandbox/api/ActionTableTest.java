package oosh.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import org.junit.jupiter.api.Test;

/** What the tables of actions say, held against what the sandbox answers. */
class ActionTableTest {
  private record Listed(String version, ActionRow row) {}

  private static List<Listed> rows() {
    List<Listed> all = new ArrayList<>();
    for (String product : ActionTable.PRODUCTS) {
      ActionTable table = ActionTable.of(product);
      for (String version : table.versions().keySet()) {
        table.rows(version).values().forEach(row -> all.add(new Listed(version, row)));
      }
    }
    return all;
  }

  @Test
  void refusesACallWithoutItsRequiredParameters() {
    try (Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps())) {
      SandboxCaller caller = new SandboxCaller(sandbox);
      for (Listed each : rows()) {
        if (!each.row().required().isEmpty()) {
          SandboxCaller.Reply reply =
              caller.call(each.version(), each.row().action(), "RegionId", "");
          assertThat(reply.code()).as(each.row().action()).isEqualTo("MissingParameter");
          assertThat(each.row().required())
              .as(each.row().action())
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
        boolean asks =
            each.row().access() != ActionRow.Access.CHANGE
                && Set.of("RegionId").containsAll(each.row().required());
        if (!asks) {
          continue;
        }
        each.row()
            .numbers()
            .forEach(
                (name, bounds) -> {
                  long over = bounds.get(2) + 1L;
                  SandboxCaller.Reply reply =
                      caller.call(each.version(), each.row().action(), name, "" + over);
                  assertThat(reply.code()).as(each.row().action()).isEqualTo("InvalidParameter");
                  assertThat(reply.text()).as(each.row().action()).contains(name);
                });
      }
    }
  }

  @Test
  void requiresOnlyParametersThatTheActionHas() {
    for (Listed each : rows()) {
      ActionRow row = each.row();
      assertThat(row.single()).as(row.action()).containsAll(row.required());
      assertThat(row.single()).as(row.action()).containsAll(row.defaults().keySet());
    }
  }
}
