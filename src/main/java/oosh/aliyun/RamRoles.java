package oosh.aliyun;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import oosh.rollout.cloud.CatalogueItem;

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
    return listed.stream()
        .limit(MOST)
        .map(
            role ->
                new CatalogueItem(
                    JsonFields.text(role, "RoleName"), "", JsonFields.text(role, "Description")))
        .filter(role -> !role.value().isEmpty() && trustsOos(role.value()))
        .toList();
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
          return JsonFields.objects(policy.get("Statement")).orElse(List.of()).stream()
              .anyMatch(RamRoles::letsOosIn);
        });
  }

  private static boolean letsOosIn(JsonObject statement) {
    JsonElement service = JsonFields.objectIn(statement, "Principal").get("Service");
    return JsonFields.text(statement, "Effect").equals("Allow")
        && JsonFields.texts(service).contains(OOS);
  }
}
