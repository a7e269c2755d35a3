package oosh.sandbox.http;

import com.google.gson.JsonObject;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.StagedWorld;
import org.jspecify.annotations.Nullable;

/** The bodies of the control API's orders. */
final class ControlOrders {
  /**
   * The permissions that a role lacks.
   *
   * @param lacks empty gives the role all permissions again
   */
  record Role(@Nullable String role, @Nullable List<String> lacks) {}

  /**
   * A change of an instance, of a group or of an execution, as another user of the cloud could make
   * it.
   *
   * @param service what the instance's service answers: up, down, or a status of HTTP
   * @param tags that ECS has of the instance besides those that it has of it already
   * @param detached an instance leaves its group; ECS still knows the instance
   * @param suspend the scaling processes that are suspended
   * @param instances the size of the group
   * @param seconds in how many seconds the group has that size; null for at once
   * @param activity the description of a scaling activity that does not end; "" for none
   * @param alarm the id of an alarm rule, whose state is then {@code alertState}
   * @param forgotten the id of an execution that is deleted
   */
  record Change(
      @Nullable String instance,
      @Nullable String lifecycleState,
      @Nullable String healthStatus,
      @Nullable String status,
      @Nullable String service,
      @Nullable Map<String, String> tags,
      @Nullable String zoneId,
      @Nullable Boolean detached,
      @Nullable String group,
      @Nullable List<String> suspend,
      @Nullable Integer instances,
      @Nullable Integer seconds,
      @Nullable String activity,
      @Nullable Boolean systemSuspended,
      @Nullable String alarm,
      @Nullable String alertState,
      @Nullable String forgotten) {}

  /**
   * An answer to an execution that waits for an approval, in place of a person.
   *
   * @param user the name of a RAM user
   * @param note null for none
   */
  record Approval(
      @Nullable String execution,
      @Nullable String user,
      @Nullable Boolean approved,
      @Nullable String note) {}

  /** A group in the place of all groups. */
  static final class Group {
    String group = "";
    String name = "";
    String regionId = "";
    String osType = "linux";
    List<String> suspended = List.of();
    List<Instance> instances = List.of();

    /** What is around it; null for what every sandbox has. */
    @Nullable StagedWorld around;
  }

  /** An instance of that group. */
  static final class Instance {
    String instance = "";
    String lifecycleState = "";
    String zoneId = "";
  }

  private ControlOrders() {}

  /**
   * @throws ApiException InvalidParameter for a body with another field, or that is no JSON object
   * @throws com.google.gson.JsonParseException for a field of another type
   */
  static <T> T read(byte[] body, Class<T> type) {
    JsonObject json = WireJson.parseObject(new String(body, StandardCharsets.UTF_8));
    if (json == null) {
      throw ApiException.invalid("The body is not a JSON object.");
    }
    Set<String> fields =
        Stream.of(type.getDeclaredFields()).map(Field::getName).collect(Collectors.toSet());
    for (String name : json.keySet()) {
      if (!fields.contains(name)) {
        throw ApiException.invalid("There is no field \"" + name + "\".");
      }
    }
    return WireJson.GSON.fromJson(json, type);
  }
}
