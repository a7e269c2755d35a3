package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import oosh.sandbox.api.SandboxCaller;
import oosh.sandbox.api.WireJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plays of the public templates that do not just run a script. */
class PublicTemplateRunnerTest {
  private static final String PREFIX = "ACS-ESS-RollingUpdateBy";
  private static final String DISK = PREFIX + "ReplaceSystemDiskInScalingGroup";
  private static final String PACKAGE = PREFIX + "ConfigureOOSPackage";
  private static final String DOWNLOAD = PREFIX + "DownloadFileAndRunCommand";
  private static final String DOWNLOAD_OSS = PREFIX + "DownloadOSSFileAndRunCommand";
  private static final String CONTAINERS = PREFIX + "UpdateContainerGroup";

  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private final SandboxCaller caller = new SandboxCaller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private void pass(int seconds) {
    sandbox.advance(Duration.ofSeconds(seconds));
  }

  private static String invoke(String group, String... more) {
    return parameters("invoke", group, more);
  }

  private static String back(String group, String source, String... more) {
    String[] all = List.of(more).toArray(String[]::new);
    return parameters("rollback", group, all).replace("}", "")
        + ",\"sourceExecutionId\":\""
        + source
        + "\"}";
  }

  private static String parameters(String type, String group, String... more) {
    JsonObject json = WireJson.object("invokeType", type, "scalingGroupId", group);
    for (int i = 0; i < more.length; i += 2) {
      json.addProperty(more[i], more[i + 1]);
    }
    return json.toString();
  }

  private void breakInstance(String id, String more) {
    caller.control("POST", "faults", "{\"instance\":\"" + id + "\",\"kind\":\"fail\"" + more + "}");
  }

  private void mend() {
    caller.control("DELETE", "faults", "");
  }

  private String run(String template, String parameters, String... more) {
    String id = caller.startOf(template, parameters, more);
    pass(120);
    return id;
  }

  private JsonObject instance(String id) {
    return caller
        .call(SandboxCaller.ECS, "DescribeInstances", "InstanceIds", "[\"" + id + "\"]")
        .json()
        .getAsJsonObject("Instances")
        .getAsJsonArray("Instance")
        .get(0)
        .getAsJsonObject();
  }

  private String image(String id) {
    return instance(id).get("ImageId").getAsString();
  }

  private String configuredImage() {
    return caller
        .call(
            SandboxCaller.ESS,
            "DescribeScalingConfigurations",
            "ScalingConfigurationId.1",
            "asc-web")
        .json()
        .getAsJsonObject("ScalingConfigurations")
        .getAsJsonArray("ScalingConfiguration")
        .get(0)
        .getAsJsonObject()
        .get("ImageId")
        .getAsString();
  }

  private String message(String id) {
    return caller.execution(id).get("StatusMessage").getAsString();
  }

