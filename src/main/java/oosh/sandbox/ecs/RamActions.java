package oosh.sandbox.ecs;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.Resources;
import oosh.sandbox.api.Sha256;
import oosh.sandbox.api.WireJson;

/** The actions of RAM (2015-05-01) by which a caller finds the roles that OOS may assume. */
public final class RamActions {
  private static final String TRUST = Resources.text("seed/trust-policy.json").strip();

  /**
   * @param service who may assume the role (source: OOS help, for OOSServiceRole)
   */
  record RamRole(String name, String service, String description) {
    String roleId() {
      return "3" + Sha256.hex(name).replaceAll("[a-f]", "0").substring(0, 17);
    }

    String arn() {
      return "acs:ram::1000000000000000:role/" + name.toLowerCase(Locale.ROOT);
    }

    String trust() {
      return TRUST.formatted(service);
    }
  }

  private static final List<RamRole> ROLES =
      List.of(WireJson.resource("seed/roles.json", RamRole[].class));

  private RamActions() {}

  public static Map<String, ApiAction> actions() {
    return Map.of("ListRoles", ApiAction.list(call -> ROLES), "GetRole", RamActions::get);
  }

  private static JsonObject get(ApiCall call) {
    String name = call.required("RoleName");
    for (RamRole role : ROLES) {
      if (role.name().equals(name)) {
        return WireJson.wrapped("Role", call.shaped("RoleWithPolicy", role));
      }
    }
    throw ApiException.of("EntityNotExist.Role", name);
  }
}
