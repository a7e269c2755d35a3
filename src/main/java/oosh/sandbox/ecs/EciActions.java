package oosh.sandbox.ecs;

import java.util.Map;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.SandboxState;

/** The action of ECI (2018-08-08) that lists container groups and their containers. */
public final class EciActions {
  private EciActions() {}

  public static Map<String, ApiAction> actions(SandboxState state) {
    return Map.of(
        "DescribeContainerGroups",
        ApiAction.list(
            call ->
                state.members.values().stream()
                    .filter(EmulatedInstance::isContainerGroup)
                    .toList()));
  }
}
