package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The instances that there are: when they were created, their tags and zones. */
class WorldTest {
  private Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private SandboxCaller caller = new SandboxCaller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private List<JsonObject> members(String group) {
    return SandboxCaller.objects(
        caller
            .call(
                SandboxCaller.ESS,
                "DescribeScalingInstances",
                "ScalingGroupId",
                group,
                "PageSize",
                "50")
            .json()
            .getAsJsonObject("ScalingInstances")
            .getAsJsonArray("ScalingInstance"));
  }

  private List<String> created(String group) {
    return members(group).stream().map(m -> m.get("CreatedTime").getAsString()).toList();
  }

  private String order(String body) {
    SandboxCaller.Reply reply = caller.control("POST", "world", body);
    return reply.http() == 200 ? "" : reply.json().get("Message").getAsString();
  }

  private List<JsonObject> instances(String... more) {
    return SandboxCaller.objects(
        caller
            .call(SandboxCaller.ECS, "DescribeInstances", more)
            .json()
            .getAsJsonObject("Instances")
            .getAsJsonArray("Instance"));
  }

  private List<String> ids(String... more) {
    return instances(more).stream().map(i -> i.get("InstanceId").getAsString()).toList();
  }

  @Test
  void theFirstInstanceIsTheOldest() {
    assertThat(created("asg-bp1db"))
        .containsExactly("2025-12-31T23:58:00Z", "2025-12-31T23:59:00Z", "2026-01-01T00:00:00Z");
    assertThat(created("asg-bp1big")).doesNotHaveDuplicates().isSorted();
    caller.control("POST", "reset", "");
    assertThat(created("asg-bp1web")).doesNotHaveDuplicates().isSorted();
    caller.control(
        "POST",
        "stage",
        """
        {"group": "asg-x", "name": "x", "regionId": "cn-hangzhou", "instances": [
          {"instance": "i-1", "lifecycleState": "InService"},
          {"instance": "i-2", "lifecycleState": "InService"}]}
        """);
    assertThat(created("asg-x")).containsExactly("2025-12-31T23:59:00Z", "2026-01-01T00:00:00Z");
  }

  /** Or an execution that was forgotten by the reset would seem to have run on them. */
  @Test
  void afterAResetNoInstanceIsOlderThanTheReset() {
    sandbox.close();
    sandbox = Sandbox.open(new SandboxOptions(0, null, false, null));
    caller = new SandboxCaller(sandbox);
    String youngest = created("asg-bp1web").get(5);
    caller.control("POST", "reset", "");
    assertThat(created("asg-bp1web").get(0)).isGreaterThanOrEqualTo(youngest);
  }

  private static final String EIGHT = "{\"group\":\"asg-bp1web\",\"instances\":8,\"seconds\":30}";

  private String due() {
    return caller.control("GET", "status", "").json().getAsJsonObject("due").toString();
  }

  @Test
  void instancesJoinAtTheTimeThatWasOrdered() {
    assertThat(order(EIGHT)).isEmpty();
    assertThat(due()).isEqualTo("{\"asg-bp1web\":\"8 instances in 30 s\"}");
    sandbox.advance(Duration.ofSeconds(29));
    assertThat(members("asg-bp1web")).hasSize(6);
    sandbox.advance(Duration.ofSeconds(60));
    assertThat(due()).isEqualTo("{}");
    assertThat(created("asg-bp1web").subList(6, 8))
        .containsExactly("2026-01-01T00:00:30Z", "2026-01-01T00:00:30Z");
    assertThat(order("{\"group\":\"asg-bp1web\",\"instances\":2,\"seconds\":-1}"))
        .contains("seconds");
  }

  @Test
  void aLaterOrderTakesThePlaceOfTheOneBefore() {
    order(EIGHT);
    order("{\"group\":\"asg-bp1web\",\"instances\":3}");
    sandbox.advance(Duration.ofMinutes(1));
    assertThat(members("asg-bp1web")).hasSize(3);
  }

