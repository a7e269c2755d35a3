package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import oosh.aliyun.signin.CliConfig;
import oosh.aliyun.signin.CliEnvironment;
import oosh.rollout.Problem;
import oosh.rollout.Problem.Kind;
import oosh.rollout.ProfileMark;
import oosh.rollout.cloud.Profile;
import oosh.shell.Prompt;
import oosh.shell.Session;
import oosh.view.text.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AliyunProfilesTest {
  private static final String AK =
      "'name':'prod','mode':'AK','access_key_id':'idid','access_key_secret':'hushhush',"
          + "'region_id':'cn-beijing'";

  @TempDir Path folder;

  private final Map<String, String> env = new HashMap<>();

  private AliyunProfiles profiles(String current, String... entries) {
    return profiles(
        "{'current':'" + current + "','profiles':[{" + String.join("},{", entries) + "}]}");
  }

  private AliyunProfiles profiles(String json) {
    try {
      Files.writeString(folder.resolve("config.json"), json.replace('\'', '"'));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return noFile(folder.resolve("config.json"), () -> URI.create("http://127.0.0.1:1"));
  }

  private AliyunProfiles noFile(Path file, Supplier<URI> sandbox) {
    return InTurnProfiles.of(env, file, sandbox, InstantSource.fixed(Instant.EPOCH));
  }

  private AliyunProfiles noFile() {
    return noFile(folder.resolve("none.json"), () -> URI.create("http://127.0.0.1:1"));
  }

  private static Problem problemOf(Runnable call) {
    Problem problem = catchThrowableOfType(Problem.class, call::run);
    assertThat(problem).isNotNull();
    assertThat(problem.what() + problem.why() + problem.next() + problem)
        .doesNotContain("hushhush", "idid");
    return problem;
  }

  @Test
  void offersTheSandboxWhenThereIsNothingElse() {
    assertThat(noFile().list()).extracting(Profile::name).containsExactly("sandbox");
    assertThat(noFile().preferred())
        .isEqualTo(new Profile("sandbox", "sandbox", "cn-hangzhou", "built in", null));
  }

  @Test
  void listsTheFileThenTheEnvironmentThenTheSandbox() {
    env.put("ALIBABA_CLOUD_ACCESS_KEY_ID", "idid");
    env.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "hushhush");

    assertThat(profiles("prod", AK, "'name':'b','mode':'EcsRamRole'").list())
        .containsExactly(
            new Profile("prod", "AK", "cn-beijing", "config.json", null),
            new Profile("b", "EcsRamRole", null, "config.json", null),
            new Profile("environment", "AK", null, "environment", null),
            new Profile("sandbox", "sandbox", "cn-hangzhou", "built in", null));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "AK|'access_key_id':'i','access_key_secret':'s'",
        "StsToken|'access_key_id':'i','access_key_secret':'s','sts_token':'t'",
        "RamRoleArn|'access_key_id':'i','access_key_secret':'s','ram_role_arn':'r'",
        "EcsRamRole|'ram_role_name':'r'",
        "OIDC|'oidc_provider_arn':'p','oidc_token_file':'f','ram_role_arn':'r'",
        "ChainableRamRoleArn|'source_profile':'p','ram_role_arn':'r'"
      },
      delimiter = '|')
  void canUseTheModesWithKeysOrRoles(String mode, String fields) {
    Profile explicit =
        profiles("x", "'name':'x','mode':'" + mode.toUpperCase(Locale.ROOT) + "'," + fields)
            .named("x");
    assertThat(explicit.mode()).isEqualTo(mode);
    if (!mode.startsWith("Chain")) {
      assertThat(profiles("x", "'name':'x'," + fields).named("x").mode()).isEqualTo(mode);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RsaKeyPair", "RamRoleArnWithRoleName", "BearerToken", "Anonymous", "Quantum"})
  void listsTheOtherModesAndSaysWhyNot(String mode) {
    AliyunProfiles profiles =
        profiles("x", "'name':'x','mode':'" + mode + "','new_key':[1],'access_key_id':'idid'");

    assertThat(profiles.list().get(0).unusable()).startsWith("mode " + mode + " cannot be used");
    Problem problem = problemOf(() -> profiles.named("x"));
    assertThat(problem.kind()).isEqualTo(Kind.CREDENTIALS);
    assertThat(problem.why()).contains(mode);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'current':'hushhush',",
        "{'a' 'hushhush'}",
        "[]",
        "hushhush",
        "{'profiles':['hushhush']}",
        "{'profiles':'hushhush'}"
      })
  void refusesABrokenFileWithoutQuotingIt(String json) {
    Problem problem = problemOf(() -> profiles(json).list());

    assertThat(problem.kind()).isEqualTo(Kind.CREDENTIALS);
    assertThat(problem.what()).contains("config.json");
  }

  @Test
  void namesLineAndColumnOfABrokenFile() {
    assertThat(problemOf(() -> profiles("{\n'a' 'hushhush'}").list()).why())
        .isEqualTo("it is not valid JSON at line 2, column 6");
  }

  @Test
  void prefersTheNamedProfileThenTheCurrentOne() {
    AliyunProfiles profiles = profiles("prod", AK, "'name':'b','mode':'EcsRamRole'");
    assertThat(profiles.preferred().name()).isEqualTo("prod");

    env.put("ALICLOUD_PROFILE", "b");
    assertThat(profiles.preferred().name()).isEqualTo("b");

    env.put("ALIBABACLOUD_PROFILE", "prod");
    assertThat(profiles.preferred().name()).isEqualTo("prod");

    env.put("ALIBABACLOUD_PROFILE", "sandbox");
    assertThat(profiles.preferred().isSandbox()).isTrue();
  }

  @Test
  void refusesAProfileThatIsNotThere() {
    assertThat(problemOf(() -> profiles("prod", AK).named("gone")))
        .satisfies(
            p -> {
              assertThat(p.kind()).isEqualTo(Kind.REFUSED);
              assertThat(p.why()).startsWith("the profiles are prod, sandbox, by /");
              assertThat(p.next()).isEqualTo("use profile prod, or oosh --profile prod");
            });
    assertThat(problemOf(() -> noFile().named("gone")).why())
        .startsWith("the profiles are sandbox; there is no /");
  }

  @Test
  void beginsWithAProfileThatCannotBeUsedWhereTheFileNamesNone() {
    Profile gone = profiles("gone", AK).preferred();
    Profile unknown = profiles("{'current':'prod',}").preferred();

    assertThat(gone.name()).isEqualTo("gone");
    assertThat(gone.unusable()).startsWith("no profile is called \"gone\": the profiles are prod");
    assertThat(unknown.name()).isEqualTo("unknown");
    assertThat(unknown.unusable())
        .endsWith("config.json: it is not valid JSON at line 1, column" + " 20");
    assertThat(problemOf(() -> profiles("gone", AK).open(gone, "cn-hangzhou")).kind())
        .isEqualTo(Kind.CREDENTIALS);
  }

  @Test
  void refusesTheSandboxWhereTheFileHasAProfileOfItsName() {
    AliyunProfiles profiles = profiles("sandbox", AK.replace("prod", "sandbox"));

    assertThat(profiles.preferred().unusable())
        .endsWith("config.json has a profile of this name, too");
    assertThat(problemOf(() -> profiles.named("sandbox")))
        .satisfies(
            p -> {
              assertThat(p.kind()).isEqualTo(Kind.CREDENTIALS);
              assertThat(p.what()).isEqualTo("two profiles may be called sandbox");
            });

    env.put("ALIBABA_CLOUD_IGNORE_PROFILE", "TRUE");
    assertThat(profiles.named("sandbox").unusable()).isNull();
  }

  @Test
  void readsAFileThatBeginsWithAByteOrderMark() {
    assertThat(profiles("\ufeff{'current':'prod','profiles':[{" + AK + "}]}").preferred())
        .extracting(Profile::name, Profile::unusable)
        .containsExactly("prod", null);
  }

  @Test
  void ignoresTheFileIfToldTo() {
    env.put("ALIBABA_CLOUD_IGNORE_PROFILE", "TRUE");
    assertThat(profiles("prod", AK).preferred().isSandbox()).isTrue();

    env.put("ACCESS_KEY_ID", "idid");
    env.put("ACCESS_KEY_SECRET", "hushhush");
    assertThat(profiles("prod", AK).preferred())
        .isEqualTo(new Profile("environment", "AK", "cn-hangzhou", "environment", null));
  }

  @Test
  void fillsOnlyWhatTheProfileLeavesEmpty() {
    env.put("ALIBABA_CLOUD_ACCESS_KEY_ID", "envid");
    env.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "envsecret");
    env.put("ALIBABA_CLOUD_SECURITY_TOKEN", "envtoken");
    env.put("ALICLOUD_REGION_ID", "eu-central-1");

    AliyunProfiles profiles = profiles("prod", AK, "'name':'empty','mode':'AK','access_key_id':''");

    assertThat(profiles.named("prod").mode()).isEqualTo("AK");
    assertThat(profiles.named("prod").region()).isEqualTo("cn-beijing");
    assertThat(profiles.named("empty").mode()).isEqualTo("StsToken");
    assertThat(profiles.named("empty").region()).isEqualTo("eu-central-1");
  }

  @Test
  void goesToTheSandboxIfTheCurrentProfileHasNoKeys() {
    assertThat(profiles("default", "'name':'default','mode':'AK'").preferred().isSandbox())
        .isTrue();
  }

  @Test
  void signsWithTheKeysThatTheFileHasNow() throws IOException {
    try (RawSocketServer gateway = new RawSocketServer().json(200, "{\"Executions\":[]}")) {
      env.put("OOSH_ENDPOINT", gateway.address().toString());
      AliyunProfiles profiles = profiles("prod", AK);
      var executions = profiles.open(profiles.named("prod"), "cn-beijing").executions();
      executions.find("exec-1");
      profiles("prod", AK.replace("idid", "newid"));
      executions.find("exec-1");

      assertThat(gateway.seen())
          .extracting(s -> s.query().get("AccessKeyId"))
          .containsExactly("idid", "newid");
    }
  }

  @Test
  void asksForTheSandboxOnlyWhenACallIsMade() throws IOException {
    try (RawSocketServer gateway = new RawSocketServer().json(200, "{\"Executions\":[]}")) {
      int[] asked = {0};
      AliyunProfiles profiles =
          noFile(
              folder.resolve("none.json"),
              () -> {
                asked[0]++;
                return gateway.address();
              });
      var cloud = profiles.open(profiles.named("sandbox"), "cn-hangzhou");
      assertThat(asked[0]).isZero();

      cloud.executions().find("exec-1");

      assertThat(asked[0]).isPositive();
      assertThat(gateway.seen().get(0).query()).containsEntry("AccessKeyId", "sandbox");
    }
  }

  @Test
  void assumesARoleFromARole() throws IOException {
    String keys =
        "{\"RequestId\":\"R\",\"AssumedRoleUser\":{\"AssumedRoleId\":\"1\",\"Arn\":\"a\"},"
            + "\"Credentials\":{\"AccessKeyId\":\"STSid\",\"AccessKeySecret\":\"sss\","
            + "\"SecurityToken\":\"ttt\",\"Expiration\":\"2099-01-01T00:00:00Z\"}}";
    try (RawSocketServer gateway = new RawSocketServer().json(200, keys).json(200, keys)) {
      gateway.json(200, "{\"Executions\":[]}");
      env.put("OOSH_ENDPOINT", gateway.address().toString());
      AliyunProfiles profiles =
          profiles(
              "two",
              "'name':'one','mode':'RamRoleArn','access_key_id':'idid',"
                  + "'access_key_secret':'hushhush','ram_role_arn':'acs:ram::1:role/one'",
              "'name':'two','mode':'ChainableRamRoleArn','source_profile':'one',"
                  + "'ram_role_arn':'acs:ram::1:role/two'");

      profiles.open(profiles.named("two"), "cn-hangzhou").executions().find("exec-1");

      assertThat(gateway.seen())
          .extracting(s -> s.query().get("Action"))
          .containsExactly("AssumeRole", "AssumeRole", "ListExecutions");
      assertThat(gateway.seen().get(0).query()).containsEntry("AccessKeyId", "idid");
      assertThat(gateway.seen().get(1).query()).containsEntry("AccessKeyId", "STSid");
      assertThat(gateway.seen().get(2).query())
          .containsEntry("AccessKeyId", "STSid")
          .containsEntry("SecurityToken", "ttt");
    }
  }

  @Test
  void callsARefusedRoleAProblemOfCredentials() throws IOException {
    try (RawSocketServer gateway =
        new RawSocketServer()
            .json(403, "{\"Code\":\"NoPermission\",\"Message\":\"idid hushhush\"}")) {
      env.put("OOSH_ENDPOINT", gateway.address().toString());
      AliyunProfiles profiles =
          profiles(
              "one",
              "'name':'one','mode':'RamRoleArn','access_key_id':'idid',"
                  + "'access_key_secret':'hushhush','ram_role_arn':'acs:ram::1:role/one'");

      Problem problem =
          problemOf(
              () ->
                  profiles
                      .open(profiles.named("one"), "cn-hangzhou")
                      .executions()
                      .cancel("exec-1"));

      assertThat(problem.kind()).isEqualTo(Kind.CREDENTIALS);
      assertThat(problem.service()).startsWith("NoPermission");
    }
  }

  @Test
  void callsAnUnansweredRoleUnreachableEvenForAStart() throws IOException {
    try (RawSocketServer gateway = new RawSocketServer().then(RawSocketServer.raw(""))) {
      env.put("OOSH_ENDPOINT", gateway.address().toString());
      AliyunProfiles profiles =
          profiles(
              "one",
              "'name':'one','mode':'RamRoleArn','access_key_id':'idid',"
                  + "'access_key_secret':'hushhush','ram_role_arn':'acs:ram::1:role/one'");

      Problem problem =
          problemOf(
              () ->
                  profiles
                      .open(profiles.named("one"), "cn-hangzhou")
                      .executions()
                      .cancel("exec-1"));

      assertThat(problem.kind()).isEqualTo(Kind.UNREACHABLE);
    }
  }

  @Test
  void stopsAtACircleOfRoles() {
    env.put("OOSH_ENDPOINT", "http://127.0.0.1:1");
    AliyunProfiles profiles =
        profiles(
            "one",
            "'name':'one','mode':'ChainableRamRoleArn','source_profile':'one','ram_role_arn':'r'");

    assertThat(
            problemOf(
                    () ->
                        profiles
                            .open(profiles.named("one"), "cn-hangzhou")
                            .executions()
                            .find("exec-1"))
                .why())
        .contains("circle");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://oos.example.com",
        "ftp://127.0.0.1",
        "127.0.0.1:80",
        "http://127.0.0.1/path",
        "http://u:p@127.0.0.1",
        "http://127.0.0.1.example.com",
        "not an address"
      })
  void refusesAnOverrideThatIsNotForThisMachine(String address) {
    env.put("OOSH_ENDPOINT", address);
    AliyunProfiles profiles = profiles("prod", AK);

    assertThat(problemOf(() -> profiles.open(profiles.named("prod"), "cn-hangzhou")).kind())
        .isEqualTo(Kind.USAGE);
  }

  @Test
  void asksForARegionWhereTheProfileNamesNone() {
    AliyunProfiles profiles = profiles("b", "'name':'b','mode':'EcsRamRole'");
    Profile b = profiles.named("b");

    Problem problem = problemOf(() -> profiles.open(b, Session.regionOf(b, null)));

    assertThat(problem.kind()).isEqualTo(Kind.USAGE);
    assertThat(problem.what()).isEqualTo("no region is chosen");
    assertThat(problem.why()).isEqualTo("profile b names none");
    assertThat(problem.next()).startsWith("use region R").contains("--region R");
    assertThat(Session.regionOf(profiles.named("sandbox"), null)).isEqualTo("cn-hangzhou");
    assertThat(Prompt.of("b", "", null, ProfileMark.NONE, false, Style.plain(80)))
        .isEqualTo("b › ");
  }

  @Test
  void refusesARegionThatIsNoName() {
    AliyunProfiles profiles = profiles("prod", AK);

    assertThat(problemOf(() -> profiles.open(profiles.named("prod"), "a.b/c")).kind())
        .isEqualTo(Kind.USAGE);
  }

  @Test
  void keepsSecretsOutOfEveryText() {
    AliyunProfiles written = profiles("prod", AK);
    CliConfig config =
        CliConfig.read(folder.resolve("config.json"), new CliEnvironment(Map.of("X", "hushhush")));

    assertThat(config.toString()).contains("prod").doesNotContain("hushhush", "idid");
    assertThat(written.named("prod").toString()).contains("prod").doesNotContain("idid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTPS_PROXY | http://127.0.0.1:1 | no connection through the proxy 127.0.0.1:1"
            + " (HTTPS_PROXY)",
        "https_proxy | nowhere.invalid | no connection through the proxy nowhere.invalid:80"
            + " (https_proxy)",
        "HTTPS_PROXY | socks5://127.0.0.1:1080 | HTTPS_PROXY names no proxy that oosh can use",
        "HTTPS_PROXY | https://127.0.0.1:1 | HTTPS_PROXY names no proxy that oosh can use",
        "https_proxy | http://me:hushhush@:::x | https_proxy names no proxy that oosh can use"
      })
  void namesTheProxyThatIsInTheWay(String variable, String value, String why) {
    env.put(variable, value);
    AliyunProfiles profiles = profiles("prod", AK);

    Problem problem =
        problemOf(
            () -> profiles.open(profiles.named("prod"), "cn-hangzhou").groups().find("asg-1"));

    assertThat(problem.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(problem.why()).isEqualTo(why);
  }

  @Test
  void namesTheProxyThatDoesNotLeadOn() throws IOException {
    try (RawSocketServer proxy =
        new RawSocketServer().then(RawSocketServer.http(503, "text/plain", "no"))) {
      env.put("HTTPS_PROXY", proxy.address().toString());
      AliyunProfiles profiles = profiles("prod", AK);

      Problem problem =
          problemOf(
              () -> profiles.open(profiles.named("prod"), "cn-hangzhou").groups().find("asg-1"));

      assertThat(problem.why())
          .isEqualTo(
              "no connection through the proxy "
                  + proxy.address().getAuthority()
                  + " (HTTPS_PROXY)");
    }
  }
}
