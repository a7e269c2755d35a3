package oosh.sandbox.play;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.ess.ContainerSpecs;
import oosh.sandbox.ess.Fleet;
import oosh.sandbox.ess.GroupSettings;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedGroup;
import oosh.sandbox.state.Images;
import oosh.sandbox.state.LifecycleHook;
import oosh.sandbox.state.ScalingConfiguration;
import oosh.sandbox.state.TaskDurations;
import oosh.sandbox.template.PublicTemplate;
import oosh.sandbox.template.PublicTemplate.PublicTemplateTask;

/**
 * The tasks by which a public template changes what a scaling group is set up with: the image of a
 * scaling configuration, its containers, the lifecycle hook that does to new instances what the
 * update does to those that there are.
 */
final class GroupSettingTasks {
  private static final String HOOK = "ACS-ESS-LifeCycleDownloadFileAndRunCommand";
  private static final String OSS_HOOK = "ACS-ESS-LifeCycleDownloadOSSFileAndRunCommand";

  /** Where an execution keeps how many hooks of that name it found. */
  private static final String COUNT = "hooks";

  private final Fleet fleet;
  private final GroupSettings settings;
  private final Images images;

  GroupSettingTasks(Fleet fleet, GroupSettings settings, Images images) {
    this.fleet = fleet;
    this.settings = settings;
    this.images = images;
  }

  /** Whether the task's When skips it. */
  boolean skips(EmulatedExecution root, PublicTemplateTask task) {
    String count = root.found.getOrDefault(COUNT, "");
    return switch (task.step()) {
      case CREATE_HOOK -> !count.equals("0");
      case MODIFY_HOOK -> !count.equals("1");
      default -> false;
    };
  }

  /** Plays it; its outputs. */
  String play(EmulatedExecution root, PublicTemplate template, PublicTemplateTask task) {
    switch (task.step()) {
      case READ_HOOK -> {
        EmulatedGroup group = group(root);
        boolean there = GroupSettings.hookOf(group, hookName(template)).isPresent();
        root.found.put(COUNT, there ? "1" : "0");
        return WireJson.text(WireJson.object("totalCount", there ? "1" : "0"));
      }
      case CREATE_HOOK -> {
        String metadata = metadata(root, template, task);
        String name = hookName(template);
        LifecycleHook hook = settings.create(group(root), name, "SCALE_OUT", metadata);
        hook.arn = "acs:oos:" + root.regionId + ":1000000000000000:template/" + name;
      }
      case MODIFY_HOOK -> {
        String metadata = GroupSettings.metadata(metadata(root, template, task));
        GroupSettings.hook(group(root), hookName(template)).metadata = metadata;
      }
      case MODIFY_IMAGE -> {
        String image = images.image(root.parameter("imageId")).id();
        configuration(root, EmulatedGroup.ECS).imageId = image;
      }
      case MODIFY_CONTAINERS -> {
        ScalingConfiguration configuration = configuration(root, EmulatedGroup.ECI);
        configuration.containers =
            ContainerSpecs.updated(
                configuration.containers,
                root.parameters.get(
                    task.back() ? "sourceContainerConfigure" : "containerConfigure"),
                root.parameter("updateType"));
      }
      default -> throw new IllegalStateException(task.name());
    }
    return "{}";
  }

  private EmulatedGroup group(EmulatedExecution root) {
    return fleet.groupById(root.parameter("scalingGroupId"));
  }

  private ScalingConfiguration configuration(EmulatedExecution root, String type) {
    return settings.configuration(root.parameter("scalingConfigurationId"), root.regionId, type);
  }

  private static String hookName(PublicTemplate template) {
    return template.name().equals(PublicTemplate.DOWNLOAD_OSS) ? OSS_HOOK : HOOK;
  }

  /**
   * What the hook hands on. Values are pasted into the text as they are, as the templates do it: a
   * script with a quote or a line break leaves no JSON behind.
   */
  private static String metadata(
      EmulatedExecution root, PublicTemplate template, PublicTemplateTask task) {
    boolean back = task.back();
    Map<String, String> fields = new LinkedHashMap<>();
    if (template.name().equals(PublicTemplate.DOWNLOAD_OSS)) {
      fields.put("bucketName", root.parameter(way(back, "BucketName")));
      fields.put("objectName", root.parameter(way(back, "ObjectName")));
      fields.put("URLExpirationTime", root.parameter("URLExpirationTime"));
      fields.put("OSSRegion", root.parameter("OSSRegion"));
    } else {
      fields.put("sourcePath", root.parameter(way(back, "SourcePath")));
    }
    fields.put("destinationDir", root.parameter(way(back, "DestinationDir")));
    fields.put("commandContent", root.parameter(way(back, "Script")));
    fields.put("timeout", String.valueOf(TaskDurations.SCRIPT_SECONDS));
    // ESS fills these in when it calls the hook.
    for (String name : new String[] {"regionId", "instanceIds"}) {
      fields.put(name, "${" + name + "}");
    }
    for (String name : new String[] {"lifecycleHookId", "lifecycleActionToken"}) {
      fields.put(name, "${" + name + "}");
    }
    JsonObject rate = WireJson.object("Mode", "Concurrency");
    rate.addProperty("MaxErrors", 0);
    rate.addProperty("Concurrency", 10);
    fields.put("rateControl", WireJson.text(rate).replace("\"", "\\\""));
    fields.put("OOSAssumeRole", "OOSServiceRole");
    StringBuilder text = new StringBuilder("{");
    fields.forEach(
        (name, value) ->
            text.append(text.length() == 1 ? "\"" : ",\"")
                .append(name)
                .append("\":\"")
                .append(value)
                .append('"'));
    return text.append('}').toString();
  }

  private static String way(boolean back, String what) {
    return (back ? "rollback" : "invoke") + what;
  }
}
