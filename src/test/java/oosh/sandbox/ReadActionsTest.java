package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What can be looked up, and the small changes beside it. */
class ReadActionsTest {
  private static final String RAM = "2015-05-01";

  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private final SandboxCaller caller = new SandboxCaller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private List<String> listed(
      String version, String action, String plural, String singular, String field, String... more) {
    JsonArray array =
        caller.call(version, action, more).json().getAsJsonObject(plural).getAsJsonArray(singular);
    return SandboxCaller.objects(array).stream().map(o -> o.get(field).getAsString()).toList();
  }

  private List<String> images(String... more) {
    return listed(SandboxCaller.ECS, "DescribeImages", "Images", "Image", "ImageId", more);
  }

  @Test
  void imagesByOwnerArchitectureSystemAndName() {
    assertThat(images()).hasSize(7);
    assertThat(images("ImageOwnerAlias", "self", "OSType", "linux", "Architecture", "x86_64"))
        .containsExactly("m-bp1web24", "m-bp1web25");
    assertThat(images("ImageId", "m-bp1web25,m-nowhere")).containsExactly("m-bp1web25");
    assertThat(images("ImageName", "web-*")).hasSize(3);
    assertThat(images("PageSize", "2", "PageNumber", "4")).hasSize(1);
    assertThat(images("Status", "Creating")).isEmpty();
  }

  @Test
  void scalingConfigurationsAndTheirImage() {
    String[] ofWeb = {"ScalingGroupId", "asg-bp1web"};
    assertThat(
            listed(
                SandboxCaller.ESS,
                "DescribeScalingConfigurations",
                "ScalingConfigurations",
                "ScalingConfiguration",
                "LifecycleState",
                ofWeb))
        .containsExactly("Active", "Inactive");
    caller.call(
        SandboxCaller.ESS,
        "ModifyScalingConfiguration",
        "ScalingConfigurationId",
        "asc-web",
        "ImageId",
        "m-bp1web25");
    assertThat(
            listed(
                SandboxCaller.ESS,
                "DescribeScalingConfigurations",
                "ScalingConfigurations",
                "ScalingConfiguration",
                "ImageId",
                ofWeb))
        .containsExactly("m-bp1web25", "m-bp1web25");
    assertThat(
            caller
                .call(
                    SandboxCaller.ESS,
                    "ModifyScalingConfiguration",
                    "ScalingConfigurationId",
                    "asc-web",
                    "ImageId",
                    "m-nowhere")
                .code())
        .isEqualTo("InvalidImageId.NotFound");
    caller.control("POST", "world", "{\"group\":\"asg-bp1web\",\"instances\":7}");
    assertThat(
            listed(
                SandboxCaller.ECS,
                "DescribeInstances",
                "Instances",
                "Instance",
                "ImageId",
                "InstanceIds",
                "[\"i-new0001\"]"))
        .containsExactly("m-bp1web25");
  }

  @Test
  void groupsOfContainers() {
    assertThat(
            listed(
                SandboxCaller.ESS,
                "DescribeScalingGroups",
                "ScalingGroups",
                "ScalingGroup",
                "ActiveScalingConfigurationId",
                "RegionId",
                "ap-southeast-1",
                "GroupType",
                "ECI"))
        .containsExactly("asc-eci");
    caller.call(
        SandboxCaller.ESS,
        "ModifyEciScalingConfiguration",
        "RegionId",
        "ap-southeast-1",
        "ScalingConfigurationId",
        "asc-eci",
        "Container.1.Name",
        "shop",
        "Container.1.Image",
        "registry.local/shop:9",
        "ContainersUpdateType",
        "IncrementalUpdate");
    assertThat(
            caller
                .call(
                    SandboxCaller.ESS,
                    "DescribeEciScalingConfigurations",
                    "RegionId",
                    "ap-southeast-1")
                .text())
        .contains("shop:9", "proxy:1.0.0", "\"Containers\":{\"Container\":[");
    // Of container groups ECS knows nothing.
    assertThat(
            listed(
                SandboxCaller.ECS,
                "DescribeInstances",
                "Instances",
                "Instance",
                "InstanceId",
                "RegionId",
                "ap-southeast-1"))
        .containsExactly("i-t4n1a", "i-t4n1b", "i-t4n1c");
  }

  @Test
  void rolesAndWhoMayTakeThemOn() {
    JsonObject first = caller.call(RAM, "ListRoles", "MaxItems", "3").json();
    assertThat(first.get("IsTruncated").getAsBoolean()).isTrue();
    assertThat(
            listed(
                RAM,
                "ListRoles",
                "Roles",
                "Role",
                "RoleName",
                "Marker",
                first.get("Marker").getAsString()))
        .containsExactly("InstanceRole");
    assertThat(trust("OOSServiceRole")).contains("oos.aliyuncs.com");
    assertThat(trust("InstanceRole")).doesNotContain("oos.aliyuncs.com");
    assertThat(caller.call(RAM, "GetRole", "RoleName", "Nobody").code())
        .isEqualTo("EntityNotExist.Role");
  }

  private String trust(String role) {
    return caller
        .call(RAM, "GetRole", "RoleName", role)
        .json()
        .getAsJsonObject("Role")
        .get("AssumeRolePolicyDocument")
        .getAsString();
  }

  private List<String> tagged(String... more) {
    return listed(
            SandboxCaller.ESS,
            "ListTagResources",
            "TagResources",
            "TagResource",
            "ResourceId",
            Stream.concat(Stream.of("ResourceType", "scalinggroup"), Stream.of(more))
                .toArray(String[]::new))
        .stream()
        .distinct()
        .toList();
  }

  @Test
  void groupsByTheirTags() {
    assertThat(tagged("Tag.1.Key", "tier", "Tag.1.Value", "web"))
        .containsExactly("asg-bp1web", "asg-bp1api");
    assertThat(tagged("Tag.1.Key", "tier"))
        .containsExactly("asg-bp1web", "asg-bp1api", "asg-bp1db");
    assertThat(
            tagged(
                "Tag.1.Key", "tier", "Tag.1.Value", "db", "Tag.2.Key", "env", "Tag.2.Value", "qa"))
        .isEmpty();
    assertThat(tagged("ResourceId.1", "asg-bp1db", "ResourceId.2", "asg-nowhere"))
        .containsExactly("asg-bp1db");
    assertThat(tagged("RegionId", "ap-southeast-1", "Tag.1.Key", "tier", "Tag.1.Value", "web"))
        .containsExactly("asg-t4nweb");
  }

  @Test
  void tagsNeedAKeyOrAGroup() {
    for (String[] wrong :
        List.of(
            new String[] {"ResourceType", "scalinggroup"},
            new String[] {"ResourceType", "scalinggroup", "Tag.1.Value", "web"},
            new String[] {"ResourceType", "instance", "Tag.1.Key", "tier"},
            new String[] {"ResourceType", "scalinggroup", "Tag.1.Key", "a", "NextToken", "x"})) {
      assertThat(caller.call(SandboxCaller.ESS, "ListTagResources", wrong).http()).isEqualTo(400);
    }
  }
}
