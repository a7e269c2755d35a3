package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.Inventory;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.heal.Doctor;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Each right taken from the role at the start and after the first batch, in a launch by each
 * method: afterwards a rollback and heal, or heal alone, and the group is as it was.
 *
 * <p>{@code -Doosh.leftovers=all} tries them all, about four minutes; else a fixed selection.
 */
@Tag("endurance")
class LeftoverMatrixTest {
  private static final boolean ALL = "all".equals(System.getProperty("oosh.leftovers"));

  /** Without each of them, each method breaks off at another step. */
  private static final List<String> RIGHTS =
      List.of(
          "ess:DescribeScalingInstances",
          "ess:SuspendProcesses",
          "ess:ResumeProcesses",
          "ecs:TagResources",
          "oos:ListExecutions",
          "ecs:DescribeInstances",
          "ess:SetInstancesProtection",
          "ess:EnterStandby",
          "ecs:RunCommand",
          "ecs:DescribeInvocations",
          "ecs:DescribeInvocationResults",
          "ess:ExitStandby",
          "ess:ModifyScalingConfiguration",
          "ess:DescribeLifecycleHooks",
          "ess:CreateLifecycleHook",
          "ess:ModifyLifecycleHook",
          "ess:ModifyEciScalingConfiguration",
          "ecs:StopInstance",
          "ess:DescribeScalingGroups",
          "ess:DescribeScalingConfigurations",
          "ecs:ReplaceSystemDisk",
          "ecs:DescribeDisks",
          "ecs:StartInstance",
          "oss:GetObject",
          "eci:UpdateContainerGroup",
          "eci:DescribeContainerGroups");

  private static final String SCRIPTS =
      "stage script sessions/scripts/deploy.sh; stage rollback sessions/scripts/undo.sh; ";

  private record Story(UpdateMethod method, String region, String group, String staged) {
    static Story web(UpdateMethod method, String staged) {
      return new Story(
          method,
          "cn-hangzhou",
          "asg-bp1web",
          "sandbox set i-bp1b Protected; sandbox set i-bp1f Standby; use group asg-bp1web; "
              + "use method "
              + method.word()
              + "; "
              + staged
              + "stage set lifecycleState InService,Protected; stage batch 2; ");
    }
  }

  private static final List<Story> STORIES =
      List.of(
          Story.web(UpdateMethod.RUN_SCRIPT, SCRIPTS),
          Story.web(UpdateMethod.RUN_SCRIPT_OOSH, SCRIPTS),
          Story.web(
              UpdateMethod.REPLACE_IMAGE,
              "stage image m-bp1web25 --configuration asc-web --back-to m-bp1web24; "),
          Story.web(
              UpdateMethod.INSTALL_PACKAGE, "stage package shop-frontend 2.4.1 --back-to 2.4.0; "),
          Story.web(
              UpdateMethod.DOWNLOAD_FILE,
              SCRIPTS
                  + "stage file https://example.com/app-2.tgz /opt/app"
                  + " --back-to https://example.com/app-1.tgz; "),
          new Story(
              UpdateMethod.UPDATE_CONTAINER,
              "ap-southeast-1",
              "asg-bp1eci",
              "use region ap-southeast-1; use group asg-bp1eci; use method update-container; "
                  + "stage container sessions/scripts/web.json --configuration asc-eci"
                  + " --back-to sessions/scripts/web-before.json; stage batch 2; "));

  private record Case(Story story, String right, boolean late, boolean rollsBack) {
    @Override
    public String toString() {
      return story.method.word()
          + " without "
          + right
          + (late ? " from the second batch on" : "")
          + (rollsBack ? ", rolled back and healed" : ", healed");
    }
  }

  private static final List<Case> SELECTED =
      List.of(
          new Case(STORIES.get(0), "ess:ExitStandby", true, false),
          new Case(STORIES.get(0), "ess:SetInstancesProtection", false, true),
          new Case(STORIES.get(1), "ecs:RunCommand", true, true),
          new Case(STORIES.get(2), "ecs:StartInstance", true, false),
          new Case(STORIES.get(2), "ecs:ReplaceSystemDisk", false, true),
          new Case(STORIES.get(3), "ess:ResumeProcesses", false, false),
          new Case(STORIES.get(4), "ess:DescribeLifecycleHooks", true, true),
          new Case(STORIES.get(5), "eci:UpdateContainerGroup", false, true));

