package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AliyunScalingGroupsTest {
  private RawSocketServer gateway;

  @BeforeEach
  void open() throws IOException {
    gateway = new RawSocketServer();
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
  }

  private AliyunScalingGroups ess() {
    return new AliyunScalingGroups(
        new RpcClient(
            "prod",
            "cn-hangzhou",
            new StaticCredentialsProvider(new BasicCredentials("k", "s")),
            new HttpTransport(new HttpClients(Map.of()), gateway::address, HttpTransport.MAX_BODY),
            InstantSource.fixed(Instant.EPOCH),
            pause -> {}));
  }

  @Test
  void countsTheInstancesByState() {
    gateway.json(
        200,
        "{\"TotalCount\":1,\"ScalingGroups\":{\"ScalingGroup\":[{\"ScalingGroupId\":\"asg-1\","
            + "\"ScalingGroupName\":\"web\",\"LifecycleState\":\"Active\",\"GroupType\":\"ECI\",\"ActiveCapacity\":4,"
            + "\"ProtectedCapacity\":1,\"StandbyCapacity\":2,\"TotalCapacity\":9,\"MinSize\":1,"
            + "\"MaxSize\":10,\"SuspendedProcesses\":{\"SuspendedProcess\":[\"ScaleIn\",\"New\"]}}]}}");

    ScalingGroup group = ess().find("asg-1").orElseThrow();

    assertThat(group.inService()).isEqualTo(4);
    assertThat(group.protectedInstances()).isEqualTo(1);
    assertThat(group.standby()).isEqualTo(2);
    assertThat(group.other()).isEqualTo(2);
    assertThat(group.region()).isEqualTo("cn-hangzhou");
    assertThat(group.ofContainers()).isTrue();
    assertThat(group.suspended()).containsExactly(ScalingProcess.SCALE_IN);
    assertThat(gateway.seen().get(0).query())
        .containsEntry("ScalingGroupId.1", "asg-1")
        .containsEntry("Version", "2014-08-28");
  }

  @Test
  void readsAllPagesOfInstances() {
    gateway.json(200, page("i-1")).json(200, page("i-2"));

    assertThat(ess().instances("asg-1"))
        .extracting(GroupInstance::id)
        .containsExactly("i-1", "i-2");
    assertThat(gateway.seen().get(1).query())
        .containsEntry("PageNumber", "2")
        .containsEntry("PageSize", "50");
  }

  private static String page(String id) {
    return "{\"TotalCount\":2,\"ScalingInstances\":{\"ScalingInstance\":[{\"InstanceId\":\""
        + id
        + "\",\"LifecycleState\":\"InService\",\"HealthStatus\":\"Healthy\"}]}}";
  }

  @Test
  void doesNotTakeAFlatListForAnEmptyOne() {
    gateway.json(200, "{\"TotalCount\":1,\"ScalingGroups\":[{\"ScalingGroupId\":\"asg-1\"}]}");

    Problem problem = catchThrowableOfType(Problem.class, () -> ess().list());

    assertThat(problem.kind()).isEqualTo(Problem.Kind.UNREACHABLE);
  }

  private static String tags(String token, String... rows) {
    return "{\"NextToken\":\""
        + token
        + "\",\"TagResources\":{\"TagResource\":["
        + String.join(",", rows)
        + "]}}";
  }

  private static String tag(String group, String key, String value) {
    return "{\"ResourceType\":\"ALIYUN::ESS::SCALINGGROUP\",\"ResourceId\":\""
        + group
        + "\",\"TagKey\":\""
        + key
        + "\",\"TagValue\":\""
        + value
        + "\"}";
  }

  @Test
  void listsTheGroupsWithATagOfAllPagesOnce() {
    gateway
        .json(200, tags("more", tag("asg-1", "env", "prod"), tag("asg-1", "tier", "web")))
        .json(
            200,
            tags(
                "",
                tag("asg-2", "tier", "web"),
                tag("asg-3", "tier", "db"),
                tag("asg-1", "tier", "web")));

    assertThat(ess().tagged("tier", "web")).containsExactly("asg-1", "asg-2");
    assertThat(gateway.seen().get(0).query())
        .containsEntry("Action", "ListTagResources")
        .containsEntry("Version", "2014-08-28")
        .containsEntry("RegionId", "cn-hangzhou")
        .containsEntry("ResourceType", "scalinggroup")
        .containsEntry("Tag.1.Key", "tier")
        .containsEntry("Tag.1.Value", "web")
        .doesNotContainKeys("NextToken", "MaxResults", "PageSize", "");
    assertThat(gateway.seen().get(1).query()).containsEntry("NextToken", "more");
  }

  @Test
  void takesNoOtherListAndNoIdThatIsNone() {
    for (String answer :
        List.of(
            "{}",
            "{\"TagResources\":[]}",
            "{\"TagResources\":{}}",
            tags("", tag("asg 1; \\u001b[31m", "tier", "web")),
            tags("", tag("", "tier", "web")))) {
      gateway.json(200, answer);
      Problem problem = catchThrowableOfType(Problem.class, () -> ess().tagged("tier", "web"));
      assertThat(problem).as(answer).isNotNull();
      assertThat(problem.kind()).isEqualTo(Problem.Kind.UNREACHABLE);
      assertThat(problem.what()).isEqualTo("cannot list the scaling groups with a tag");
    }
  }

  @Test
  void pagesThatRepeatAreGivenUp() {
    for (int i = 0; i < 2; i++) {
      gateway.json(200, tags("again", tag("asg-1", "tier", "web")));
    }
    assertThat(catchThrowableOfType(Problem.class, () -> ess().tagged("tier", "web")).why())
        .isEqualTo("the service's pages repeat");
  }
}
