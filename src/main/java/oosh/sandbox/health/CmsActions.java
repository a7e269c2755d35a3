package oosh.sandbox.health;

import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.state.AlarmRule;
import oosh.sandbox.state.SandboxState;

/** The action of CloudMonitor (CMS, 2019-01-01) by which a caller reads the states of alarms. */
final class CmsActions {
  /** Source: CMS help, DescribeMetricRuleList, 2026-01. */
  private static final int MAX_IDS = 20;

  private final SandboxState state;

  CmsActions(SandboxState state) {
    this.state = state;
  }

  Map<String, ApiAction> actions() {
    ApiAction list = ApiAction.list(this::rules);
    return Map.of("DescribeMetricRuleList", call -> succeeded(list.answer(call)));
  }

  private static JsonObject succeeded(JsonObject answer) {
    answer.addProperty("Success", true);
    answer.addProperty("Code", 200);
    return answer;
  }

  record RuleItem(AlarmRule rule, String state) {
    Map<String, Object> escalations() {
      Map<String, Object> critical =
          Map.of(
              "ComparisonOperator",
              "GreaterThanThreshold",
              "Statistics",
              "Average",
              "Threshold",
              rule.threshold(),
              "Times",
              3);
      return Map.of("Critical", critical);
    }
  }

  /** RuleIds is a list with commas; an id that there is not is left out of the answer. */
  private Collection<?> rules(ApiCall call) {
    String given = call.get("RuleIds");
    List<String> ids = given == null ? List.of() : List.of(given.split(",", -1));
    if (ids.size() > MAX_IDS) {
      throw ApiException.of("ParameterInvalid", "RuleIds has more than " + MAX_IDS + " ids.");
    }
    return AlarmRule.all(state).stream()
        .filter(rule -> given == null || ids.contains(rule.id()))
        .map(rule -> new RuleItem(rule, rule.state(state)))
        .toList();
  }
}
