package oosh.sandbox;

import com.google.gson.JsonObject;

/**
 * What the loop of a public template hands to the action for each instance. The loop fills in which
 * instance and, where it is asked for, the state it was found in; scripts travel beside.
 */
final class ChildParameters {
  private ChildParameters() {}

  static JsonObject of(RunningExecution root, PublicTemplate template, boolean back) {
    JsonObject given = WireJson.object("regionId", root.regionId, "instanceId", "");
    switch (template.name()) {
      case PublicTemplate.RUN_COMMAND -> {
        inGroup(root, given);
        // The template's rollback always runs a shell script, also on Windows.
        given.addProperty("commandType", back ? "RunShellScript" : root.parameter("commandType"));
        given.addProperty("lifecycleState", "");
        given.addProperty("workingDir", "");
        given.addProperty("rollBack", String.valueOf(back));
        limit(given);
      }
      case PublicTemplate.REPLACE_DISK -> {
        inGroup(root, given);
        given.addProperty("imageId", root.parameter(back ? "sourceImageId" : "imageId"));
        given.addProperty("lifecycleState", "");
        given.addProperty("rollBack", String.valueOf(back));
      }
      case PublicTemplate.PACKAGE -> {
        inGroup(root, given);
        copy(root, given, "action", "packageName", "packageVersion");
        given.addProperty("lifecycleState", "");
        given.addProperty("rollBack", "false");
      }
      case PublicTemplate.DOWNLOAD -> {
        given.addProperty("sourceType", "https");
        given.addProperty("sourcePath", root.parameter(way(back, "SourcePath")));
        downloaded(root, given, back);
      }
      case PublicTemplate.DOWNLOAD_OSS -> {
        given.add("parameters", new JsonObject());
        given.addProperty("bucketName", root.parameter(way(back, "BucketName")));
        given.addProperty("objectName", root.parameter(way(back, "ObjectName")));
        copy(root, given, "URLExpirationTime", "OSSRegion");
        downloaded(root, given, back);
      }
      case PublicTemplate.CONTAINERS -> {
        inGroup(root, given);
        given.add(
            "containerConfigure",
            root.parameters.get(back ? "sourceContainerConfigure" : "containerConfigure"));
        copy(root, given, "updateType");
        given.addProperty("rollBack", "false");
      }
      default -> throw new IllegalStateException(template.name());
    }
    return given;
  }

  static String way(boolean back, String what) {
    return (back ? "rollback" : "invoke") + what;
  }

  private static void inGroup(RunningExecution root, JsonObject given) {
    given.addProperty("scalingGroupId", root.parameter("scalingGroupId"));
  }

  private static void copy(RunningExecution root, JsonObject given, String... names) {
    for (String name : names) {
      given.add(name, root.parameters.get(name).deepCopy());
    }
  }

  private static void downloaded(RunningExecution root, JsonObject given, boolean back) {
    given.addProperty("tokenInfo", "");
    given.addProperty("destinationDir", root.parameter(way(back, "DestinationDir")));
    copy(root, given, "whetherSaveToFile");
    given.addProperty("workingDir", "");
    limit(given);
  }

  /** No template hands a time limit on. */
  private static void limit(JsonObject given) {
    given.addProperty("timeout", TaskPace.SCRIPT_SECONDS);
  }
}
