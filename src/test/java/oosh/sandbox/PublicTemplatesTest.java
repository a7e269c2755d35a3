package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.stream.Stream;
import oosh.sandbox.api.SandboxCaller;
import oosh.sandbox.api.WireJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the six public templates declare, as it is read over the wire. */
class PublicTemplatesTest {
  private static final String PREFIX = "ACS-ESS-RollingUpdateBy";

  private static final String COMMON =
      """
      invokeType String required invoke|rollback
      scalingGroupId String required
      enterProcess List ["ScaleIn","ScaleOut","HealthCheck","AlarmNotification","ScheduledAction"]
      exitProcess List ["ScaleIn","ScaleOut","HealthCheck","AlarmNotification","ScheduledAction"]
      sourceExecutionId String ""
      batchPauseOption String "Automatic" Automatic|FirstBatchPause|EveryBatchPause
      batchNumber Number 5 1..100
      OOSAssumeRole String ""
      """;

  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private final SandboxCaller caller = new SandboxCaller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private JsonObject content(String name) {
    JsonObject answer =
        caller.call(SandboxCaller.OOS, "GetTemplate", "TemplateName", PREFIX + name).json();
    assertThat(answer.getAsJsonObject("Template").get("TemplateType").getAsString())
        .isEqualTo("Automation");
    return JsonParser.parseString(answer.get("Content").getAsString()).getAsJsonObject();
  }

  private List<String> declared(String name) {
    JsonObject parameters = content(name).getAsJsonObject("Parameters");
    return parameters.asMap().entrySet().stream()
        .map(e -> row(e.getKey(), e.getValue().getAsJsonObject()))
        .toList();
  }

  private static String row(String name, JsonObject shape) {
    assertThat(shape.get("Description").getAsString()).isNotEmpty();
    String row = name + " " + shape.get("Type").getAsString() + " ";
    row += shape.has("Default") ? shape.get("Default") : "required";
    if (shape.has("AllowedValues")) {
      List<String> allowed = WireJson.strings(shape.get("AllowedValues"));
      row += " " + String.join("|", allowed == null ? List.of() : allowed);
    }
    if (shape.has("MinValue") || shape.has("MaxValue")) {
      row += " " + shape.get("MinValue") + ".." + shape.get("MaxValue");
    }
    return row;
  }

  private void declares(String name, String own) {
    assertThat(declared(name))
        .containsExactlyInAnyOrderElementsOf(Stream.concat(COMMON.lines(), own.lines()).toList());
  }

  @Test
  void runCommand() {
    declares(
        "RunCommandInScalingGroup",
        """
        lifecycleState List "InService" InService|Protected
        commandType String "RunShellScript" RunBatScript|RunPowerShellScript|RunShellScript
        invokeScript String ""
        rollbackScript String ""
        """);
  }

  @Test
  void replaceSystemDisk() {
    declares(
        "ReplaceSystemDiskInScalingGroup",
        """
        lifecycleState List "InService" InService|Protected
        imageId String ""
        sourceImageId String ""
        scalingConfigurationId String ""
        maxErrors Number 0
        """);
  }

  @Test
  void configureOOSPackage() {
    declares(
        "ConfigureOOSPackage",
        """
        lifecycleState List "InService" InService|Protected
        action String "install" install|uninstall
        packageName String required
        packageVersion String ""
        """);
  }

  @Test
  void downloadFile() {
    declares(
        "DownloadFileAndRunCommand",
        """
        invokeSourcePath String required
        invokeDestinationDir String required
        invokeScript String ""
        rollbackSourcePath String required
        rollbackDestinationDir String required
        rollbackScript String ""
        whetherSaveToFile Boolean true
        """);
  }

  @Test
  void downloadOSSFile() {
    declares(
        "DownloadOSSFileAndRunCommand",
        """
        invokeBucketName String required
        invokeObjectName String required
        invokeDestinationDir String required
        invokeScript String ""
        rollbackBucketName String required
        rollbackObjectName String required
        rollbackDestinationDir String required
        rollbackScript String ""
        whetherSaveToFile Boolean true
        URLExpirationTime Number 6000
        OSSRegion String "{{ ACS::RegionId }}"
        """);
  }

  @Test
  void updateContainerGroup() {
    declares(
        "UpdateContainerGroup",
        """
        containerConfigure Json required
        sourceContainerConfigure Json {}
        updateType String "IncrementalUpdate" RenewUpdate|IncrementalUpdate
        scalingConfigurationId String required
        maxErrors Number 0
        """);
  }

