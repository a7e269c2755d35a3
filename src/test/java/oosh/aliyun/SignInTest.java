package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.Problem.Kind;
import oosh.rollout.Unasked;
import oosh.rollout.cloud.CallerIdentity;
import oosh.rollout.cloud.Profile;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import oosh.sandbox.api.SandboxCaller;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles whose keys the STS of a sandbox issues, from the file or the variables to a call. */
final class SignInTest {
  private static final String KEYS =
      "\"access_key_id\": \"sandbox\",\n\t\t\t\"access_key_secret\": \"sandbox\"";

  @TempDir Path folder;
  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private final Map<String, String> env = new HashMap<>();

  @BeforeEach
  void redirect() {
    env.put("OOSH_ENDPOINT", "http://127.0.0.1:" + sandbox.port());
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void aUserHasKeysThatDoNotExpire() throws IOException {
    CallerIdentity caller = caller("prod", profile("prod", "AK", KEYS));

    assertThat(caller)
        .isEqualTo(
            new CallerIdentity(
                "1000000000000000",
                "acs:ram::1000000000000000:user/sandbox",
                "RAMUser",
                "200000000000000001",
                false,
                null));
  }

  @Test
  void rolesAreAssumedOneFromTheOther() throws IOException {
    String one = "\"ram_role_arn\": \"acs:ram::1000000000000000:role/one\"";
    String two = one.replace("one", "two");
    String[] both = {
      profile("one", "RamRoleArn", KEYS, one, "\"ram_session_name\": \"ci\""),
      profile("two", "ChainableRamRoleArn", "\"source_profile\": \"one\"", two)
    };

    CallerIdentity caller = caller("one", both);

    assertThat(caller.arn()).isEqualTo("acs:sts::1000000000000000:assumed-role/one/ci");
    assertThat(caller.temporary()).isTrue();
    assertThat(caller.expires()).isEqualTo(sandbox.now().plus(Duration.ofMinutes(15)));
    assertThat(caller("two", both).arn())
        .isEqualTo("acs:sts::1000000000000000:assumed-role/two/oosh");
  }

  @Test
  void aPipelineSignsInWithTheTokenOfItsProvider() throws IOException {
    env.put("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1000000000000000:role/ci");
    env.put("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1000000000000000:oidc-provider/github");
    env.put(
        "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
        Files.writeString(folder.resolve("token"), "e30.e30.sig").toString());
    AliyunProfiles profiles = profiles();
    Profile preferred = profiles.preferred();

    assertThat(preferred)
        .extracting(Profile::name, Profile::mode, Profile::origin, Profile::unusable)
        .containsExactly("environment", "OIDC", "environment", null);
    assertThat(profiles.open(preferred, "cn-hangzhou").caller().arn())
        .isEqualTo("acs:sts::1000000000000000:assumed-role/ci/oosh");
    assertThat(profiles.open(preferred, "cn-hangzhou").groups().list()).isNotEmpty();
  }

  @Test
  void keysThatExpireAreAskedForAgain() throws IOException {
    AliyunProfiles profiles =
        profiles(
            profile(
                "one",
                "RamRoleArn",
                KEYS,
                "\"ram_role_arn\": \"acs:ram::1000000000000000:role/one\""));
    var cloud = profiles.open(profiles.named("one"), "cn-hangzhou");
    Instant first = cloud.caller().expires();

    sandbox.advance(Duration.ofMinutes(16));

    assertThat(cloud.groups().list()).isNotEmpty();
    assertThat(cloud.caller().expires()).isAfter(first);
  }

  @Test
  void aProgramGivesTheKeysOnceTheyAreNeeded() throws Exception {
    Path log = folder.resolve("log");
    AliyunProfiles profiles =
        profiles(
            profile(
                "ext",
                "External",
                "\"process_command\": \""
                    + program("echo started >> " + log + "\n" + KEYS_PRINTED)
                    + "\""));

    assertThat(profiles.list()).hasSize(2);
    var cloud = profiles.open(profiles.named("ext"), "cn-hangzhou");
    Unasked.run(
        () ->
            assertThat(problemOf(() -> cloud.groups().list()).why())
                .isEqualTo("its process_command is not started before a command needs it"));
    assertThat(log).doesNotExist();

    assertThat(cloud.caller().arn()).endsWith(":user/sandbox");
    Unasked.run(
        () ->
            assertThat(profiles.open(profiles.named("ext"), "cn-beijing").groups().list().isEmpty())
                .isIn(true, false));
    assertThat(log).hasContent("started");
    sandbox.advance(Duration.ofMinutes(6));
    assertThat(cloud.groups().list()).isNotEmpty();
    assertThat(Files.readAllLines(log)).hasSize(2);
  }

  @Test
  void aVariableForbidsProgramsAndServices() throws Exception {
    env.put("ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS", "True");
    AliyunProfiles profiles =
        profiles(
            profile("ext", "External", "\"process_command\": \"/bin/false\""),
            profile("uri", "CredentialsURI", "\"credentials_uri\": \"http://127.0.0.1:1/\""));

    for (String name : List.of("ext", "uri")) {
      Problem problem = problemOf(() -> profiles.named(name));
      assertThat(problem.kind()).isEqualTo(Kind.CREDENTIALS);
      assertThat(problem.why()).startsWith("ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS is set, and");
      assertThat(problem.next())
          .isEqualTo("unset ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS, or use another profile");
    }
  }

  @Test
  void aServiceOfThisMachineLendsKeys() throws Exception {
    Map<String, String> role = lent();
    try (RawSocketServer service = new RawSocketServer()) {
      service.json(200, credentials(role));
      AliyunProfiles profiles =
          profiles(
              profile(
                  "uri",
                  "CredentialsURI",
                  "\"credentials_uri\": \"" + service.address() + "/keys\""));
      CallerIdentity caller = profiles.open(profiles.named("uri"), "cn-hangzhou").caller();

      assertThat(caller.arn()).endsWith(":assumed-role/one/lent");
      assertThat(caller.expires()).isEqualTo(Instant.parse(role.get("Expiration")));
      String token = role.get("SecurityToken");
      assertThat(profiles.masked("it was " + token)).doesNotContain(token.substring(4));
      assertThat(profiles.masked(role.get("AccessKeySecret"))).isEqualTo("(hidden)");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "302|text/plain|hushhush|redirect",
        "500|text/plain|hushhush|error without code",
        "200|text/plain|hushhush|bad json",
        "200|application/json|{\"Code\":\"Success\",\"AccessKeySecret\":\"hushhush\"}|bad shape"
      })
  void aServiceWithoutKeysIsNamedByItsHost(int status, String type, String body, String why)
      throws Exception {
    try (RawSocketServer service = new RawSocketServer()) {
      service.then(RawSocketServer.http(status, type, body));
      AliyunProfiles profiles =
          profiles(
              profile(
                  "uri",
                  "CredentialsURI",
                  "\"credentials_uri\": \"" + service.address() + "/?hushhush\""));
      Problem problem =
          problemOf(() -> profiles.open(profiles.named("uri"), "cn-hangzhou").caller());

      assertThat(problem.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(problem.why()).isEqualTo("no usable answer from 127.0.0.1: " + why);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://keys.example.com/hushhush|is plain http to another machine, which anybody on the"
            + " way can read",
        "https://keys.example.com/hushhush|asks elsewhere than OOSH_ENDPOINT says",
        "http://me:hushhush@127.0.0.1/|is not an http or https address without a login",
        "file:///hushhush|is not an http or https address without a login",
        "hush hush|is not a valid address"
      })
  void aServiceThatCannotBeTrustedIsNotAsked(String address, String why) throws Exception {
    AliyunProfiles profiles =
        profiles(profile("uri", "CredentialsURI", "\"credentials_uri\": \"" + address + "\""));

    Problem problem = problemOf(() -> profiles.open(profiles.named("uri"), "cn-hangzhou").caller());

    assertThat(problem.kind()).isEqualTo(Kind.CREDENTIALS);
    assertThat(problem.why()).isEqualTo("its credentials_uri " + why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OAuth", "CloudSSO"})
  void whatTheCliKeepsIsUsedUntilItExpires(String mode) throws Exception {
    Map<String, String> role = lent();
    long expires = Instant.parse(role.get("Expiration")).getEpochSecond();
    String entry =
        profile(
            "me",
            mode,
            "\"access_key_id\": \"" + role.get("AccessKeyId") + "\"",
            "\"access_key_secret\": \"" + role.get("AccessKeySecret") + "\"",
            "\"sts_token\": \"" + role.get("SecurityToken") + "\"",
            "\"sts_expiration\": " + expires);
    AliyunProfiles profiles = profiles(entry);
    var cloud = profiles.open(profiles.named("me"), "cn-hangzhou");
    byte[] file = Files.readAllBytes(folder.resolve("config.json"));

    assertThat(cloud.caller().expires()).isEqualTo(Instant.parse(role.get("Expiration")));

    sandbox.advance(Duration.ofMinutes(15));
    Problem problem = problemOf(cloud::caller);
    assertThat(problem.kind()).isEqualTo(Kind.CREDENTIALS);
    assertThat(problem.why()).isEqualTo("its sign-in has expired, at " + role.get("Expiration"));
    assertThat(problem.next())
        .isEqualTo("aliyun configure --profile me --mode " + mode + ", or use another profile");
    assertThat(folder.resolve("config.json")).hasBinaryContent(file);
  }

  @ParameterizedTest
  @CsvSource({
    "OAuth,it has no access_key_id,aliyun configure --profile me --mode OAuth",
    "cloudsso,it has no access_key_id,aliyun configure --profile me --mode CloudSSO",
    "RsaKeyPair,mode RsaKeyPair cannot be used: the CLI has deprecated it,aliyun configure --profile me"
        + " --mode OAuth",
    "RamRoleArnWithRoleName,mode RamRoleArnWithRoleName cannot be used: the CLI has,aliyun configure"
        + " --profile me --mode ChainableRamRoleArn",
    "BearerToken,mode BearerToken cannot be used: OOS,aliyun configure --profile me --mode OAuth",
    "Anonymous,mode Anonymous cannot be used: it has no keys,aliyun configure --profile me --mode"
        + " OAuth",
    "AK,it has no access_key_secret,aliyun configure --profile me --mode StsToken",
    "Newest,mode Newest cannot be used,aliyun configure --profile me --mode OAuth"
  })
  void aModeThatCannotBeUsedSaysWhatToDoAndNeverToKeepKeys(String mode, String why, String next)
      throws Exception {
    env.put("ALIBABA_CLOUD_SECURITY_TOKEN", "x");
    if (mode.equals("AK")) {
      env.put("ALIBABA_CLOUD_ACCESS_KEY_ID", "x");
    }
    AliyunProfiles profiles = profiles(profile("me", mode, "\"bearer_token\": \"hushhush\""));

    Problem problem = problemOf(() -> profiles.named("me"));

    assertThat(problem.kind()).isEqualTo(Kind.CREDENTIALS);
    assertThat(problem.why()).startsWith(why);
    assertThat(problem.next()).startsWith(next).doesNotContain("--mode AK");
  }

  @ParameterizedTest
  @CsvSource({
    "ALIBABA_CLOUD_ENDPOINT_TYPE,oos-vpc.cn-beijing.aliyuncs.com",
    "ALIBABACLOUD_ENDPOINT_TYPE,oos-vpc.cn-beijing.aliyuncs.com",
    "ALICLOUD_ENDPOINT_TYPE,oos-vpc.cn-beijing.aliyuncs.com",
    "ENDPOINT_TYPE,oos-vpc.cn-beijing.aliyuncs.com",
    "NO_TYPE,oos.cn-beijing.aliyuncs.com"
  })
  void callsTheHostsOfTheVendorsNetwork(String variable, String host) throws Exception {
    env.clear();
    env.put(variable, "vpc");
    assertThat(connected(profile("prod", "AK", KEYS))).startsWith(host);
  }

  @Test
  void callsTheHostsThatTheProfileNames() throws Exception {
    env.clear();
    String role = "\"ram_role_arn\": \"acs:ram::1:role/one\"";

    assertThat(connected(profile("prod", "AK", KEYS, "\"endpoint_type\": \"VPC\"")))
        .startsWith("oos-vpc.cn-beijing.aliyuncs.com:443");
    assertThat(connected(profile("prod", "RamRoleArn", KEYS, role, "\"endpoint_type\": \"vpc\"")))
        .startsWith("sts-vpc.cn-hangzhou.aliyuncs.com:443");
    String there = "\"endpoint_type\": \"vpc\", \"sts_region\": \"us-southeast-1\"";
    assertThat(connected(profile("prod", "RamRoleArn", KEYS, role, there)))
        .as("STS has no host in that region's network")
        .startsWith("sts.us-southeast-1.aliyuncs.com:443");
    assertThat(
            connected(profile("prod", "RamRoleArn", KEYS, role, "\"sts_region\": \"eu-west-1\"")))
        .startsWith("sts.eu-west-1.aliyuncs.com:443");
    env.put("ALIBABA_CLOUD_STS_ENDPOINT", "https://sts.example.com/");
    assertThat(connected(profile("prod", "RamRoleArn", KEYS, role)))
        .startsWith("sts.example.com:443");
    env.put("ALIBABA_CLOUD_STS_ENDPOINT", "https://sts.example.com/a?b");
    AliyunProfiles profiles = profiles(profile("prod", "RamRoleArn", KEYS, role));
    assertThat(problemOf(() -> profiles.open(profiles.named("prod"), "cn-beijing").caller()).why())
        .isEqualTo("its sts_endpoint is not a host name");
  }

  @Test
  void oneHostForEveryServiceIsNoAddress() throws Exception {
    env.put("ALIBABA_CLOUD_ENDPOINT", "oos.cn-beijing.aliyuncs.com");
    AliyunProfiles profiles = profiles(profile("prod", "AK", KEYS));
    assertThat(profiles.named("prod").unusable()).isNull();

    env.remove("OOSH_ENDPOINT");
    Problem problem = problemOf(() -> profiles.named("prod"));
    assertThat(problem.why())
        .isEqualTo("its endpoint is one host, and oosh calls OOS, ESS, ECS and others");
    assertThat(problem.next()).startsWith("unset ALIBABA_CLOUD_ENDPOINT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ALIBABACLOUD_PROFILE", "ALIBABA_CLOUD_PROFILE", "ALICLOUD_PROFILE"})
  void aVariableChoosesTheProfile(String variable) throws Exception {
    env.put(variable, "two");

    assertThat(profiles(profile("one", "AK", KEYS), profile("two", "AK", KEYS)).preferred().name())
        .isEqualTo("two");
  }

  @ParameterizedTest
  @CsvSource({
    "ALIBABA_CLOUD_IGNORE_PROFILE,TRUE,environment",
    "ALIBABACLOUD_IGNORE_PROFILE,TRUE,environment",
    "ALIBABA_CLOUD_IGNORE_PROFILE,true,sandbox"
  })
  void aVariableLeavesTheFileOut(String variable, String value, String name) throws Exception {
    env.put(variable, value);
    AliyunProfiles profiles = profiles(profile("prod", "AK", KEYS));
    assertThat(profiles.list().size()).isEqualTo(value.equals("TRUE") ? 1 : 2);

    env.put("ALIBABA_CLOUD_ACCESS_KEY_ID", "sandbox");
    env.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "sandbox");
    if (value.equals("TRUE")) {
      assertThat(profiles.preferred().name()).isEqualTo(name);
      assertThat(profiles.preferred().region()).isEqualTo("cn-hangzhou");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ALIBABA_CLOUD_ACCESS_KEY_ID|ALIBABA_CLOUD_ACCESS_KEY_SECRET,AK",
    "ACCESS_KEY_ID|ACCESS_KEY_SECRET|SECURITY_TOKEN,StsToken",
    "ALICLOUD_ACCESS_KEY_ID|ALICLOUD_ACCESS_KEY_SECRET|ALIBABACLOUD_ROLE_ARN,RamRoleArn",
    "ALIBABACLOUD_ROLE_ARN|ALIBABACLOUD_OIDC_PROVIDER_ARN|ALIBABACLOUD_OIDC_TOKEN_FILE,OIDC",
    "ALIBABA_CLOUD_BEARER_TOKEN,BearerToken",
    "ALIBABA_CLOUD_PROFILE_MODE,Anonymous"
  })
  void variablesAloneMakeAProfile(String variables, String mode) throws Exception {
    for (String variable : variables.split("\\|", -1)) {
      env.put(variable, variable.endsWith("MODE") ? "anonymous" : "x");
    }

    assertThat(profiles().preferred())
        .extracting(Profile::name, Profile::mode)
        .containsExactly("environment", mode);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"REGION_ID", "REGION", "ALIBABA_CLOUD_REGION_ID", "ALIBABACLOUD_REGION_ID"})
  void aVariableNamesTheRegionThatTheProfileLacks(String variable) throws Exception {
    env.put(variable, "eu-west-1");

    assertThat(profiles(profile("one", "AK", KEYS)).named("one").region()).isEqualTo("eu-west-1");
    assertThat(
            profiles(profile("one", "AK", KEYS, "\"region_id\": \"cn-beijing\""))
                .named("one")
                .region())
        .isEqualTo("cn-beijing");
  }

  /** Which host is called first, as a proxy sees it. */
  private String connected(String entry) throws IOException {
    try (RawSocketServer proxy =
        new RawSocketServer().then(RawSocketServer.http(503, "text/plain", "no"))) {
      env.put("HTTPS_PROXY", proxy.address().toString());
      AliyunProfiles profiles = profiles(entry);
      problemOf(
          () -> profiles.open(profiles.named("prod"), "cn-beijing").executions().cancel("exec-1"));
      return proxy.seen().get(0).target();
    }
  }

  private static final String KEYS_PRINTED =
      "echo '{\"mode\":\"AK\",\"access_key_id\":\"sandbox\",\"access_key_secret\":\"sandbox\"}'\n";

  private Path program(String script) throws IOException {
    Path program = Files.writeString(folder.resolve("keys"), "#!/bin/sh\n" + script);
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  /** Keys of a role, for fifteen minutes. */
  private Map<String, String> lent() {
    var reply =
        new SandboxCaller(sandbox)
            .call(
                "2015-04-01",
                "AssumeRole",
                "RoleArn",
                "acs:ram::1000000000000000:role/one",
                "RoleSessionName",
                "lent",
                "DurationSeconds",
                "900");
    Map<String, String> keys = new HashMap<>();
    reply
        .json()
        .getAsJsonObject("Credentials")
        .asMap()
        .forEach((name, value) -> keys.put(name, value.getAsString()));
    return keys;
  }

  private static String credentials(Map<String, String> keys) {
    return keys.entrySet().stream()
        .map(e -> "\"" + e.getKey() + "\":\"" + e.getValue() + "\"")
        .collect(Collectors.joining(",", "{\"Code\":\"Success\",", "}"));
  }

  private static Problem problemOf(ThrowingCallable call) {
    Problem problem = catchThrowableOfType(Problem.class, call);
    assertThat(problem).isNotNull();
    StringWriter trace = new StringWriter();
    problem.printStackTrace(new PrintWriter(trace));
    assertThat(problem.what() + problem.why() + problem.next() + trace).doesNotContain("hushhush");
    return problem;
  }

  private CallerIdentity caller(String name, String... entries) throws IOException {
    AliyunProfiles profiles = profiles(entries);
    return profiles.open(profiles.named(name), "cn-hangzhou").caller();
  }

  private AliyunProfiles profiles(String... entries) throws IOException {
    Path config = folder.resolve("config.json");
    if (entries.length > 0) {
      Files.writeString(
          config,
          "{\n\t\"current\": \"\",\n\t\"profiles\": [\n"
              + String.join(",\n", entries)
              + "\n\t],\n\t\"meta_path\": \"\"\n}");
    }
    return InTurnProfiles.of(env, config, () -> URI.create("http://127.0.0.1:1"), sandbox::now);
  }

  /** An entry of the file as the CLI writes it. */
  private static String profile(String name, String mode, String... fields) {
    return "\t\t{\n\t\t\t\"name\": \"%s\",\n\t\t\t\"mode\": \"%s\",\n\t\t\t".formatted(name, mode)
        + String.join(",\n\t\t\t", fields)
        + ",\n\t\t\t\"output_format\": \"json\",\n\t\t\t\"language\": \"en\"\n\t\t}";
  }
}
