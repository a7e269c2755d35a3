package oosh.aliyun;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import oosh.aliyun.signin.CliConfig;
import oosh.aliyun.signin.CliEnvironment;
import oosh.aliyun.signin.CliProfile;
import oosh.aliyun.signin.ProcessCommand;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.Profiles;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of the vendor's CLI, one of the environment's keys, and the built-in sandbox. The
 * file is read at every question, so that a change in it is seen at once.
 */
public final class AliyunProfiles implements Profiles {
  private static final String ENVIRONMENT = "environment";

  /** Stands where a file that cannot be read would name one. */
  private static final String UNKNOWN = "unknown";

  /** The CLI's default when a variable makes it ignore its file. */
  private static final String DEFAULT_REGION = "cn-hangzhou";

  private final CliEnvironment env;
  private final @Nullable Path configFile;
  private final Supplier<LocalService> sandbox;
  private final InstantSource clock;
  private final HttpClients clients;
  private final ParallelReads readers;
  private final RpcClient.RetryDelay waiting;
  private final ProcessCommand program;

  /** By the names of the profiles: keys that were lent serve every region, and Tab. */
  private final Map<String, ProfileCredentials> known = new ConcurrentHashMap<>();

  /**
   * @param env the environment: keys, profile's name, proxies, OOSH_ENDPOINT
   * @param configFile the CLI's, usually {@code ~/.aliyun/config.json}; need not exist, and is null
   *     where the user has no home folder
   * @param sandbox asked when a call is really made on the sandbox's profile
   * @param readers how several questions are asked
   */
  public AliyunProfiles(
      Map<String, String> env,
      @Nullable Path configFile,
      Supplier<LocalService> sandbox,
      InstantSource clock,
      ParallelReads readers) {
    this(env, configFile, sandbox, clock, readers, RpcClient.RetryDelay.SLEEP);
  }

  private AliyunProfiles(
      Map<String, String> env,
      @Nullable Path configFile,
      Supplier<LocalService> sandbox,
      InstantSource clock,
      ParallelReads readers,
      RpcClient.RetryDelay waiting) {
    this.env = new CliEnvironment(env);
    this.configFile = configFile;
    this.sandbox = sandbox;
    this.clock = clock;
    this.clients = new HttpClients(env);
    this.readers = readers;
    this.waiting = waiting;
    this.program = new ProcessCommand(configFile, env, ProcessCommand.WITHIN);
    // For the clients that the SDK makes by itself: without it they want Apache's, which is not
    // here.
    System.setProperty(HttpTransport.SDK_PROPERTY, HttpTransport.class.getName());
  }

  /**
   * The profile of a sandbox in step time, and no other. A read that failed is asked again at once:
   * nothing there gets better by waiting, for its time stands meanwhile.
   *
   * @param sandbox asked when a call is really made
   * @param readers how several questions are asked
   */
  public static AliyunProfiles inStepTime(
      Supplier<LocalService> sandbox, InstantSource clock, ParallelReads readers) {
    return new AliyunProfiles(Map.of(), null, sandbox, clock, readers, pause -> {});
  }

  /**
   * Where the environment sends every call; null for where each belongs.
   *
   * @throws Problem USAGE if that is no address, or plain HTTP to another machine
   */
  public static @Nullable URI redirection(Map<String, String> env) {
    return Endpoints.override(new CliEnvironment(env).override());
  }

  @Override
  public List<Profile> list() {
    return Stream.concat(all().stream().map(this::shown), Stream.of(sandbox())).toList();
  }

  @Override
  public Profile preferred() {
    String wanted = env.profile();
    try {
      if (!wanted.isEmpty()) {
        return namedAtAll(wanted);
      }
      CliConfig config = config();
      wanted = config.current();
      if (!wanted.isEmpty()) {
        Profile current = namedAtAll(wanted);
        if (current.isSandbox() || !config.named(wanted).map(CliProfile::isEmpty).orElse(false)) {
          return current;
        }
      }
    } catch (Problem p) {
      return new Profile(
          wanted.isEmpty() ? UNKNOWN : wanted, "", null, "", p.what() + ": " + p.why());
    }
    return CliProfile.of(ENVIRONMENT, env).map(this::shown).orElseGet(this::sandbox);
  }

  @Override
  public Profile named(String name) {
    Profile profile = namedAtAll(name);
    if (profile.unusable() != null) {
      throw refused(profile, profile.unusable());
    }
    return profile;
  }

  @Override
  public List<String> regions() {
    return Endpoints.REGIONS;
  }

  @Override
  public String masked(String text) {
    return secrets().masked(text);
  }

  @Override
  public Predicate<String> containsSecret() {
    Secrets now = secrets();
    return line -> !now.masked(line).equals(line);
  }

  private Secrets secrets() {
    List<String> secrets = new ArrayList<>(env.secrets());
    known.values().forEach(keys -> secrets.addAll(keys.secrets()));
    try {
      config().profiles().forEach(p -> secrets.addAll(p.secrets()));
    } catch (Problem broken) {
      // The verb that needs a profile of that file reports it; shapes and environment remain here.
      return Secrets.known(secrets);
    }
    return Secrets.known(secrets);
  }