  @TestFactory
  List<DynamicTest> theGroupIsAsItWas() {
    List<Case> all = new ArrayList<>(ALL ? List.of() : SELECTED);
    for (Story story : ALL ? STORIES : List.<Story>of()) {
      for (String right : needed(story)) {
        for (boolean late : new boolean[] {false, true}) {
          all.add(new Case(story, right, late, true));
          all.add(new Case(story, right, late, false));
        }
      }
    }
    return all.stream()
        .map(one -> DynamicTest.dynamicTest(one.toString(), () -> tryOut(one)))
        .toList();
  }

  private static List<String> needed(Story story) {
    try (Here here = new Here(story)) {
      here.runEach("sandbox set DeployRole --lacks " + String.join(",", RIGHTS));
      UpdateMethod asked = story.method.usesOoshTemplate() ? UpdateMethod.RUN_SCRIPT : story.method;
      return here.cloud().executions().missingRights(asked.template(), "", "DeployRole");
    }
  }

  private static void tryOut(Case one) {
    try (Here here = new Here(one.story)) {
      here.runEach(one.story.staged + "stage role DeployRole");
      String before = here.state(true);
      String launches = "launch -y --confirm " + one.story.group;
      String takes = "sandbox set DeployRole --lacks " + one.right;
      here.runEach(
          one.late
              ? "stage pause first; " + launches + "; " + takes + "; continue"
              : takes + "; " + launches);
      Execution launch =
          here.executions().stream().filter(e -> !e.isRollback()).findFirst().orElseThrow();
      here.runEach("sandbox set DeployRole --lacks none");
      if (one.rollsBack) {
        here.runEach("rollback " + launch.id() + " --now -y");
      }
      here.runEach("heal --return-failed -y");

      boolean all = one.rollsBack;
      // The hook of a launch that went well is meant to stay.
      boolean meant = !all && launch.status().isSuccess();
      assertThat(here.state(all))
          .as(here.oneLine())
          .isEqualTo(meant ? here.state(false) : all ? before : Here.withoutImages(before));
      assertThat(here.examine().caused()).as("left").isEmpty();
    }
  }

  /** A shell in a sandbox of its own. */
  private static final class Here extends ShellFixture {
    private final Story story;

    Here(Story story) {
      this.story = story;
    }

    @Override
    Cloud cloud() {
      return backends.profiles().open(backends.profiles().named(Profile.SANDBOX), story.region);
    }

    @Override
    Diagnosis examine() {
      ScalingGroup group = cloud().groups().find(story.group).orElseThrow();
      return new Doctor(cloud(), backends.journal().history(), backends.pace(), backends.author())
          .examine(new Context(Profile.SANDBOX, story.region, story.group, story.method), group);
    }

    /**
     * The group as ESS and ECS tell it.
     *
     * @param settings whether with what heal alone cannot put back: images that instances run
     */
    String state(boolean settings) {
      Cloud cloud = cloud();
      Map<String, String> states = new TreeMap<>();
      List<GroupInstance> instances = cloud.groups().instances(story.group);
      instances.forEach(i -> states.put(i.id(), i.lifecycleState()));
      cloud
          .inventory()
          .allMachines(instances.stream().map(GroupInstance::id).toList())
          .forEach(
              m ->
                  states.merge(
                      m.id(),
                      " " + m.status() + (settings ? " " + m.imageId() : ""),
                      String::concat));
      states.put(
          "suspended", cloud.groups().find(story.group).orElseThrow().suspended().toString());
      if (settings && story.method.equals(UpdateMethod.REPLACE_IMAGE)) {
        states.put("image", cloud.inventory().image("asc-web").orElse("none"));
      }
      states.put(
          "hooks",
          cloud.inventory().hooks(story.group).stream()
              .map(Inventory.GroupHook::name)
              .toList()
              .toString());
      return String.join("\n", states.entrySet().stream().map(Object::toString).toList());
    }

    static String withoutImages(String whole) {
      return whole.replaceAll(" m-\\S+", "").replaceAll("(?m)^image=.*\n?", "");
    }
  }
}
