package oosh.aliyun;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oosh.rollout.cloud.CatalogueItem;
import org.jspecify.annotations.Nullable;

/** The roles of RAM (2015-05-01) that OOS may take on. They are the account's, in every region. */
final class RamRoles {
  /** Each of these is one more question. */
  private static final int MOST = 100;

  /**
   * Whom a role must trust. Source: roles for OOS in public Terraform configurations; OOS's other
   * principals are those of service-linked roles (source: OOS help, "oos-linked-roles", 2024-12).
   */
  private static final String OOS = "oos.aliyuncs.com";

  private final RpcService ram;

  RamRoles(RpcClient caller) {
    this.ram = RpcService.ram(caller);
  }

  List<CatalogueItem> list() {
    List<JsonObject> listed =
        ram.read(
            "ListRoles",
            "list the roles",
            Map.of("MaxItems", String.valueOf(MOST)),
            answer -> ram.objects(answer, "Roles.Role"));
    List<CatalogueItem> roles = new ArrayList<>();
    for (JsonObject role : listed.subList(0, Math.min(MOST, listed.size()))) {
      String name = JsonFields.text(role, "RoleName");
      if (!name.isEmpty() && trustsOos(name)) {
        roles.add(new CatalogueItem(name, "", JsonFields.text(role, "Description")));
      }
    }
    return List.copyOf(roles);
  }

  /** The list does not tell whom a role trusts. */
  private boolean trustsOos(String role) {
    return ram.read(
        "GetRole",
        "read role " + CallFailureMapper.clean(role),
        Map.of("RoleName", role),
        answer -> {
          JsonObject policy =
              JsonFields.objectIn(JsonFields.objectIn(answer, "Role"), "AssumeRolePolicyDocument");
          List<JsonObject> statements = JsonFields.objects(policy.get("Statement"));
          return statements != null && statements.stream().anyMatch(RamRoles::letsOosIn);
        });
  }

  private static boolean letsOosIn(JsonObject statement) {
    JsonElement service = JsonFields.objectIn(statement, "Principal").get("Service");
    return JsonFields.text(statement, "Effect").equals("Allow")
        && (service instanceof JsonArray services
            ? services.asList().stream().anyMatch(RamRoles::isOos)
            : isOos(service));
  }

  private static boolean isOos(@Nullable JsonElement service) {
    return service instanceof JsonPrimitive p && p.getAsString().equals(OOS);
  }
}
