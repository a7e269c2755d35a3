package oosh.sandbox.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.ess.ContainerSpecs;
import oosh.sandbox.play.Engine;
import oosh.sandbox.state.EmulatedGroup;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.Image;
import oosh.sandbox.state.ScalingConfiguration;
import oosh.sandbox.state.StoredTemplate;

/**
 * Sets a stage: a group like one that is somewhere else, in the place of all groups there are, with
 * the images and packages that it is to be updated with.
 */
final class GroupCloner {
  private final Engine engine;

  GroupCloner(Engine engine) {
    this.engine = engine;
  }

  boolean stage(JsonObject order) {
    ControlOrder.only(
        order,
        Set.of(
            "group",
            "name",
            "regionId",
            "groupType",
            "suspended",
            "osType",
            "scalingConfigurationId",
            "imageId",
            "containers",
            "images",
            "packages",
            "instances"));
    if (engine.running() > 0) {
      throw ApiException.of("Running");
    }
    EmulatedGroup group = new EmulatedGroup();
    group.id = ControlOrder.text(order, "group");
    group.name = ControlOrder.text(order, "name");
    group.regionId = ControlOrder.text(order, "regionId");
    group.createdAt = engine.now();
    if (ControlOrder.text(order, "groupType").equals(EmulatedGroup.ECI)) {
      group.type = EmulatedGroup.ECI;
    }
    List<String> suspended = ControlOrder.strings(order, "suspended");
    if (!EmulatedGroup.PROCESSES.containsAll(suspended)) {
      throw ApiException.invalid("There is no such scaling process.");
    }
    group.suspended.addAll(suspended);
    String system = order.has("osType") ? ControlOrder.text(order, "osType") : "linux";
    group.configurations.add(configuration(order, group, system));
    JsonArray instances =
        order.get("instances") instanceof JsonArray array ? array : new JsonArray();
    if (instances.size() > ControlOrder.MOST_INSTANCES) {
      throw ApiException.invalid(
          "A group has at most " + ControlOrder.MOST_INSTANCES + " instances.");
    }
    Map<String, EmulatedInstance> members = new LinkedHashMap<>();
    for (JsonElement each : instances) {
      EmulatedInstance member = member(each, group, system, members.size());
      members.put(member.id, member);
    }
    ControlOrder.strings(order, "images").forEach(id -> know(id, system));
    packages(order, group.regionId);
    engine.fleet.replaceAll(group, List.copyOf(members.values()));
    return true;
  }

  private ScalingConfiguration configuration(JsonObject order, EmulatedGroup group, String system) {
    ScalingConfiguration configuration = new ScalingConfiguration();
    String id = ControlOrder.text(order, "scalingConfigurationId");
    configuration.id = id.isEmpty() ? group.activeConfigurationId() : id;
    configuration.name = configuration.id;
    configuration.createdAt = group.createdAt;
    if (group.type.equals(EmulatedGroup.ECI)) {
      configuration.containers =
          order.get("containers") instanceof JsonArray told && !told.isEmpty()
              ? ContainerSpecs.updated(new JsonArray(), told, ContainerSpecs.RENEW)
              : ContainerSpecs.seeded();
    } else {
      String image = ControlOrder.text(order, "imageId");
      configuration.imageId =
          !image.isEmpty() ? image : system.equals("windows") ? Image.WINDOWS : Image.LINUX;
      know(configuration.imageId, system);
    }
    return configuration;
  }

  private EmulatedInstance member(
      JsonElement told, EmulatedGroup group, String system, int number) {
    if (!(told instanceof JsonObject one)) {
      throw ApiException.invalid("An instance is a JSON object.");
    }
    ControlOrder.only(one, Set.of("instance", "lifecycleState", "zoneId", "imageId", "packages"));
    ScalingConfiguration configuration = group.configurations.get(0);
    EmulatedInstance member = new EmulatedInstance();
    member.id = ControlOrder.text(one, "instance");
    // It is the name of a host and of a directory.
    if (!member.id.matches("[A-Za-z0-9][A-Za-z0-9-]{0,62}")) {
      throw ApiException.invalid("No instance can be called " + member.id + ".");
    }
    member.regionId = group.regionId;
    member.lifecycleState = ControlOrder.lifecycleState(ControlOrder.text(one, "lifecycleState"));
    member.zoneId = ControlOrder.text(one, "zoneId");
    member.osType = system;
    member.createdAt = engine.now();
    member.privateIp = "10.0." + number / 250 + "." + (number % 250 + 1);
    if (group.type.equals(EmulatedGroup.ECI)) {
      member.containers = configuration.containers.deepCopy();
      member.imageId = "";
    } else {
      String image = ControlOrder.text(one, "imageId");
      member.imageId = image.isEmpty() ? configuration.imageId : image;
      know(member.imageId, system);
    }
    if (one.get("packages") instanceof JsonObject packages) {
      packages
          .keySet()
          .forEach(
              name ->
                  member.packages.put(
                      name,
                      new EmulatedInstance.InstalledPackage(
                          ControlOrder.text(packages, name), engine.now())));
    }
    return member;
  }

  /** From now on there is such an image. */
  private void know(String id, String system) {
    if (engine.images.named(id).isEmpty()) {
      engine.world.images.add(new Image(id, id, "x86_64", "self", system, system));
    }
  }

  /** From now on there are such packages, each with versions of these names, the oldest first. */
  private void packages(JsonObject order, String regionId) {
    if (!(order.get("packages") instanceof JsonObject packages)) {
      return;
    }
    for (String name : packages.keySet()) {
      engine.world.templates.removeIf(t -> t.name.equals(name));
      StoredTemplate pack = new StoredTemplate();
      pack.name = name;
      pack.type = StoredTemplate.PACKAGE;
      pack.share = StoredTemplate.PRIVATE;
      pack.regionId = regionId;
      pack.createdBy = StoredTemplate.CALLER;
      pack.createdAt = engine.now();
      ControlOrder.strings(packages, name)
          .forEach(version -> pack.add("{}", version, "", engine.now()));
      if (!pack.versions.isEmpty() && engine.shelf.find(name, regionId).isEmpty()) {
        engine.world.templates.add(pack);
      }
    }
  }
}
