package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Catalogue;
import oosh.rollout.cloud.CatalogueItem;
import oosh.rollout.cloud.Inventory;
import oosh.rollout.cloud.ScalingGroup;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be chosen from: as the sandbox lists it, and as a server does that misbehaves. */
final class CatalogueTest {
  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private RawSocketServer gateway;

  @BeforeEach
  void open() throws IOException {
    gateway = new RawSocketServer();
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
    sandbox.close();
  }

  private static Catalogue at(URI address, String region, String key) {
    return new AliyunCatalogue(caller(address, region, key));
  }

  private static RpcClient caller(URI address, String region, String key) {
    return new RpcClient(
        "prod",
        region,
        new StaticCredentialsProvider(new BasicCredentials(key, key)),
        new HttpTransport(new HttpClients(Map.of()), () -> address, HttpTransport.MAX_BODY),
        InstantSource.system(),
        pause -> {});
  }

  private Catalogue sandbox(String region) {
    return at(address(), region, "sandbox");
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + sandbox.port());
  }

  private Catalogue gateway() {
    return new AliyunCatalogue(gatewayCaller());
  }

  private RpcClient gatewayCaller() {
    return new RpcClient(
        "prod",
        "cn-hangzhou",
        new StaticCredentialsProvider(new BasicCredentials("k", "s")),
        new HttpTransport(new HttpClients(Map.of()), gateway::address, HttpTransport.MAX_BODY),
        InstantSource.fixed(Instant.EPOCH),
        pause -> {});
  }

  private ScalingGroup group(String region, String id) {
    return new AliyunScalingGroups(caller(address(), region, "sandbox")).find(id).orElseThrow();
  }

  private static ScalingGroup group(String type) {
    return new ScalingGroup(
        "asg-1", "web", "cn-hangzhou", "Active", 2, 0, 0, 0, 0, 9, Set.of(), type, false);
  }

  private static List<String> lines(List<CatalogueItem> offers) {
    return offers.stream().map(o -> o.value() + " | " + o.description()).toList();
  }

  @Test
  void imagesOfTheGroupsArchitectureOwnOnesFirst() {
    assertThat(lines(sandbox("cn-hangzhou").images(group("cn-hangzhou", "asg-bp1web"))))
        .containsExactly(
            "m-bp1web24 | web-2.4.0, Linux 64bit, x86_64, own",
            "m-bp1web25 | web-2.5.0, Linux 64bit, x86_64, own",
            "m-bp1win7 | win-7, Windows Server 64bit, x86_64, own",
            "aliyun_3_x64_20G_sandbox.vhd | linux-3-sandbox, Linux 64bit, x86_64, system",
            "win2022_x64_sandbox.vhd | win-2022-sandbox, Windows Server 64bit, x86_64, system");
    assertThat(sandbox("cn-hangzhou").images(null)).hasSize(7);
  }

  @Test
  void configurationsOfServersAndOfContainers() {
    assertThat(lines(sandbox("cn-hangzhou").configurations(group("cn-hangzhou", "asg-bp1web"))))
        .containsExactly(
            "asc-web | image m-bp1web24, Active", "asc-web-next | image m-bp1web25, Inactive");
    assertThat(
            lines(sandbox("ap-southeast-1").configurations(group("ap-southeast-1", "asg-bp1eci"))))
        .containsExactly(
            "asc-eci | images registry.local/shop:2.4.0 registry.local/proxy:1.0.0, Active");
    assertThat(sandbox("ap-southeast-1").images(group("ap-southeast-1", "asg-bp1eci"))).isEmpty();
  }

  @Test
  void packagesAndTheirVersions() {
    assertThat(lines(sandbox("cn-hangzhou").packages()))
        .containsExactly(
            "shop-frontend | own, A package of the sandbox for linux",
            "ACS-Extension-demo-agent | public, A package of the sandbox for linux and windows",
            "ACS-Extension-demo-metrics | public, A package of the sandbox for linux");
    assertThat(lines(sandbox("cn-hangzhou").versions("shop-frontend")))
        .containsExactly(
            "v3 | 2.4.1, A package of the sandbox for linux",
            "v2 | 2.4.0, A package of the sandbox for linux",
            "v1 | 2.3.0, A package of the sandbox for linux");
    assertThat(sandbox("cn-hangzhou").templates()).isEmpty();
  }

  @Test
  void rolesThatOosMayTakeOn() {
    assertThat(lines(sandbox("cn-hangzhou").roles()))
        .containsExactly(
            "OOSServiceRole | What OOS takes on by default",
            "RolloutRole | For rolling updates",
            "RolloutAuditRole | For looking at rolling updates");
  }

  @Test
  void asksTheInstancesWhereNoConfigurationIsActive() {
    gateway
        .json(200, "{\"TotalCount\":0,\"ScalingConfigurations\":{\"ScalingConfiguration\":[]}}")
        .json(
            200,
            "{\"TotalCount\":1,\"ScalingInstances\":{\"ScalingInstance\":"
                + "[{\"InstanceId\":\"i-1\"}]}}")
        .json(
            200,
            "{\"TotalCount\":1,\"Instances\":{\"Instance\":"
                + "[{\"InstanceId\":\"i-1\",\"ImageId\":\"m-old\"}]}}")
        // It can be used no more, and is asked for as such.
        .json(200, "{\"TotalCount\":0,\"Images\":{\"Image\":[]}}")
        .json(200, images("m-old", "arm64", "Deprecated"))
        .json(200, images("m-1", "arm64", "Available"))
        .json(200, images("m-2", "x86_64", "Available"));

    assertThat(gateway().images(group("ECS")))
        .extracting(CatalogueItem::value)
        .containsExactly("m-1");

    assertThat(gateway.seen().get(2).query())
        .containsEntry("Action", "DescribeInstances")
        .containsEntry("Version", "2014-05-26")
        .containsEntry("InstanceIds", "[\"i-1\"]");
    assertThat(gateway.seen().get(4).query()).containsEntry("Status", "Deprecated");
    assertThat(gateway.seen().get(5).query())
        .containsEntry("Architecture", "arm64")
        .containsEntry("ImageOwnerAlias", "self")
        .containsEntry("Status", "Available")
        .containsEntry("RegionId", "cn-hangzhou");
    assertThat(gateway.seen().get(6).query()).containsEntry("ImageOwnerAlias", "system");
  }

  private static String images(String id, String architecture, String status) {
    return "{\"TotalCount\":1,\"Images\":{\"Image\":[{\"ImageId\":\""
        + id
        + "\",\"Architecture\":\""
        + architecture
        + "\",\"Status\":\""
        + status
        + "\"}]}}";
  }

  @Test
  void endsWhenAServiceReturnsEndlessPages() {
    String page = "{\"NextToken\":\"t\",\"Templates\":[{\"TemplateName\":\"mine\"}]}";
    gateway.json(200, page);

    Problem problem = catchThrowableOfType(Problem.class, () -> gateway().templates());

    assertThat(problem.why()).isEqualTo("the service's pages repeat");
    assertThat(gateway.seen()).hasSize(2);
    assertThat(gateway.seen().get(0).query())
        .containsEntry("ShareType", "Private")
        .containsEntry("TemplateType", "Automation")
        .doesNotContainKey("NextToken");
    assertThat(gateway.seen().get(1).query()).containsEntry("NextToken", "t");
  }

  @Test
  void looksAtNoMoreThanAHundredRoles() {
    StringBuilder roles = new StringBuilder("{\"RoleName\":\"r0\"}");
    for (int i = 1; i < 150; i++) {
      roles.append(",{\"RoleName\":\"r").append(i).append("\"}");
    }
    gateway
        .json(200, "{\"IsTruncated\":true,\"Marker\":\"m\",\"Roles\":{\"Role\":[" + roles + "]}}")
        .json(
            200,
            "{\"Role\":{\"AssumeRolePolicyDocument\":\"{\\\"Statement\\\":[{\\\"Effect\\\":"
                + "\\\"Allow\\\",\\\"Principal\\\":{\\\"Service\\\":\\\"oos.aliyuncs.com\\\"}}]}\"}}");

    assertThat(gateway().roles()).hasSize(100);

    assertThat(gateway.seen()).hasSize(101);
    assertThat(gateway.seen().get(0).query())
        .containsEntry("Version", "2015-05-01")
        .containsEntry("MaxItems", "100");
  }

  @Test
  void doesNotTakeAFlatListForAnEmptyOne() {
    gateway.json(200, "{\"TotalCount\":1,\"Images\":[{\"ImageId\":\"m-1\"}]}");

    Problem problem = catchThrowableOfType(Problem.class, () -> gateway().images(null));

    assertThat(problem.kind()).isEqualTo(Problem.Kind.UNREACHABLE);
    assertThat(problem.what()).isEqualTo("cannot list the images");
  }

  @Test
  void readsADescriptionOfSeveralLanguagesInEnglish() {
    gateway.json(
        200,
        "{\"Templates\":[{\"TemplateName\":\"agent\",\"Description\":"
            + "\"{\\\"en\\\":\\\"An agent\\\",\\\"zh-cn\\\":\\\"x\\\"}\"}]}");

    assertThat(lines(gateway().templates())).containsExactly("agent | An agent");
  }

  @Test
  void returnsContainersWithTheFieldNamesOfAnUpdate() {
    gateway.json(
        200,
        """
        {"ScalingConfigurations": {"ScalingConfiguration": [{"ScalingConfigurationId": "asc-1",
          "Containers": {"Container": [{"Name": "shop", "Cpu": 1.0, "WorkingDir": "",
            "Args": ["-v"], "Commands": [], "EnvironmentVars": {"EnvironmentVar": [{"Key": "A"}]},
            "VolumeMounts": {"VolumeMount": []}, "Ports": [{"Port": 80, "Protocol": "TCP"}],
            "LivenessProbeHttpGetPath": "/up", "LivenessProbePeriodSeconds": 5,
            "ReadinessProbeExecCommands": ["/bin/up"], "LifecyclePreStopHandlerExecs": ["/bin/end"],
            "SecurityContextCapabilityAdds": ["NET_ADMIN"],
            "SecurityContextRunAsUser": 7}]}}]}}
        """);
    Inventory inventory = new AliyunInventory(gatewayCaller());

    assertThat(inventory.containers("asc-1"))
        .containsExactly(
            Map.of(
                "Name",
                "shop",
                "Cpu",
                1.0,
                "Arg",
                List.of("-v"),
                "Port",
                List.of(Map.of("Port", 80L, "Protocol", "TCP")),
                "LivenessProbe",
                Map.of("HttpGet", Map.of("Path", "/up"), "PeriodSeconds", 5L),
                "ReadinessProbe",
                Map.of("Exec", Map.of("Command", List.of("/bin/up"))),
                "LifecyclePreStopHandlerExec",
                List.of("/bin/end"),
                "EnvironmentVar",
                List.of(Map.of("Key", "A")),
                "SecurityContext",
                Map.of("Capability", Map.of("Add", List.of("NET_ADMIN")), "RunAsUser", 7L)));
  }
}