  @Test
  void replacesTheDisksOfTwoBatchesAndReturnsTheNewIds() {
    String id =
        caller.startOf(
            DISK,
            invoke("asg-bp1db", "imageId", "m-bp1web25", "batchNumber", "2")
                .replace("\"2\"", "2")
                .replace(
                    "\"imageId\"", "\"lifecycleState\":[\"InService\",\"Protected\"],\"imageId\""));
    pass(5);
    assertThat(caller.states("asg-bp1db")).isEqualTo("Standby Standby InService");
    assertThat(instance("i-bp3a").get("Status").getAsString()).isEqualTo("Stopped");
    pass(60);
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(caller.states("asg-bp1db")).isEqualTo("Protected InService InService");
    assertThat(image("i-bp3c")).isEqualTo("m-bp1web25");
    assertThat(instance("i-bp3c").get("Status").getAsString()).isEqualTo("Running");
    assertThat(instance("i-bp3c").toString()).contains("ess:rollingupdate");
    assertThat(caller.execution(id).get("Outputs").getAsString())
        .isEqualTo("{\"commandOutputs\":[\"d-new0001\",\"d-new0002\",\"d-new0003\"]}");
    JsonObject child = caller.children(id).get(0);
    assertThat(child.get("TemplateName").getAsString()).isEqualTo("ACS::ESS::ReplaceSystemDisk");
    assertThat(child.getAsJsonObject("Parameters").get("imageId").getAsString())
        .isEqualTo("m-bp1web25");
    assertThat(caller.tasks(child.get("ExecutionId").getAsString()))
        .containsExactly(
            "viewInstanceLifecycleState Success",
            "whetherLifecycleStateIsStandby Success",
            "enterStandby Success",
            "viewInstanceStatus Success",
            "whetherInstanceStatusIsRunning Success",
            "stopInstance Success",
            "untilInstanceReady Success",
            "describeScalingGroups Success",
            "whetherToDescribeLaunchTemplateVersions Success",
            "describeScalingConfigurations Success",
            "replaceSystemDisk Success",
            "untilNewDiskReady Success",
            "whetherToModifyInstanceUserData Success",
            "whetherToModifyECSInstanceUserDataByScalingConfigurations Success",
            "startInstance Success",
            "untilInstanceToRunning Success",
            "exitStandBy Success",
            "setInstancesProtectionToTrue Skipped");
  }

  @Test
  void aFailedDiskStaysStoppedInStandbyAndTheConfigurationKeepsTheNewImage() {
    breakInstance("i-bp1b", ",\"output\":\"no disks left\"");
    String id =
        run(
            DISK,
            invoke("asg-bp1web", "imageId", "m-bp1web25", "scalingConfigurationId", "asc-web"));
    assertThat(caller.status(id)).isEqualTo("Failed");
    assertThat(message(id)).contains("i-bp1b", "replaceSystemDisk", "no disks left");
    assertThat(caller.states("asg-bp1web")).startsWith("InService Standby InService");
    assertThat(instance("i-bp1b").get("Status").getAsString()).isEqualTo("Stopped");
    assertThat(image("i-bp1b")).isEqualTo("m-bp1web24");
    assertThat(image("i-bp1a")).isEqualTo("m-bp1web25");
    assertThat(caller.suspended("asg-bp1web")).isEqualTo(5);
    assertThat(configuredImage()).isEqualTo("m-bp1web25");

    mend();
    String back = run(DISK, back("asg-bp1web", id, "sourceImageId", "m-bp1web24"));
    assertThat(caller.status(back)).isEqualTo("Success");
    assertThat(caller.states("asg-bp1web")).doesNotContain("Standby");
    assertThat(instance("i-bp1b").get("Status").getAsString()).isEqualTo("Running");
    assertThat(image("i-bp1a")).isEqualTo("m-bp1web24");
    assertThat(caller.suspended("asg-bp1web")).isZero();
    // The way back leaves it as it is: what joins later has the image that was gone back from.
    assertThat(configuredImage()).isEqualTo("m-bp1web25");
  }

  @Test
  void startsAnInstanceThatIsStoppedAndNoOther() {
    run(DISK, invoke("asg-bp1web", "imageId", "m-nowhere"));
    caller.call(SandboxCaller.ECS, "StartInstance", "InstanceId", "i-bp1a");
    assertThat(instance("i-bp1a").get("Status").getAsString()).isEqualTo("Running");
    assertThat(caller.call(SandboxCaller.ECS, "StartInstance", "InstanceId", "i-bp1a").code())
        .isEqualTo("IncorrectInstanceStatus");
    assertThat(caller.call(SandboxCaller.ECS, "StartInstance", "InstanceId", "i-no").code())
        .isEqualTo("InvalidInstanceId.NotFound");
  }

  @Test
  void anImageThatIsNotThereStopsTheInstanceFirst() {
    String id = run(DISK, invoke("asg-bp1web", "imageId", "m-nowhere"));
    assertThat(message(id)).contains("replaceSystemDisk", "InvalidImageId.NotFound");
    assertThat(instance("i-bp1a").get("Status").getAsString()).isEqualTo("Stopped");
    assertThat(caller.states("asg-bp1web")).startsWith("Standby");
  }