  @Override
  public Cloud open(Profile profile, String region) {
    if (profile.unusable() != null) {
      throw refused(profile, profile.unusable());
    }
    if (region.isEmpty()) {
      // The CLI refuses this too. A region that nobody chose has groups that nobody meant.
      throw Problem.usage(
          "no region is chosen",
          "profile " + profile.name() + " names none",
          "use region R (Tab lists them), or --region R outside the shell");
    }
    Endpoints.checkedRegion(region);
    URI override = Endpoints.override(env.override());
    Supplier<LocalService> local =
        override != null ? () -> LocalService.open(override) : this::checkedSandbox;
    Supplier<@Nullable URI> everything =
        override != null
            ? () -> override
            : profile.isSandbox() ? () -> local.get().address() : () -> null;
    HttpTransport transport = new HttpTransport(clients, everything, HttpTransport.MAX_BODY);
    Supplier<CliProfile> keysOf =
        profile.isSandbox() ? () -> sandboxKeys(local.get()) : () -> source(profile.name());
    ProfileCredentials keys =
        profile.isSandbox()
            ? credentials(profile.name(), keysOf, transport, override != null)
            : known.computeIfAbsent(
                profile.name(), name -> credentials(name, keysOf, transport, override != null));
    boolean vpc = !profile.isSandbox() && source(profile.name()).isInVpc();
    RpcClient caller = new RpcClient(profile.name(), region, keys, transport, clock, waiting, vpc);
    return new Cloud(
        new AliyunExecutions(caller, readers),
        new AliyunScalingGroups(caller),
        new AliyunCatalogue(caller),
        new AliyunInventory(caller),
        () -> new AliyunTrafficHealth(caller),
        new AliyunCaller(caller, keys),
        readers);
  }

  private ProfileCredentials credentials(
      String name, Supplier<CliProfile> keysOf, HttpTransport transport, boolean redirected) {
    return new ProfileCredentials(
        name,
        keysOf,
        this::source,
        transport,
        redirected,
        clock,
        program,
        InstanceRoleCredentials.METADATA);
  }

  private LocalService checkedSandbox() {
    LocalService service = sandbox.get();
    if (Endpoints.override(service.address().toString()) == null) {
      throw new IllegalStateException("the sandbox has no address");
    }
    return service;
  }

  private CliConfig config() {
    return configFile == null || env.ignoresFile()
        ? CliConfig.EMPTY
        : CliConfig.read(configFile, env);
  }

  /** The file's profiles, then the environment's; the built-in sandbox hides one of its name. */
  private List<CliProfile> all() {
    List<CliProfile> found = new ArrayList<>(config().profiles());
    found.removeIf(p -> p.name().equals(Profile.SANDBOX));
    if (found.stream().noneMatch(p -> p.name().equals(ENVIRONMENT))) {
      CliProfile.of(ENVIRONMENT, env).ifPresent(found::add);
    }
    return found;
  }

  private CliProfile source(String name) {
    return all().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(() -> missing(name));
  }

  private Profile namedAtAll(String name) {
    return name.equals(Profile.SANDBOX) ? sandbox() : shown(source(name));
  }

  private Profile shown(CliProfile p) {
    String region = p.region();
    if (region == null && env.ignoresFile()) {
      region = DEFAULT_REGION;
    }
    return new Profile(p.name(), p.mode(), region, p.origin(), p.unusable());
  }

  private Profile sandbox() {
    return new Profile(
        Profile.SANDBOX,
        "sandbox",
        DEFAULT_REGION,
        "built in",
        hidesAnother() ? configFile + " has a profile of this name, too" : null);
  }

  /** Whether a launch for an account would run on the sandbox instead, and succeed. */
  private boolean hidesAnother() {
    try {
      return config().named(Profile.SANDBOX).isPresent();
    } catch (Problem broken) {
      // Then nothing of the file can be used, and this one is all there is.
      return false;
    }
  }

  private Problem refused(Profile profile, String why) {
    return profile.isSandbox()
        ? Problem.of(
            Problem.Kind.CREDENTIALS,
            "two profiles may be called sandbox",
            why,
            "rename it in that file; for oosh's own:"
                + " ALIBABA_CLOUD_IGNORE_PROFILE=TRUE oosh --profile sandbox")
        : CliProfile.refusal(profile.name(), profile.mode(), why);
  }

  private static CliProfile sandboxKeys(LocalService service) {
    return new CliProfile(
        Profile.SANDBOX,
        "AK",
        "built in",
        Map.of("access_key_id", service.keyId(), "access_key_secret", service.secret()));
  }

  private Problem missing(String name) {
    List<Profile> all = list();
    String other =
        all.stream().filter(p -> p.unusable() == null).map(Profile::name).findFirst().orElse("X");
    return Problem.refused(
        "no profile is called \"" + CallFailureMapper.clean(name) + "\"",
        "the profiles are "
            + String.join(", ", all.stream().map(Profile::name).toList())
            + lookedAt(),
        "use profile " + other + ", or oosh --profile " + other);
  }

  private String lookedAt() {
    if (configFile == null || env.ignoresFile()) {
      return "";
    }
    return Files.exists(configFile) ? ", by " + configFile : "; there is no " + configFile;
  }
}