  @Test
  void tasksStandInTheOrderOfTheText() {
    assertThat(
            SandboxCaller.objects(content("UpdateContainerGroup").getAsJsonArray("Tasks")).stream()
                .map(t -> t.get("Name").getAsString()))
        .containsExactly(
            "choiceNextTask",
            "getInstance",
            "whetherTheScalingGroupInstanceIsEmpty",
            "whetherToSuspendProcess",
            "suspendProcess",
            "invokeByUpdateContainerGroup",
            "modifyScalingConfigurationForInvoke",
            "whetherToResumeProcessesByGroupInstances",
            "whetherToResumeProcesses",
            "resumeProcesses",
            "getExecutionInstanceIds",
            "getRollbackProcess",
            "suspendProcessWithRollBack",
            "rollbackByUpdateContainerGroup",
            "modifyScalingConfigurationForRollback",
            "whetherToResumeProcessesWithRollback",
            "resumeProcessesWithRollback");
  }

  private List<String> names(String... filters) {
    JsonArray found =
        caller.call(SandboxCaller.OOS, "ListTemplates", filters).json().getAsJsonArray("Templates");
    return SandboxCaller.objects(found).stream()
        .map(t -> t.get("TemplateName").getAsString())
        .toList();
  }

  @Test
  void areListedByNameTypeAndShare() {
    assertThat(names("TemplateType", "Automation", "ShareType", "Public")).hasSize(6);
    assertThat(names("TemplateName", "Download")).hasSize(2);
    assertThat(names("TemplateType", "Package"))
        .containsExactly("ACS-Extension-demo-agent", "ACS-Extension-demo-metrics", "shop-frontend");
    assertThat(names("ShareType", "Private")).containsExactly("shop-frontend");
  }

  @Test
  void areListedPageByPage() {
    JsonObject first = caller.call(SandboxCaller.OOS, "ListTemplates", "MaxResults", "4").json();
    assertThat(first.getAsJsonArray("Templates")).hasSize(4);
    assertThat(names("MaxResults", "100", "NextToken", first.get("NextToken").getAsString()))
        .hasSize(5);
  }

  @Test
  void packagesHaveVersions() {
    JsonArray versions =
        caller
            .call(
                SandboxCaller.OOS,
                "ListTemplateVersions",
                "TemplateName",
                "ACS-Extension-demo-agent")
            .json()
            .getAsJsonArray("TemplateVersions");
    assertThat(
            SandboxCaller.objects(versions).stream()
                .map(
                    v ->
                        v.get("TemplateVersion").getAsString()
                            + " "
                            + v.get("VersionName").getAsString()))
        .containsExactly("v3 2.0.0", "v2 1.1.0", "v1 1.0.0");
    assertThat(
            caller
                .call(
                    SandboxCaller.OOS, "StartExecution", "TemplateName", "ACS-Extension-demo-agent")
                .code())
        .isEqualTo("InvalidParameter");
  }

  @Test
  void anUnknownVersionDoesNotExist() {
    SandboxCaller.Reply reply =
        caller.call(
            SandboxCaller.OOS,
            "StartExecution",
            "TemplateName",
            PREFIX + "ConfigureOOSPackage",
            "TemplateVersion",
            "v9");
    assertThat(reply.http()).isEqualTo(404);
    assertThat(reply.code()).isEqualTo("EntityNotExists.Template");
  }

  @Test
  void eachChecksItsOwnParameters() {
    SandboxCaller.Reply reply =
        caller.call(
            SandboxCaller.OOS,
            "StartExecution",
            "TemplateName",
            PREFIX + "ConfigureOOSPackage",
            "Parameters",
            "{\"invokeType\":\"invoke\",\"scalingGroupId\":\"asg-bp1web\"}");
    assertThat(reply.code()).isEqualTo("MissingParameter");
    assertThat(reply.text()).contains("Parameters.packageName");
    assertThat(
            caller
                .call(
                    SandboxCaller.OOS,
                    "StartExecution",
                    "TemplateName",
                    PREFIX + "ReplaceSystemDiskInScalingGroup",
                    "Parameters",
                    "{\"invokeType\":\"invoke\",\"scalingGroupId\":\"asg-bp1web\","
                        + "\"invokeScript\":\"x\"}")
                .text())
        .contains("invokeScript", "is not defined");
  }

  @Test
  void eachNeedsItsOwnRights() {
    String policy =
        caller
            .call(
                SandboxCaller.OOS,
                "GenerateExecutionPolicy",
                "TemplateName",
                PREFIX + "ReplaceSystemDiskInScalingGroup")
            .json()
            .get("Policy")
            .getAsString();
    assertThat(policy)
        .contains("ecs:ReplaceSystemDisk", "ecs:StopInstance", "ess:ModifyScalingConfiguration")
        .doesNotContain("ecs:RunCommand", "ess:CreateLifecycleHook");
    assertThat(
            caller
                .call(
                    SandboxCaller.OOS,
                    "GenerateExecutionPolicy",
                    "TemplateName",
                    PREFIX + "DownloadFileAndRunCommand")
                .json()
                .get("Policy")
                .getAsString())
        .contains("ecs:RunCommand", "ess:CreateLifecycleHook", "ess:ModifyLifecycleHook")
        .doesNotContain("ess:EnterStandby");
  }
}