  @Test
  void anImageThatIsNotThereIsFoundEarlyWhereTheConfigurationIsChanged() {
    String id =
        run(
            DISK,
            invoke("asg-bp1web", "imageId", "m-nowhere", "scalingConfigurationId", "asc-web"));
    assertThat(message(id)).contains("modifyScalingConfiguration", "InvalidImageId.NotFound");
    assertThat(caller.states("asg-bp1web")).doesNotContain("Standby");
    assertThat(caller.suspended("asg-bp1web")).isEqualTo(5);
    assertThat(caller.children(id)).isEmpty();
  }

  @Test
  void toleratesMaxErrorsFailedDisks() {
    breakInstance("i-bp1a", "");
    String id =
        run(DISK, invoke("asg-bp1web", "imageId", "m-bp1web25").replace("}", ",\"maxErrors\":1}"));
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(caller.states("asg-bp1web")).startsWith("Standby InService");
    assertThat(image("i-bp1f")).isEqualTo("m-bp1web25");
  }

  @Test
  void aDiskThatFailedIsReplacedByARetry() {
    breakInstance("i-bp1a", ",\"times\":1");
    String id = run(DISK, invoke("asg-bp1web", "imageId", "m-bp1web25"), "Mode", "FailurePause");
    assertThat(caller.status(id)).isEqualTo("Waiting");
    caller.call(SandboxCaller.OOS, "NotifyExecution", "ExecutionId", id, "NotifyType", "RetryTask");
    pass(120);
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(image("i-bp1a")).isEqualTo("m-bp1web25");
    assertThat(caller.states("asg-bp1web")).doesNotContain("Standby");
  }

  @Test
  void aDiskThatHangsFailsAfterTenMinutes() {
    caller.control("POST", "faults", "{\"instance\":\"i-bp1a\",\"kind\":\"hang\"}");
    String id = caller.startOf(DISK, invoke("asg-bp1web", "imageId", "m-bp1web25"));
    pass(600);
    assertThat(caller.status(id)).isEqualTo("Running");
    pass(20);
    assertThat(message(id)).contains("untilNewDiskReady", "is not In_use after 600 seconds");
    assertThat(instance("i-bp1a").get("Status").getAsString()).isEqualTo("Stopped");
  }

  @Test
  void aThousandInstancesGetPackagesAndDisksAtOnce() {
    try (Sandbox hurried = Sandbox.open(SandboxOptions.inSteps().withoutPacing())) {
      SandboxCaller large = new SandboxCaller(hurried);
      large.control("POST", "world", "{\"group\":\"asg-bp1big\",\"instances\":1000}");
      String one = ",\"batchNumber\":1}";
      String disks =
          large.startOf(DISK, invoke("asg-bp1big", "imageId", "m-bp1web25").replace("}", one));
      hurried.advance(Duration.ofSeconds(60));
      assertThat(large.status(disks)).isEqualTo("Success");
      String packages =
          large.startOf(
              PACKAGE, invoke("asg-bp1big", "packageName", "shop-frontend").replace("}", one));
      hurried.advance(Duration.ofSeconds(60));
      assertThat(large.execution(packages).getAsJsonObject("Counters").get("Success").getAsInt())
          .isEqualTo(1000);
    }
  }

  @Test
  void continuesFromItsStateFileInTheMiddleOfADownload(@TempDir Path directory) {
    SandboxOptions options = new SandboxOptions(0, directory.resolve("state.json"), true, null);
    String id;
    try (Sandbox first = Sandbox.open(options)) {
      id = new SandboxCaller(first).startOf(DOWNLOAD, invoke("asg-bp1web", files("true")));
      first.advance(Duration.ofSeconds(1));
    }
    try (Sandbox second = Sandbox.open(options)) {
      second.advance(Duration.ofSeconds(60));
      SandboxCaller later = new SandboxCaller(second);
      assertThat(later.status(id)).isEqualTo("Success");
      assertThat(later.children(id)).hasSize(6);
    }
  }

