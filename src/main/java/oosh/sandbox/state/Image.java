package oosh.sandbox.state;

import com.google.gson.JsonObject;
import oosh.sandbox.api.WireJson;

/**
 * An image of ECS.
 *
 * @param owner self or system, as ECS calls the owner
 */
public record Image(
    String id, String name, String architecture, String owner, String osType, String osName) {
  public static final String LINUX = "aliyun_3_x64_20G_sandbox.vhd";
  public static final String WINDOWS = "win2022_x64_sandbox.vhd";

  public JsonObject json() {
    JsonObject json =
        WireJson.object(
            "ImageId",
            id,
            "ImageName",
            name,
            "Architecture",
            architecture,
            "ImageOwnerAlias",
            owner,
            "OSType",
            osType,
            "OSName",
            osName,
            "Status",
            "Available",
            "ImageVersion",
            "",
            "Description",
            "",
            "CreationTime",
            "2026-01-01T00:00:00Z");
    json.addProperty("Size", osType.equals("windows") ? 40 : 20);
    return json;
  }
}
