package oosh.sandbox.ecs;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.SandboxState;

/**
 * The action of ECI (2018-08-08) that lists what container groups run; its list is a bare array.
 */
public final class EciActions {
  private final SandboxState world;

  public EciActions(SandboxState world) {
    this.world = world;
  }

  public Map<String, ApiAction> actions() {
    return Map.of("DescribeContainerGroups", this::groups);
  }

  private JsonObject groups(ApiCall call) {
    List<String> ids = call.list("ContainerGroupIds");
    List<EmulatedInstance> found =
        world.members.values().stream()
            .filter(m -> m.isContainerGroup() && m.regionId.equals(call.region()))
            .filter(m -> ids.isEmpty() || ids.contains(m.id))
            .toList();
    int size = call.number("Limit");
    int from = call.number("NextToken");
    JsonArray groups = new JsonArray();
    found.stream().skip(from).limit(size).forEach(member -> groups.add(json(member)));
    boolean more = from + size < found.size();
    JsonObject answer = WireJson.object("NextToken", more ? String.valueOf(from + size) : "");
    answer.addProperty("TotalCount", found.size());
    answer.add("ContainerGroups", groups);
    return answer;
  }

  private static JsonObject json(EmulatedInstance member) {
    JsonObject json =
        WireJson.object(
            "ContainerGroupId",
            member.id,
            "ContainerGroupName",
            member.id,
            "RegionId",
            member.regionId,
            "Status",
            member.status,
            "IntranetIp",
            member.privateIp,
            "CreationTime",
            VendorTimes.seconds(member.createdAt));
    JsonArray containers = member.containers;
    json.add("Containers", containers == null ? new JsonArray() : containers);
    return json;
  }
}
