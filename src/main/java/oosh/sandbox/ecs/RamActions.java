package oosh.sandbox.ecs;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.ListFormat;
import oosh.sandbox.api.Sha256;
import oosh.sandbox.api.WireJson;

/** The few actions of RAM (2015-05-01) by which a caller finds the roles that OOS may take on. */
public final class RamActions {
  /**
   * Assumed: that a role's name is in small letters in its Arn.
   *
   * @param service who may take the role on (source: OOS help, for OOSServiceRole)
   */
  private record RamRole(String name, String service, String description) {
    JsonObject json() {
      JsonObject json =
          WireJson.object(
              "RoleId",
              "3" + Sha256.hex(name).replaceAll("[a-f]", "0").substring(0, 17),
              "RoleName",
              name,
              "Arn",
              "acs:ram::1000000000000000:role/" + name.toLowerCase(java.util.Locale.ROOT),
              "Description",
              description,
              "CreateDate",
              "2026-01-01T00:00:00Z",
              "UpdateDate",
              "2026-01-01T00:00:00Z");
      json.addProperty("MaxSessionDuration", 3600);
      return json;
    }

    /** Who may take it on. */
    String trust() {
      JsonObject statement = WireJson.object("Action", "sts:AssumeRole", "Effect", "Allow");
      JsonObject principal = new JsonObject();
      principal.add("Service", WireJson.array(List.of(service)));
      statement.add("Principal", principal);
      JsonArray statements = new JsonArray();
      statements.add(statement);
      JsonObject policy = new JsonObject();
      policy.add("Statement", statements);
      policy.addProperty("Version", "1");
      return WireJson.text(policy);
    }
  }

  private static final List<RamRole> ROLES =
      List.of(WireJson.resource("seed/roles.json", RamRole[].class));

  private RamActions() {}

  public static Map<String, ApiAction> actions() {
    return Map.of("ListRoles", RamActions::list, "GetRole", RamActions::get);
  }

  /** Lists are wrapped. */
  private static JsonObject list(ApiCall call) {
    int size = call.number("MaxItems");
    String marker = call.get("Marker");
    List<RamRole> left = ROLES;
    if (marker != null) {
      List<String> names = ROLES.stream().map(RamRole::name).toList();
      if (!names.contains(marker)) {
        throw ApiException.invalid("The parameter \"Marker\" is not valid.");
      }
      left = ROLES.subList(names.indexOf(marker) + 1, ROLES.size());
    }
    List<RamRole> page = left.subList(0, Math.min(size, left.size()));
    boolean more = page.size() < left.size();
    JsonArray roles = new JsonArray();
    page.forEach(role -> roles.add(role.json()));
    JsonObject answer = new JsonObject();
    answer.addProperty("IsTruncated", more);
    answer.addProperty("Marker", more ? page.get(page.size() - 1).name() : "");
    ListFormat.WRAPPED.put(answer, "Roles", "Role", roles);
    return answer;
  }

  private static JsonObject get(ApiCall call) {
    String name = call.required("RoleName");
    RamRole role =
        ROLES.stream()
            .filter(r -> r.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    // Assumed code, from memory of the API.
                    new ApiException(404, "EntityNotExist.Role", "There is no role " + name + "."));
    JsonObject json = role.json();
    json.addProperty("AssumeRolePolicyDocument", role.trust());
    JsonObject answer = new JsonObject();
    answer.add("Role", json);
    return answer;
  }
}