  @Test
  void aTaskMeetsTheInstancesThatJoinedWhileItsExecutionRan() {
    String id =
        new GateFixture(caller)
            .start(
                GateFixture.text(
                    GateFixture.task("wait", "ACS::Sleep", "\"Duration\": \"PT1M\"", ""),
                    GateFixture.task(
                        "count",
                        "ACS::CheckFor",
                        """
                        "Service": "ESS", "API": "DescribeScalingInstances",
                        "Parameters": {"ScalingGroupId": "{{ group }}"},
                        "PropertySelector": "TotalCount", "DesiredValues": [8]
                        """,
                        "")));
    order(EIGHT);
    sandbox.advance(Duration.ofMinutes(2));
    assertThat(caller.status(id)).isEqualTo("Success");
  }

  @Test
  void theOrderIsKeptOverARestart(@TempDir Path folder) {
    sandbox.close();
    Path file = folder.resolve("state.json.gz");
    for (int round = 0; round < 2; round++) {
      sandbox = Sandbox.open(new SandboxOptions(0, file, true, null));
      caller = new SandboxCaller(sandbox);
      if (round == 0) {
        order(EIGHT);
        sandbox.close();
      }
    }
    sandbox.advance(Duration.ofSeconds(30));
    assertThat(members("asg-bp1web")).hasSize(8);
  }

  @Test
  void tagsNarrowTheListOfInstances() {
    assertThat(order("{\"instance\":\"i-bp1a\",\"tags\":{\"release\":\"canary\"}}")).isEmpty();
    assertThat(order("{\"instance\":\"i-bp1b\",\"tags\":{\"release\":\"canary\",\"a\":\"b\"}}"))
        .isEmpty();
    assertThat(instances("InstanceIds", "[\"i-bp1b\"]").get(0).getAsJsonObject("Tags").toString())
        .isEqualTo(
            "{\"Tag\":[{\"TagKey\":\"release\",\"TagValue\":\"canary\"},"
                + "{\"TagKey\":\"a\",\"TagValue\":\"b\"}]}");
    assertThat(ids("Tag.1.Key", "release", "Tag.1.Value", "canary"))
        .containsExactly("i-bp1a", "i-bp1b");
    assertThat(
            ids(
                "Tag.1.Key",
                "release",
                "Tag.1.Value",
                "canary",
                "Tag.2.Key",
                "a",
                "Tag.2.Value",
                "b"))
        .containsExactly("i-bp1b");
    assertThat(
            ids(
                "Tag.1.Key",
                "release",
                "Tag.1.Value",
                "canary",
                "InstanceIds",
                "[\"i-bp1a\",\"i-bp1c\"]"))
        .containsExactly("i-bp1a");
    assertThat(ids("Tag.1.Key", "a")).containsExactly("i-bp1b");
    assertThat(ids("Tag.1.Key", "release", "Tag.1.Value", "none")).isEmpty();
  }

  @Test
  void anInstanceIsInTheZoneThatWasOrdered() {
    assertThat(order("{\"instance\":\"i-bp1a\",\"zoneId\":\"cn-hangzhou-h\"}")).isEmpty();
    assertThat(members("asg-bp1web").get(0).get("ZoneId").getAsString()).isEqualTo("cn-hangzhou-h");
    assertThat(instances("InstanceIds", "[\"i-bp1a\"]").get(0).get("ZoneId").getAsString())
        .isEqualTo("cn-hangzhou-h");
    assertThat(order("{\"instance\":\"i-bp1a\",\"zoneId\":\"cn-beijing-h\"}"))
        .isEqualTo("\"cn-beijing-h\" is no zone of cn-hangzhou.");
    assertThat(order("{\"instance\":\"eci-bp1a\",\"tags\":{\"a\":\"b\"}}"))
        .isEqualTo("ECS does not know eci-bp1a: it is a container group.");
    assertThat(order("{\"instance\":\"i-bp1a\",\"tags\":{\"\":\"b\"}}"))
        .isEqualTo("A tag has a key and a value.");
  }
}