  private String packages(String instance) {
    return caller
        .call(SandboxCaller.OOS, "ListInstancePackageStates", "InstanceId", instance)
        .json()
        .getAsJsonArray("PackageStates")
        .toString();
  }

  @Test
  void installsAPackageAndRollsBackToItsOlderVersion() {
    String id = run(PACKAGE, invoke("asg-bp1web", "packageName", "ACS-Extension-demo-agent"));
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(packages("i-bp1a")).contains("ACS-Extension-demo-agent", "\"v3\"");
    assertThat(caller.execution(id).get("Outputs").getAsString())
        .contains("(simulated) ACS-Extension-demo-agent 2.0.0 (v3) is there; nothing was fetched");
    JsonObject child = caller.children(id).get(0);
    String childId = child.get("ExecutionId").getAsString();
    assertThat(child.get("TemplateName").getAsString()).isEqualTo("ACS::ESS::ConfigureOOSPackage");
    assertThat(caller.tasks(childId))
        .endsWith(
            "queryInstanceOSType Success",
            "configureLinuxPackage Success",
            "configureWindowsPackage Skipped",
            "exitStandBy Success",
            "setInstancesProtectionToTrue Skipped");
    JsonObject called = caller.children(childId).get(0);
    assertThat(called.get("TemplateName").getAsString()).isEqualTo("ACS::ECS::RunCommand");
    assertThat(caller.tasks(called.get("ExecutionId").getAsString()))
        .containsExactly(
            "runCommand Success",
            "untilInvocationReady Success",
            "describeInvocationResults Success",
            "checkInvocationResult Success");
    assertThat(
            SandboxCaller.objects(
                caller
                    .call(
                        SandboxCaller.OOS,
                        "ListExecutions",
                        "Depth",
                        "FirstChildDepth",
                        "MaxResults",
                        "100")
                    .json()
                    .getAsJsonArray("Executions")))
        .hasSize(7);

    String back =
        run(
            PACKAGE,
            back(
                "asg-bp1web",
                id,
                "packageName",
                "ACS-Extension-demo-agent",
                "packageVersion",
                "1.1.0"));
    assertThat(caller.status(back)).isEqualTo("Success");
    assertThat(packages("i-bp1a")).contains("\"v2\"");

    run(
        PACKAGE,
        invoke("asg-bp1web", "packageName", "ACS-Extension-demo-agent", "action", "uninstall"));
    assertThat(packages("i-bp1a")).isEqualTo("[]");
  }

  @Test
  void anUnknownVersionOfAPackageLeavesTheInstanceInStandby() {
    String id =
        run(PACKAGE, invoke("asg-bp1web", "packageName", "shop-frontend", "packageVersion", "v9"));
    assertThat(caller.status(id)).isEqualTo("Failed");
    assertThat(message(id))
        .contains("configureLinuxPackage, task checkInvocationResult", "exit code 1");
    assertThat(caller.states("asg-bp1web")).startsWith("Standby");
    assertThat(packages("i-bp1a")).isEqualTo("[]");
    assertThat(caller.suspended("asg-bp1web")).isEqualTo(5);
  }

  @Test
  void installsOnWindowsToo() {
    String id = run(PACKAGE, invoke("asg-bp1win", "packageName", "ACS-Extension-demo-agent"));
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(caller.tasks(caller.children(id).get(0).get("ExecutionId").getAsString()))
        .contains("configureLinuxPackage Skipped", "configureWindowsPackage Success");
  }

