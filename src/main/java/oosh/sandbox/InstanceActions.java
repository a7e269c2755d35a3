package oosh.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The vendor's actions that the six public templates call for each instance. Of ReplaceSystemDisk
 * the tasks for launch templates and user data are left out: no group of the sandbox has either.
 */
final class InstanceActions {
  private static final String API = "ACS::ExecuteApi";
  private static final String CHOICE = "ACS::Choice";
  private static final String WAIT = "ACS::WaitFor";
  private static final String CHECK = "ACS::CheckFor";

  private static final String[] INTO_STANDBY = {
    "viewInstanceLifecycleState", API,
    "whetherLifecycleStateIsStandby", CHOICE,
    "setInstancesProtectionToFalse", API,
    "enterStandby", WAIT,
  };
  private static final String[] OUT_OF_STANDBY = {
    "exitStandBy", WAIT, "setInstancesProtectionToTrue", API,
  };
  private static final String[] COMMAND = {
    "runCommand", API,
    "untilInvocationReady", WAIT,
    "describeInvocationResults", API,
    "checkInvocationResult", CHECK,
  };
  private static final String[] NEW_DISK = {
    "viewInstanceStatus", API,
    "whetherInstanceStatusIsRunning", CHOICE,
    "stopInstance", API,
    "untilInstanceReady", WAIT,
    "describeScalingGroups", API,
    "whetherToDescribeLaunchTemplateVersions", CHOICE,
    "describeScalingConfigurations", API,
    "replaceSystemDisk", API,
    "untilNewDiskReady", WAIT,
    "whetherToModifyInstanceUserData", CHOICE,
    "whetherToModifyECSInstanceUserDataByScalingConfigurations", CHOICE,
    "startInstance", API,
    "untilInstanceToRunning", WAIT,
  };
  private static final String[] SYSTEM = {"queryInstanceOSType", API};
  private static final String[] PACKAGE = {
    "configureLinuxPackage",
    InstanceAction.BARE_COMMAND,
    "configureWindowsPackage",
    InstanceAction.BARE_COMMAND,
  };
  private static final String[] FILE_AND_COMMAND = {
    "downloadLinuxFile", InstanceAction.BARE_COMMAND,
    "runLinuxCommand", InstanceAction.BARE_COMMAND,
    "downloadWindowsFile", InstanceAction.BARE_COMMAND,
    "runWindowsCommand", InstanceAction.BARE_COMMAND,
  };
  private static final String[] OBJECT = {
    "generateUrl", API, "queryInstanceOSType", API, "whetherExistInstance", CHOICE,
  };
  private static final String[] NEW_CONTAINERS = {
    "getInstanceLifecycleState", API,
    "whetherLifecycleStateIsStandby", CHOICE,
    "enterStandby", WAIT,
    "updateContainerGroup", API,
    "getContainerGroups", WAIT,
    "whetherToExitStandBy", CHOICE,
    "exitStandBy", WAIT,
  };

  private static final List<String> DOWNLOADED =
      List.of("downloadFileCommandOutput", "runCommandOutput");

  private static final Map<String, InstanceAction> ALL = new LinkedHashMap<>();

  static {
    add(
        InstanceAction.RUN_COMMAND,
        List.of("invocationOutput"),
        INTO_STANDBY,
        COMMAND,
        OUT_OF_STANDBY);
    add(InstanceAction.BARE_COMMAND, List.of("invocationOutput"), COMMAND);
    add(
        "ACS::ESS::ReplaceSystemDisk",
        List.of("newSystemDiskId"),
        INTO_STANDBY,
        NEW_DISK,
        OUT_OF_STANDBY);
    add(
        "ACS::ESS::ConfigureOOSPackage",
        List.of("commandOutput"),
        INTO_STANDBY,
        SYSTEM,
        PACKAGE,
        OUT_OF_STANDBY);
    add(InstanceAction.DOWNLOAD, DOWNLOADED, SYSTEM, FILE_AND_COMMAND);
    add("ACS::ECS::DownloadOSSFileAndRunCommand", DOWNLOADED, OBJECT, FILE_AND_COMMAND);
    add("ACS::ESS::UpdateContainerGroup", List.of(), NEW_CONTAINERS);
  }

  private InstanceActions() {}

  private static void add(String name, List<String> outputs, String[]... parts) {
    Map<String, String> tasks = new LinkedHashMap<>();
    for (String[] part : parts) {
      for (int i = 0; i < part.length; i += 2) {
        tasks.put(part[i], part[i + 1]);
      }
    }
    ALL.put(name, new InstanceAction(name, tasks, outputs));
  }

  static InstanceAction named(String name) {
    InstanceAction action = ALL.get(name);
    if (action == null) {
      throw new IllegalStateException("no action " + name);
    }
    return action;
  }

  /** What a child execution is of. */
  static InstanceAction of(RunningExecution child) {
    return named(child.templateName);
  }
}
