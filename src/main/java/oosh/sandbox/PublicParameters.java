package oosh.sandbox;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import oosh.sandbox.TemplateParameters.Declared;
import org.jspecify.annotations.Nullable;

/**
 * What the six public templates declare, in the order of their texts (source of names, types,
 * defaults and limits: the public repository aliyun/oos-templates; the words are ours).
 */
final class PublicParameters {
  private static final Declared SCRIPT =
      text("invokeScript", "", "The command that the update runs");
  private static final Declared BACK_SCRIPT =
      text("rollbackScript", "", "The command that a rollback runs");
  private static final Declared MAX_ERRORS =
      declared("maxErrors", "Number", new JsonPrimitive(0), "How many instances may fail");
  private static final Declared SAVED =
      declared(
          "whetherSaveToFile",
          "Boolean",
          new JsonPrimitive(true),
          "Whether what is downloaded is kept as a file");

  private PublicParameters() {}

  static TemplateParameters of(String template) {
    List<Declared> all = new ArrayList<>();
    all.add(
        new Declared(
            "invokeType",
            "String",
            null,
            List.of("invoke", "rollback"),
            null,
            null,
            "Whether to update or to go back"));
    all.add(required("scalingGroupId", "The scaling group"));
    all.add(processes("enterProcess", "Processes that are suspended before the update"));
    all.add(processes("exitProcess", "Processes that are resumed after the update"));
    all.addAll(own(template));
    all.add(
        text(
            "batchPauseOption",
            "Automatic",
            "Whether to wait between batches",
            "Automatic",
            "FirstBatchPause",
            "EveryBatchPause"));
    all.add(
        new Declared(
            "batchNumber",
            "Number",
            new JsonPrimitive(5),
            List.of(),
            BigDecimal.ONE,
            BigDecimal.valueOf(100),
            "Into how many batches the instances are cut"));
    if (List.of(PublicTemplate.REPLACE_DISK, PublicTemplate.CONTAINERS).contains(template)) {
      all.add(MAX_ERRORS);
    }
    all.add(text("OOSAssumeRole", "", "The role that OOS takes on"));
    return new TemplateParameters(template, all);
  }

  private static List<Declared> own(String template) {
    return switch (template) {
      case PublicTemplate.RUN_COMMAND ->
          List.of(
              states(),
              text(
                  "commandType",
                  "RunShellScript",
                  "The language of the command",
                  "RunBatScript",
                  "RunPowerShellScript",
                  "RunShellScript"),
              SCRIPT,
              BACK_SCRIPT,
              source());
      case PublicTemplate.REPLACE_DISK ->
          List.of(
              states(),
              text("imageId", "", "The image of the new system disks"),
              text("sourceImageId", "", "The image that a rollback puts back"),
              source(),
              text(
                  "scalingConfigurationId",
                  "",
                  "A scaling configuration that is given the image as well"));
      case PublicTemplate.PACKAGE ->
          List.of(
              states(),
              text("action", "install", "What to do with the package", "install", "uninstall"),
              required("packageName", "The package"),
              text("packageVersion", "", "Its version; the newest if empty"),
              source());
      case PublicTemplate.DOWNLOAD ->
          List.of(
              required("invokeSourcePath", "The address that the update downloads"),
              required("invokeDestinationDir", "The folder that it is put into"),
              SCRIPT,
              required("rollbackSourcePath", "The address that a rollback downloads"),
              required("rollbackDestinationDir", "The folder that a rollback puts it into"),
              BACK_SCRIPT,
              source(),
              SAVED);
      case PublicTemplate.DOWNLOAD_OSS ->
          List.of(
              required("invokeBucketName", "The bucket of the update's object"),
              required("invokeObjectName", "The object that the update downloads"),
              required("invokeDestinationDir", "The folder that it is put into"),
              SCRIPT,
              required("rollbackBucketName", "The bucket of the rollback's object"),
              required("rollbackObjectName", "The object that a rollback downloads"),
              required("rollbackDestinationDir", "The folder that a rollback puts it into"),
              BACK_SCRIPT,
              source(),
              SAVED,
              declared(
                  "URLExpirationTime",
                  "Number",
                  new JsonPrimitive(6000),
                  "For how many seconds the object's address is good"),
              text("OSSRegion", TemplateParameters.REGION, "The region of the bucket"));
      case PublicTemplate.CONTAINERS ->
          List.of(
              declared("containerConfigure", "Json", null, "The containers of the update"),
              declared(
                  "sourceContainerConfigure",
                  "Json",
                  new JsonObject(),
                  "The containers that a rollback puts back"),
              text(
                  "updateType",
                  "IncrementalUpdate",
                  "Whether the containers are changed or replaced as a whole",
                  "RenewUpdate",
                  "IncrementalUpdate"),
              source(),
              required("scalingConfigurationId", "The scaling configuration that follows suit"));
      default -> throw new IllegalStateException(template);
    };
  }

  private static Declared declared(
      String name, String type, @Nullable JsonElement byDefault, String description) {
    return new Declared(name, type, byDefault, List.of(), null, null, description);
  }

  private static Declared required(String name, String description) {
    return declared(name, "String", null, description);
  }

  private static Declared text(
      String name, String byDefault, String description, String... allowed) {
    return new Declared(
        name, "String", new JsonPrimitive(byDefault), List.of(allowed), null, null, description);
  }

  private static Declared processes(String name, String description) {
    return declared(name, "List", WireJson.array(EmulatedGroup.PROCESSES), description);
  }

  /** Its default is a lone word, though it is a list. */
  private static Declared states() {
    return new Declared(
        "lifecycleState",
        "List",
        new JsonPrimitive(Member.IN_SERVICE),
        List.of(Member.IN_SERVICE, Member.PROTECTED),
        null,
        null,
        "In which states an instance takes part");
  }

  private static Declared source() {
    return text("sourceExecutionId", "", "The execution that a rollback goes back from");
  }
}