  private static String[] files(String script) {
    return new String[] {
      "invokeSourcePath",
      "https://files.example.com/app-2.tar.gz",
      "invokeDestinationDir",
      "/opt/app",
      "invokeScript",
      script,
      "rollbackSourcePath",
      "https://files.example.com/app-1.tar.gz",
      "rollbackDestinationDir",
      "/opt/app",
      "rollbackScript",
      "cat ~/opt/app/*"
    };
  }

  private List<JsonObject> hooks(String group) {
    return SandboxCaller.objects(
        caller
            .call(SandboxCaller.ESS, "DescribeLifecycleHooks", "ScalingGroupId", group)
            .json()
            .getAsJsonObject("LifecycleHooks")
            .getAsJsonArray("LifecycleHook"));
  }

  @Test
  void downloadsAndRunsInServiceAndWritesTheHookFirst() {
    String id = caller.startOf(DOWNLOAD, invoke("asg-bp1db", files("cat ~/opt/app/app-2.tar.gz")));
    pass(1);
    assertThat(caller.states("asg-bp1db")).isEqualTo("Protected InService InService");
    pass(60);
    assertThat(caller.status(id)).isEqualTo("Success");
    String status = caller.control("GET", "status", "").text();
    if (status.contains("bubblewrap")) {
      assertThat(caller.execution(id).get("Outputs").getAsString())
          .contains("a stand-in for https://files.example.com/app-2.tar.gz");
    }
    // Protected ones take no part.
    assertThat(caller.children(id)).hasSize(2);
    assertThat(caller.tasks(id))
        .containsSubsequence(
            "getLifecycleHook Success",
            "createLifecycleHookOfUpgrade Success",
            "modifyLifecycleHookOfUpgrade Skipped",
            "suspendProcess Success",
            "invokeByDownloadFileAndRunCommand Success",
            "tagInstance Success",
            "resumeProcesses Success");
    JsonObject hook = hooks("asg-bp1db").get(0);
    assertThat(hook.get("LifecycleHookName").getAsString())
        .isEqualTo("ACS-ESS-LifeCycleDownloadFileAndRunCommand");
    assertThat(hook.get("NotificationMetadata").getAsString())
        .startsWith("{\"sourcePath\":\"https://files.example.com/app-2.tar.gz\"")
        .contains("\"instanceIds\":\"${instanceIds}\"");
    JsonObject child = caller.children(id).get(0);
    assertThat(child.getAsJsonObject("Parameters").keySet())
        .contains("sourcePath", "destinationDir", "commandContent")
        .doesNotContain("lifecycleState", "scalingGroupId");

    String back = run(DOWNLOAD, back("asg-bp1db", id, files("true")));
    assertThat(caller.status(back)).isEqualTo("Success");
    assertThat(caller.tasks(back)).contains("modifyLifecycleHookOfRollback Success");
    assertThat(hooks("asg-bp1db").get(0).get("NotificationMetadata").getAsString())
        .contains("app-1.tar.gz");
  }

  @Test
  void aFailedDownloadRunsNoScriptAndLeavesAllInService() {
    breakInstance("i-bp1a", ",\"exitCode\":7");
    String id = run(DOWNLOAD, invoke("asg-bp1web", files("true")));
    assertThat(caller.status(id)).isEqualTo("Failed");
    assertThat(message(id)).contains("i-bp1a", "downloadLinuxFile", "exit code 7");
    assertThat(caller.states("asg-bp1web")).doesNotContain("Standby");
    assertThat(caller.suspended("asg-bp1web")).isEqualTo(5);
    String first =
        caller.children(id).stream()
            .filter(c -> c.get("Status").getAsString().equals("Failed"))
            .findFirst()
            .orElseThrow()
            .get("ExecutionId")
            .getAsString();
    assertThat(caller.tasks(first))
        .containsExactly("queryInstanceOSType Success", "downloadLinuxFile Failed");
  }

  @Test
  void theScriptAfterADownloadMayFailAlone() {
    breakInstance("i-bp1a", ",\"exitCode\":7,\"after\":1");
    String id = run(DOWNLOAD, invoke("asg-bp1web", files("true")));
    assertThat(message(id)).contains("runLinuxCommand", "exit code 7");
  }

