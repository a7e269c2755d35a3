package oosh.sandbox.play;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.sandbox.api.Resources;
import oosh.sandbox.ess.ContainerSpecs;
import oosh.sandbox.ess.Fleet;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedGroup;
import oosh.sandbox.state.Images;
import oosh.sandbox.state.LifecycleHook;
import oosh.sandbox.state.ScalingConfiguration;
import oosh.sandbox.template.EmulatedTemplate.TemplateTask;
import oosh.sandbox.template.PublicTemplates;

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

  GroupSettingTasks(Fleet fleet) {
    this.fleet = fleet;
  }

  /** Whether the task's When skips it. */
  boolean skips(EmulatedExecution root, TemplateTask task) {
    String count = root.found.getOrDefault(COUNT, "");
    return switch (task.kind()) {
      case CREATE_HOOK -> !count.equals("0");
      case MODIFY_HOOK -> !count.equals("1");
      default -> false;
    };
  }

  /** Carries out the task. */
  TaskTransition run(EmulatedExecution root, TemplateTask task) {
    switch (task.kind()) {
      case READ_HOOK -> {
        EmulatedGroup group = group(root);
        boolean there = Fleet.hookOf(group, hookName(root)).isPresent();
        root.found.put(COUNT, there ? "1" : "0");
        return TaskTransition.on("totalCount", there ? "1" : "0");
      }
      case CREATE_HOOK -> {
        String metadata = metadata(root);
        String name = hookName(root);
        LifecycleHook hook = fleet.createHook(group(root), name);
        hook.metadata = metadata;
        hook.arn = "acs:oos:" + root.regionId + ":1000000000000000:template/" + name;
      }
      case MODIFY_HOOK -> Fleet.hook(group(root), hookName(root)).metadata = metadata(root);
      case MODIFY_IMAGE -> {
        String image = Images.image(root.parameter("imageId")).id();
        configuration(root, EmulatedGroup.ECS).imageId = image;
      }
      case MODIFY_CONTAINERS -> {
        ScalingConfiguration configuration = configuration(root, EmulatedGroup.ECI);
        configuration.containers =
            ContainerSpecs.updated(
                configuration.containers,
                root.parameters.get(
                    way(root).equals("rollback")
                        ? "sourceContainerConfigure"
                        : "containerConfigure"),
                root.parameter("updateType"));
      }
      default -> throw new IllegalStateException(task.name());
    }
    return TaskTransition.on();
  }

  private EmulatedGroup group(EmulatedExecution root) {
    return fleet.groupById(root.parameter("scalingGroupId"));
  }

  private ScalingConfiguration configuration(EmulatedExecution root, String type) {
    return fleet.configuration(root.parameter("scalingConfigurationId"), root.regionId, type);
  }

  /** Whether it is the update or the rollback: how the names of their parameters begin. */
  private static String way(EmulatedExecution root) {
    return root.parameter("invokeType");
  }

  private static String hookName(EmulatedExecution root) {
    return root.templateName.equals(PublicTemplates.DOWNLOAD_OSS) ? OSS_HOOK : HOOK;
  }

  /**
   * What the hook hands on. Values are pasted into the text as they are, as the templates do it: a
   * script with a quote or a line break leaves no JSON behind.
   */
  private static String metadata(EmulatedExecution root) {
    String text = Resources.text("templates/" + hookName(root) + ".txt").replace("\n", "");
    return Fleet.metadata(
        Pattern.compile("<(\\w+)>")
            .matcher(text)
            .replaceAll(
                name ->
                    Matcher.quoteReplacement(
                        root.parameter(name.group(1).replaceFirst("^way", way(root))))));
  }
}
