package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
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
}