  @Test
  void aScriptThatIsTooLongForTheHookStopsItBeforeAnything() {
    String id = run(DOWNLOAD, invoke("asg-bp1web", files("#".repeat(5000))));
    assertThat(message(id)).contains("createLifecycleHookOfUpgrade", "NotificationMetadata");
    assertThat(caller.suspended("asg-bp1web")).isZero();
  }

  private static String[] objects(String bucket) {
    return new String[] {
      "invokeBucketName", bucket,
      "invokeObjectName", "builds/app-2.tar.gz",
      "invokeDestinationDir", "/opt/app",
      "invokeScript", "true",
      "rollbackBucketName", bucket,
      "rollbackObjectName", "builds/app-1.tar.gz",
      "rollbackDestinationDir", "/opt/app",
      "rollbackScript", "true"
    };
  }

  @Test
  void downloadsFromABucketAndWritesTheHookAfterTheTags() {
    String id = run(DOWNLOAD_OSS, invoke("asg-bp1web", objects("shop")));
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(caller.tasks(id))
        .containsSubsequence(
            "getLifecycleHook Success",
            "invokeByDownloadOSSFileAndRunCommand Success",
            "tagInstance Success",
            "createLifecycleHookOfUpgrade Success",
            "modifyLifecycleHookOfUpgrade Skipped",
            "resumeProcesses Success");
    JsonObject child = caller.children(id).get(0);
    assertThat(child.get("TemplateName").getAsString())
        .isEqualTo("ACS::ECS::DownloadOSSFileAndRunCommand");
    assertThat(child.getAsJsonObject("Parameters").get("OSSRegion").getAsString())
        .isEqualTo("cn-hangzhou");
    assertThat(caller.tasks(child.get("ExecutionId").getAsString()))
        .startsWith(
            "generateUrl Success",
            "queryInstanceOSType Success",
            "whetherExistInstance Success",
            "downloadLinuxFile Success");
    String again = run(DOWNLOAD_OSS, invoke("asg-bp1web", objects("shop")));
    assertThat(caller.tasks(again))
        .contains("createLifecycleHookOfUpgrade Skipped", "modifyLifecycleHookOfUpgrade Success");
  }

  private static String containers(String type, String group, String image, String more) {
    String json = parameters(type, group, "scalingConfigurationId", "asc-eci");
    String list = "[{\"Name\":\"shop\",\"Image\":\"registry.local/shop:" + image + "\"}]";
    return json.replace(
        "}",
        ",\"containerConfigure\":" + list + ",\"sourceContainerConfigure\":" + list + more + "}");
  }

  private String run(String parameters) {
    return run(CONTAINERS, parameters, "RegionId", "ap-southeast-1");
  }

  private String configured() {
    return caller
        .call(SandboxCaller.ESS, "DescribeEciScalingConfigurations", "RegionId", "ap-southeast-1")
        .json()
        .toString();
  }

  private JsonObject inSingapore(String id) {
    return SandboxCaller.objects(
            caller
                .call(
                    SandboxCaller.OOS,
                    "ListExecutions",
                    "ExecutionId",
                    id,
                    "RegionId",
                    "ap-southeast-1")
                .json()
                .getAsJsonArray("Executions"))
        .get(0);
  }

