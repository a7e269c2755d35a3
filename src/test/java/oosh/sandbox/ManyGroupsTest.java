package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox with many groups in two regions, and failures of one region or group. */
class ManyGroupsTest {
  private static final String HANGZHOU = "cn-hangzhou";
  private static final String SINGAPORE = "ap-southeast-1";
  private static final String TAG = "{\"oosh-wave\":\"wave-1\"}";

  private static String start(SandboxCaller caller, String group, String region) {
    return caller.start(
        "{\"invokeType\":\"invoke\",\"scalingGroupId\":\"%s\",\"batchNumber\":2,\"invokeScript\":\"true\"}"
            .formatted(group),
        "RegionId",
        region,
        "Tags",
        TAG);
  }

  private static List<JsonObject> groups(SandboxCaller caller, String region) {
    return SandboxCaller.objects(
        caller
            .call(SandboxCaller.ESS, "DescribeScalingGroups", "RegionId", region, "PageSize", "50")
            .json()
            .getAsJsonObject("ScalingGroups")
            .getAsJsonArray("ScalingGroup"));
  }

  private static List<String> fleets(SandboxCaller caller, String region) {
    return groups(caller, region).stream()
        .filter(g -> g.get("ScalingGroupName").getAsString().startsWith("fleet-"))
        .map(g -> g.get("ScalingGroupId").getAsString() + " " + g.get("TotalCapacity"))
        .toList();
  }

  @Test
  void hasFurtherGroupsByTurnsInItsRegionsAlsoAfterAReset(@TempDir Path folder) {
    SandboxOptions options = new SandboxOptions(0, folder.resolve("state"), true, null);
    try (Sandbox sandbox = Sandbox.open(options.withGroups(3, 2))) {
      SandboxCaller caller = new SandboxCaller(sandbox);
      assertThat(fleets(caller, HANGZHOU))
          .containsExactly("asg-bp1fleet001 2", "asg-bp1fleet003 2");
      assertThat(fleets(caller, SINGAPORE)).containsExactly("asg-t4nfleet002 2");
      caller.control("POST", "reset", "");
      assertThat(fleets(caller, SINGAPORE)).containsExactly("asg-t4nfleet002 2");
    }
    try (Sandbox sandbox = Sandbox.open(options)) {
      SandboxCaller caller = new SandboxCaller(sandbox);
      assertThat(fleets(caller, SINGAPORE)).containsExactly("asg-t4nfleet002 2");
      caller.control("POST", "reset", "");
      assertThat(fleets(caller, HANGZHOU)).hasSize(2);
    }
    assertThatThrownBy(() -> options.withGroups(100, 1001)).hasMessageContaining("20,000");
  }

  /** More tasks, and more commands, than a sandbox with its usual groups keeps. */
  @Test
  void losesNothingOfAnUpdateOfFiveThousandInstances() {
    SandboxOptions options = SandboxOptions.inSteps().withoutPacing().withGroups(40, 130);
    try (Sandbox sandbox = Sandbox.open(options)) {
      SandboxCaller caller = new SandboxCaller(sandbox);
      for (int i = 1; i <= 40; i++) {
        boolean here = i % 2 == 1;
        start(
            caller,
            String.format("asg-%sfleet%03d", here ? "bp1" : "t4n", i),
            here ? HANGZHOU : SINGAPORE);
      }
      sandbox.advance(Duration.ofMinutes(1));
      for (String region : List.of(HANGZHOU, SINGAPORE)) {
        List<JsonObject> roots = listed(caller, region);
        assertThat(roots).hasSize(20);
        for (JsonObject root : roots) {
          assertThat(root.get("Status").getAsString()).isEqualTo("Success");
          assertThat(root.getAsJsonObject("Counters").get("Success").getAsInt()).isEqualTo(130);
        }
        String oldest = roots.get(19).get("ExecutionId").getAsString();
        List<JsonObject> children = caller.children(oldest, "RegionId", region);
        assertThat(children).hasSize(100);
        String child = children.get(0).get("ExecutionId").getAsString();
        assertThat(caller.tasks(child, "RegionId", region)).contains("runCommand Success");
      }
    }
  }

  private static List<JsonObject> listed(SandboxCaller caller, String region) {
    return SandboxCaller.objects(
        caller
            .call(
                SandboxCaller.OOS,
                "ListExecutions",
                "RegionId",
                region,
                "Tags",
                TAG,
                "MaxResults",
                "100")
            .json()
            .getAsJsonArray("Executions"));
  }

  private static int asked(SandboxCaller caller, String region) {
    return caller
        .call(SandboxCaller.OOS, "ListExecutions", "RegionId", region, "MaxResults", "10")
        .http();
  }

  private static String ordered(SandboxCaller caller, String fault) {
    JsonObject answer = caller.control("POST", "faults", fault).json();
    return answer.has("Message") ? answer.get("Message").getAsString() : "";
  }

  @Test
  void aRegionCanFailAlone() {
    try (Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps())) {
      SandboxCaller caller = new SandboxCaller(sandbox);
      assertThat(ordered(caller, "{\"region\":\"ap-southeast-1\",\"kind\":\"error500\"}"))
          .isEmpty();
      assertThat(asked(caller, HANGZHOU)).isEqualTo(200);
      assertThat(asked(caller, SINGAPORE)).isEqualTo(500);
      assertThat(
              ordered(
                  caller,
                  "{\"action\":\"ListExecutions\",\"region\":\"cn-hangzhou\",\"kind\":\"denied\"}"))
          .isEmpty();
      assertThat(asked(caller, HANGZHOU)).isNotEqualTo(200);
      assertThat(groups(caller, HANGZHOU)).isNotEmpty();
      assertThat(caller.control("GET", "status", "").json().getAsJsonObject("calls"))
          .hasToString(
              "{\"ap-southeast-1\":{\"ListExecutions\":1},"
                  + "\"cn-hangzhou\":{\"DescribeScalingGroups\":1,\"ListExecutions\":2}}");
    }
  }

  @Test
  void theCallsOfAGroupCanFailAlone() {
    try (Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps())) {
      SandboxCaller caller = new SandboxCaller(sandbox);
      assertThat(ordered(caller, "{\"group\":\"asg-bp1api\",\"kind\":\"error500\"}")).isEmpty();
      assertThat(start(caller, "asg-bp1web", HANGZHOU)).startsWith("exec-");
      assertThatThrownBy(() -> start(caller, "asg-bp1api", HANGZHOU))
          .hasMessageContaining("InternalError");
    }
  }

  @Test
  void refusesAFaultOfWhatThereIsNot() {
    try (Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps())) {
      SandboxCaller caller = new SandboxCaller(sandbox);
      assertThat(ordered(caller, "{\"region\":\"cn-nowhere\",\"kind\":\"silent\"}"))
          .contains("no region cn-nowhere");
      assertThat(ordered(caller, "{\"group\":\"asg-none\",\"kind\":\"silent\"}"))
          .contains("no group asg-none");
      assertThat(ordered(caller, "{\"kind\":\"silent\"}")).contains("a region or a group");
      assertThat(ordered(caller, "{\"instance\":\"i-bp1a\",\"region\":\"cn-hangzhou\"}"))
          .contains("either an instance");
      assertThat(
              ordered(
                  caller,
                  "{\"action\":\"ListExecutions\",\"region\":\"cn-hangzhou\",\"kind\":\"late\","
                      + "\"seconds\":5}"))
          .contains("late in every region");
    }
  }
}