  @Test
  void givesContainerGroupsNewContainersAndTheConfigurationToo() {
    String id = run(containers("invoke", "asg-bp1eci", "2.5.0", ""));
    JsonObject execution = inSingapore(id);
    assertThat(execution.get("Status").getAsString()).isEqualTo("Success");
    assertThat(execution.get("Outputs").getAsString()).isEqualTo("{}");
    assertThat(configured()).contains("shop:2.5.0", "proxy:1.0.0");
    assertThat(caller.tasks(id, "RegionId", "ap-southeast-1"))
        .containsSubsequence(
            "invokeByUpdateContainerGroup Success",
            "modifyScalingConfigurationForInvoke Success",
            "whetherToResumeProcessesByGroupInstances Success")
        .doesNotContain("tagInstance Success");
    assertThat(caller.children(id, "RegionId", "ap-southeast-1")).hasSize(3);
    run(containers("rollback", "asg-bp1eci", "2.4.0", ",\"sourceExecutionId\":\"" + id + "\""));
    assertThat(configured()).contains("shop:2.4.0");
    run(containers("invoke", "asg-bp1eci", "3", ",\"updateType\":\"RenewUpdate\""));
    assertThat(configured()).contains("shop:3").doesNotContain("proxy");
  }

  @Test
  void aFailedContainerGroupStaysInStandbyEvenAfterTheWayBack() {
    breakInstance("eci-bp1b", ",\"output\":\"no such image\"");
    String id = run(containers("invoke", "asg-bp1eci", "2.5.0", ",\"maxErrors\":3"));
    assertThat(inSingapore(id).get("StatusMessage").getAsString())
        .contains("eci-bp1b", "getContainerGroups", "no such image");
    assertThat(configured()).contains("shop:2.4.0");
    mend();
    String back =
        run(containers("rollback", "asg-bp1eci", "2.4.0", ",\"sourceExecutionId\":\"" + id + "\""));
    assertThat(inSingapore(back).get("Status").getAsString()).isEqualTo("Success");
    assertThat(caller.states("asg-bp1eci", "ap-southeast-1"))
        .isEqualTo("InService Standby InService");
  }

  @Test
  void anEmptyContainerGroupStillChangesTheConfiguration() {
    caller.control("POST", "world", "{\"group\":\"asg-bp1eci\",\"instances\":0}");
    String id = run(containers("invoke", "asg-bp1eci", "2.5.0", ""));
    assertThat(inSingapore(id).get("Status").getAsString()).isEqualTo("Success");
    assertThat(configured()).contains("shop:2.5.0");
    assertThat(caller.tasks(id, "RegionId", "ap-southeast-1"))
        .endsWith(
            "whetherTheScalingGroupInstanceIsEmpty Success",
            "modifyScalingConfigurationForInvoke Success",
            "whetherToResumeProcessesByGroupInstances Success");
  }

  @Test
  void pausesBetweenBatchesAndCanBeCancelled() {
    String id =
        caller.startOf(
            DISK,
            invoke("asg-bp1web", "imageId", "m-bp1web25", "batchPauseOption", "EveryBatchPause"));
    pass(60);
    assertThat(caller.status(id)).isEqualTo("Waiting");
    caller.call(SandboxCaller.OOS, "NotifyExecution", "ExecutionId", id, "NotifyType", "Approve");
    pass(4);
    caller.call(SandboxCaller.OOS, "CancelExecution", "ExecutionId", id);
    assertThat(caller.status(id)).isEqualTo("Cancelled");
    assertThat(caller.states("asg-bp1web")).contains("Standby");
    assertThat(caller.suspended("asg-bp1web")).isEqualTo(5);
  }

  @Test
  void aRoleThatLacksARightStopsTheDisk() {
    caller.control("POST", "roles", "{\"role\":\"Deploy\",\"lacks\":[\"ecs:ReplaceSystemDisk\"]}");
    String id = run(DISK, invoke("asg-bp1web", "imageId", "m-bp1web25", "OOSAssumeRole", "Deploy"));
    assertThat(message(id)).contains("replaceSystemDisk", "Forbidden.RAM");
    caller.control("POST", "roles", "{\"role\":\"Deploy\",\"lacks\":[\"ecs:RunCommand\"]}");
    String deep =
        run(
            PACKAGE,
            invoke("asg-bp1api", "packageName", "shop-frontend", "OOSAssumeRole", "Deploy"));
    assertThat(message(deep)).contains("configureLinuxPackage, task runCommand", "Forbidden.RAM");
  }
}
